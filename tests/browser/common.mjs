// What the browser tests share: the browser, checks, and what must hold on every page.

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";

export const need = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

export const base = need("FIELDRAY_URL").replace(/\/$/, "");
export const shots = path.resolve(need("FIELDRAY_SHOTS"));
mkdirSync(shots, { recursive: true });

export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const DESKTOP = { viewport: { width: 1280, height: 900 } };
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

// A file that stands for what the camera sees: JPEGs one after the other, `.mjpeg`.
if (process.env.FIELDRAY_CAMERA) {
  FLAGS.push("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${process.env.FIELDRAY_CAMERA}`);
}

let passed = 0;
export const check = (text, holds, detail = "") => {
  if (!holds) throw new Error(`FAILED: ${text}${detail ? `: ${detail}` : ""}`);
  passed += 1;
  console.log(`ok ${passed} ${text}`);
};

// Everything that must hold on every page of a context.
export class Watch {
  constructor(context, name) {
    this.name = name;
    this.problems = [];
    this.expected = [];
    context.on("request", (request) => {
      if (!request.url().startsWith(`${base}/`) && !request.url().startsWith("data:")) {
        this.problems.push(`request to ${request.url()}`);
      }
    });
    context.on("console", (message) => {
      const text = message.text();
      const known = this.expected.some((pattern) => pattern.test(text));
      if (["error", "warning"].includes(message.type()) && !known) this.problems.push(`console: ${text}`);
    });
    context.on("weberror", (error) => this.problems.push(`script: ${error.error()}`));
  }

  // The browser itself writes a line for an answer such as 422: allowed where it is wanted.
  allow(pattern) {
    this.expected.push(pattern);
  }

  verify() {
    check(`${this.name}: no console error, no request to another address`, this.problems.length === 0, this.problems.join("; "));
  }
}

export const fits = async (page, name) => {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const beyond = [...document.querySelectorAll("main *, header *")].filter((element) => {
      const box = element.getBoundingClientRect();
      const scrolls = element.closest(".filters, .chips, .strip, .sheet, .stage, .queue, svg");
      return box.width > 0 && !scrolls && box.right > width + 1;
    });
    return document.documentElement.scrollWidth > width ? ["page"] : beyond.map((one) => one.className || one.tagName);
  });
  check(`${name}: nothing is wider than the screen`, wide.length === 0, wide.join(", "));
};

export const targets = async (page, name) => {
  const small = await page.evaluate(() => {
    const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("p.foot, .skip, .pick-file, .viewer");
    const all = [...document.querySelectorAll("main a, main button, main summary, main .choice-face, header a, header summary, main select, main input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not(.choice input)")];
    return all.filter((one) => shown(one) && !one.matches(".pick-file, .skip"))
      .map((one) => ({ what: one.textContent.trim().slice(0, 30) || one.name, height: one.getBoundingClientRect().height }))
      .filter((one) => one.height > 0 && one.height < 44);
  });
  check(`${name}: every target is at least 44 pixels high`, small.length === 0, JSON.stringify(small));
};

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Accessibility by axe-core: everything that WCAG 2.2 A and AA ask and a program can see.
export const accessible = async (page, name) => {
  const found = await page.evaluate(async (source) => {
    // eslint-disable-next-line no-eval
    if (!window.axe) (0, eval)(source);
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const answer = await window.axe.run(document, { runOnly: { type: "tag", values: tags } });
    return answer.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
  }, axeSource);
  check(`${name}: axe finds nothing`, found.length === 0, found.join("; "));
};

export const shot = (page, name, fullPage = true) => page.screenshot({ path: path.join(shots, `${name}.png`), fullPage });

// What every page is looked at for. `script: false` where the context runs none: axe needs it.
export const look = async (page, name, { script = true } = {}) => {
  await fits(page, name);
  await targets(page, name);
  if (script) await accessible(page, name);
  // Pictures further down are loaded when they come into sight.
  await page.evaluate(async () => {
    for (const image of document.querySelectorAll("main img[loading=lazy]:not(.as-taken)")) {
      image.loading = "eager";
      await image.decode().catch(() => {});
    }
  });
  await shot(page, name);
};

// Clicks what leads to another page and waits for that page as a whole. A click alone comes back when its
// page has begun to arrive: what is looked for at once may not be there yet, or is still the last page's.
export const follow = (page, target, options) => {
  const what = typeof target === "string" ? page.locator(target).first() : target;
  return Promise.all([page.waitForNavigation(options), what.click()]);
};

// Logs a person in. `name` may be left out while there is only one.
export const logIn = async (page, pin, name) => {
  await page.goto(`${base}/login?switch=1`);
  if (name) await page.locator(".choice", { hasText: name }).click();
  else await page.check("input[name=operator]", { force: true });
  await page.fill("#pin", pin);
  await follow(page, "main button");
  check("login leads to the worklist", page.url() === `${base}/`, page.url());
};

// Runs the paths one after the other in one browser.
export const run = async (...paths) => {
  const profile = mkdtempSync(path.join(tmpdir(), "fieldray-browser-"));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    timeout: 180_000,
    args: [...FLAGS, `--disk-cache-dir=${path.join(profile, "cache")}`],
    env: { ...process.env, HOME: profile },
  });
  // The machine may run every other test at the same time.
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await open(options);
    context.setDefaultTimeout(120_000);
    return context;
  };
  try {
    let carried;
    for (const one of paths) carried = (await one(browser, carried)) ?? carried;
    console.log(`all ${passed} checks passed`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
};
