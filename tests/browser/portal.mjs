// A radiologist's path on the portal's pages in a real browser, at phone size and on a desk.
//
//   FIELDRAY_URL    address of a portal's pages, with films that wait
//   FIELDRAY_NAME   the radiologist's name
//   FIELDRAY_PIN    the radiologist's passcode
//   FIELDRAY_SHOTS  folder for screenshots
//   CHROMIUM        (optional) path of the browser

import { DESKTOP, PHONE, Watch, base, check, follow, look, need, run } from "./common.mjs";

const [name, pin] = [need("FIELDRAY_NAME"), need("FIELDRAY_PIN")];

const path = (size, mark) => async (browser) => {
  const context = await browser.newContext(size);
  const watch = new Watch(context, mark);
  watch.allow(/status of (401|422)/);
  const page = await context.newPage();
  await page.goto(`${base}/read/begin`);
  await look(page, `${mark}-begin`);
  await page.goto(`${base}/read`);
  check("nobody sees films without a login", new URL(page.url()).pathname === "/read/login");
  await page.fill("#name", name);
  await page.fill("#passcode", "9999");
  await follow(page, "main .primary");
  check("a wrong passcode is refused", await page.locator(".stop").isVisible());
  await look(page, `${mark}-login`);
  await page.fill("#passcode", pin);
  await follow(page, "main .primary");
  check("the right one opens the films", new URL(page.url()).pathname === "/read");
  await look(page, `${mark}-films`);
  await follow(page, page.locator("main .row", { hasText: "Patient 0" }).first());
  check("nothing is chosen for the reader", await page.locator('input[value="seen"]:checked').count() === 0);
  await look(page, `${mark}-film`);
  await page.fill("#conclusion", "Cavity in the right upper zone.");
  await page.locator('.choice:has(input[name="finding-tuberculosis"][value="seen"])').click();
  await follow(page, page.locator("button", { hasText: "Give this reading" }));
  check("the reading is on its way", await page.locator(".note").isVisible());
  await look(page, `${mark}-given`);
  await follow(page, page.locator("a", { hasText: "Propose an amendment" }));
  check("it begins with what was signed", (await page.inputValue("#conclusion")) !== "");
  await look(page, `${mark}-amend`);
  await page.fill("#conclusion", "Cavity in the right upper zone, and a mass behind the heart.");
  await page.fill("#reason", "Seen at the second look.");
  await follow(page, page.locator("button", { hasText: "Propose this amendment" }));
  check("the proposal is on its way", await page.locator(".note").isVisible());
  await look(page, `${mark}-proposed`);
  await follow(page, page.locator("button", { hasText: "Log out" }));
  await page.goto(`${base}/read`);
  check("whoever left is out", new URL(page.url()).pathname === "/read/login");
  watch.verify();
  await context.close();
};

await run(path(PHONE, "r1"), path(DESKTOP, "r2"));
