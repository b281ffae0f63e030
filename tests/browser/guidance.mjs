// How often the look at a photo before the upload is right: runs web/static/check.js in a real browser
// over photos with their truth (shared/tools/film_photo_sim.py) and prints a table.
//
//   node tests/browser/guidance.mjs [FOLDER...]     (default ../shared/photos)
//   CHROMIUM   (optional) path of the browser

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const folders = process.argv.length > 2 ? process.argv.slice(2) : [path.join(root, "../shared/photos")];

const photosOf = (folder) => readdirSync(folder).filter((name) => name.endsWith(".jpg")).sort()
  .map((name) => path.join(folder, name)).filter((photo) => existsSync(photo.replace(/jpg$/, "json")));

// Good, or the reasons for a retake; what lies near a limit may be judged either way.
const truthOf = (photo) => {
  const { expect } = JSON.parse(readFileSync(photo.replace(/jpg$/, "json"), "utf8"));
  if (!expect) return "good";
  return expect.borderline ? "borderline" : expect.reasons.join("+") || "good";
};

const main = async () => {
  const photos = folders.flatMap(photosOf);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu"],
  });
  const page = await browser.newPage();
  await page.setContent("<input type=file>");
  await page.addScriptTag({ path: path.join(root, "web/static/check.js") });
  const table = new Map();
  const times = [];
  for (const photo of photos) {
    await page.setInputFiles("input", photo);
    const { issue, ms } = await page.evaluate(async () => {
      const started = performance.now();
      const found = await window.photoCheck.look(document.querySelector("input").files[0]);
      return { issue: found ? found.issue : "sent", ms: performance.now() - started };
    });
    const truth = truthOf(photo);
    if (truth === "good" && issue !== "sent") console.log(`false alarm: ${photo}: ${issue}`);
    const row = table.get(truth) || new Map();
    row.set(issue, (row.get(issue) || 0) + 1);
    table.set(truth, row);
    times.push(ms);
  }
  await browser.close();
  for (const [truth, row] of [...table].sort()) {
    console.log(`${truth.padEnd(28)} ${[...row].sort().map(([issue, count]) => `${issue} ${count}`).join(", ")}`);
  }
  times.sort((a, b) => a - b);
  const at = (share) => Math.round(times[Math.floor(share * (times.length - 1))]);
  console.log(`${times.length} photos, median ${at(0.5)} ms, p95 ${at(0.95)} ms`);
};

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
