// What a physician of a box sees of an amendment that the portal proposes, at phone size and on a desk.
//
//   FIELDRAY_URL    address of a box to whose report an amendment is proposed
//   FIELDRAY_NAME   the physician's name
//   FIELDRAY_PIN    the physician's PIN
//   FIELDRAY_STUDY  address of the study
//   FIELDRAY_OTHER  the administrator's name
//   FIELDRAY_SHOTS  folder for screenshots
//   CHROMIUM        (optional) path of the browser

import { DESKTOP, PHONE, Watch, base, check, follow, logIn, look, need, run } from "./common.mjs";

const [name, other, pin, study] = ["NAME", "OTHER", "PIN", "STUDY"].map((key) => need(`FIELDRAY_${key}`));

const path = (size, mark) => async (browser) => {
  const context = await browser.newContext(size);
  const watch = new Watch(context, mark);
  const page = await context.newPage();
  await logIn(page, pin, name);
  check("the study stands on top", await page.locator(".stop", { hasText: "proposes to amend" }).isVisible());
  await look(page, `${mark}-worklist`);
  await page.goto(`${base}/alerts`);
  await look(page, `${mark}-alerts`);
  await page.goto(`${base}${study}`);
  await look(page, `${mark}-study`);
  await page.goto(`${base}${study}/report`);
  await page.locator(".proposal summary").click();
  await look(page, `${mark}-report`);
  await follow(page, page.locator("a", { hasText: "Look at it and take it over" }));
  check("the form holds the proposal", (await page.inputValue("#conclusion")).includes("mass"));
  check("and its reason", (await page.inputValue("#reason")) !== "");
  check("whoever proposed it stays named", await page.locator("input[name^=credit-]").isDisabled());
  await look(page, `${mark}-take`);
  await logIn(page, pin, other);
  await page.goto(`${base}/system/portal`);
  await look(page, `${mark}-portal`);
  await page.goto(`${base}/system/carry`);
  await look(page, `${mark}-carry`);
  watch.verify();
  await context.close();
};

await run(path(PHONE, "a1"), path(DESKTOP, "a2"));
