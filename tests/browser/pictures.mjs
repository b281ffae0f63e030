// The README's pictures: parts of screenshots that the browser tests made, side by side. All films in them
// are phantoms that the tests draw.
//
//   node tests/browser/pictures.mjs      (after `make test-browser`; `make pictures` does both)
//   FIELDRAY_SCREENSHOTS   (optional) where the screenshots are
//   CHROMIUM               (optional) path of the browser

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const shots = path.resolve(process.env.FIELDRAY_SCREENSHOTS || path.join(root, "target/screenshots"));

// Name of a picture, its height, and its columns: a screenshot and where it begins, CSS pixels. Screenshots
// of phones have two pixels for each.
const PICTURES = {
  "worklist.png": { height: 800, columns: [["11-worklist", 0], ["p1-review", 0], ["l-en-open-loops", 0]] },
  "reading.png": { height: 900, columns: [["07-study-reading", 0], ["08-viewer-heatmap", 0], ["07-scores", 0]] },
  "report.png": { height: 800, columns: [["p2-report", 0], ["p3-decided", 1460], ["p4-signed", 0]] },
  "pages.png": { height: 760, columns: [["51-live-camera", 0], ["40-correct", 0], ["52-compare", 0], ["l-or-worklist", 0]] },
};

const main = async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "fieldray-pictures-"));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu"],
  });
  try {
    for (const [name, { height, columns }] of Object.entries(PICTURES)) {
      const width = columns.length * 360 + (columns.length - 1) * 16;
      const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1 });
      const column = ([shot, top]) => {
        const address = pathToFileURL(path.join(shots, `${shot}.png`));
        return `<div><img src="${address}" style="margin-top:${-top}px"></div>`;
      };
      const file = path.join(folder, "picture.html");
      writeFileSync(file, `<style>
        body { margin: 0; display: flex; gap: 16px; background: #fff; }
        div { width: 360px; height: ${height}px; overflow: hidden; background: #eef2f3; }
        img { width: 360px; display: block; }
      </style>${columns.map(column).join("")}`);
      await page.goto(String(pathToFileURL(file)));
      const missing = await page.evaluate(() => [...document.images].filter((one) => one.naturalWidth === 0).map((one) => one.src));
      if (missing.length > 0) throw new Error(`run make test-browser first: ${missing.join(", ")} is not there`);
      await page.screenshot({ path: path.join(root, "docs/images", name) });
      await page.close();
      console.log(`docs/images/${name}`);
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
