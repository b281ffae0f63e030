// The programme in figures and the list of boxes in a real browser, at phone size and on a desk.
//
//   FIELDRAY_URL    address of a portal's pages, with thirteen weeks of three sites
//   FIELDRAY_KEY    key of the pages
//   FIELDRAY_SHOTS  folder for screenshots
//   CHROMIUM        (optional) path of the browser

import { DESKTOP, PHONE, Watch, base, check, follow, look, need, run } from "./common.mjs";

const httpCredentials = { username: "anybody", password: need("FIELDRAY_KEY") };

const path = (size, mark) => async (browser) => {
  const context = await browser.newContext({ ...size, httpCredentials });
  const watch = new Watch(context, mark);
  watch.allow(/status of (401|422)/);
  const page = await context.newPage();
  await page.goto(`${base}/`);
  await look(page, `${mark}-boxes`);
  // A box for each size: its people are asked once.
  await follow(page, page.locator("section.card h2 a").nth(Number(mark.slice(1)) - 1));
  await look(page, `${mark}-box`);
  await page.fill("#budget_mib_per_day", "much");
  await page.fill("#by-settings", "District office");
  await follow(page, page.locator("button", { hasText: "Send to the box" }));
  check("what cannot be is refused, and stays written", (await page.locator(".stop").isVisible()) && (await page.inputValue("#budget_mib_per_day")) === "much");
  await look(page, `${mark}-box-refused`);
  await page.fill("#budget_mib_per_day", "20");
  await follow(page, page.locator("button", { hasText: "Send to the box" }));
  await page.fill("#by-support", "Help desk");
  await page.fill("#reason", "Readings are slow.");
  await follow(page, page.locator("button", { hasText: "Ask the clinic" }));
  check("what was asked stands there", (await page.textContent("main")).includes("Readings are slow.") && (await page.textContent("main")).includes("Limit of a day, MiB: 20"));
  await look(page, `${mark}-box-asked`);
  await page.goto(`${base}/`);
  await follow(page, 'a[href="/programme"]');
  await page.waitForURL(`${base}/programme`);
  check("the sites are there", (await page.locator("#sites tbody tr").count()) === 3);
  const text = await page.textContent("main");
  for (const word of ["Mobile van 2", "no film for 15 days", "were refused", "above the threshold; usual here is", "no confirmed date"]) {
    check(`it says: ${word}`, text.includes(word));
  }
  check("every chart has its numbers", (await page.locator("svg.chart").count()) === (await page.locator("section .flat table").count()));
  check("charts have a scale and weeks", (await page.locator("svg.chart >> nth=0 >> text").count()) > 6);
  await look(page, `${mark}-programme`);
  for (const summary of await page.locator(".flat summary").all()) await summary.click();
  await look(page, `${mark}-numbers`);
  const films = await page.locator("#sites tbody td:nth-child(2)").allTextContents();
  await follow(page, page.locator("#sites thead a", { hasText: "Films" }));
  await page.waitForURL(/sort=films/);
  const sorted = await page.locator("#sites tbody td:nth-child(2)").allTextContents();
  check("a click sorts, the largest first", sorted.join() === films.map(Number).sort((a, b) => b - a).join());
  await page.selectOption("#weeks", "52");
  await page.locator("#site").selectOption({ index: 2 });
  await follow(page, "main .button.primary");
  await page.waitForURL(/weeks=52&site=/);
  check("one site alone", (await page.locator("#sites tbody tr").count()) === 1);
  await look(page, `${mark}-year`);
  await page.goto(`${base}/programme?weeks=4`);
  await look(page, `${mark}-month`);
  watch.verify();
  await context.close();
};

const dark = { ...DESKTOP, colorScheme: "dark" };
await run(path(PHONE, "p1"), path(DESKTOP, "p2"), path(dark, "p3"));
