// A physician clears a morning of 300 films on a phone: what is urgent and what is close to a threshold
// one by one, through the queue and by swiping; the clear ones in batches, of which chance takes some out
// to be read by themselves; what was remarked at the end.
//
//   FIELDRAY_URL     address of a box with 300 read films: 12 "Urgent", 18 "Close" to a threshold,
//                    10 "Marked" with a remark, 260 "Clear"
//   FIELDRAY_NAME    the physician's name
//   FIELDRAY_PIN     the physician's PIN
//   FIELDRAY_SHOTS   folder for screenshots
//   CHROMIUM         (optional) path of the browser

import { PHONE, Watch, base, check, logIn, look, need, run } from "./common.mjs";

const [name, pin] = [need("FIELDRAY_NAME"), need("FIELDRAY_PIN")];

const SIGN = "button:has-text('Sign the report')";
const soon = { waitUntil: "domcontentloaded" };

// What the physician touches: a button, a choice, a link. Typing is not counted.
let taps = 0;
const tap = async (page, target) => {
  taps += 1;
  await page.locator(target).first().click();
};

const heading = async (page) => (await page.textContent("h1")).trim();

// Signs the report on the page, after deciding on what asks for it, and waits for the next page.
const sign = async (page, opinion, findings = []) => {
  const who = await heading(page);
  for (const one of findings) await tap(page, `.choice:has(input[name="finding-${one}"][value="${opinion}"])`);
  if (opinion) await page.fill("#conclusion", opinion === "seen" ? "Cavity in the right upper zone." : "Nothing seen.");
  await page.fill("#pin", pin);
  const from = page.url();
  await Promise.all([page.waitForURL((url) => url.href !== from, soon), tap(page, SIGN)]);
  return who;
};

const waiting = async (page, count) => {
  await page.goto(`${base}/review`, soon);
  const text = await page.textContent(".lead");
  check(`${count} reports wait`, text.includes(count === 0 ? "No report waits" : `${count} report`), text);
};

// Swiping to the left goes on, to the right comes back.
const swipe = (page, from, to) => page.evaluate(([from, to]) => {
  const target = document.querySelector("h1");
  const touch = (x) => new Touch({ identifier: 1, target, clientX: x, clientY: 120 });
  target.dispatchEvent(new TouchEvent("touchstart", { bubbles: true, touches: [touch(from)], changedTouches: [touch(from)] }));
  target.dispatchEvent(new TouchEvent("touchend", { bubbles: true, touches: [], changedTouches: [touch(to)] }));
}, [from, to]);

// Draws a batch, reads its sample film by film, and signs the rest with one signature.
const batch = async (page, seen, first) => {
  await Promise.all([page.waitForURL(/\/review\/batch\/\d+$/, soon), tap(page, "main button:has-text('Look at')")]);
  const address = page.url();
  const names = await page.locator("#sample b, .films b").allTextContents();
  const foreign = names.filter((one) => !one.startsWith("Clear "));
  if (foreign.length > 0 || first) check("a batch holds clear films only", foreign.length === 0, foreign.join());
  const again = names.filter((one) => seen.has(one));
  if (again.length > 0 || first) check("no film is in two batches", again.length === 0, again.join());
  names.forEach((one) => seen.add(one));
  const sample = await page.locator("#sample a.button").evaluateAll((links) => links.map((one) => one.href));
  const films = await page.locator(".films > li").count();
  const wanted = Math.max(1, Math.ceil((films + sample.length) / 10));
  if (sample.length !== wanted || first) check("a tenth of it is read one by one", sample.length === wanted, `${sample.length} of ${films + sample.length}`);
  const closed = await page.locator("main form button").isDisabled();
  if (!closed || first) check("nothing is signed before the sample was read", closed);
  if (first) await look(page, "m2-batch");
  for (const href of sample) {
    taps += 1;
    await page.goto(href, soon);
    await sign(page);
  }
  await page.goto(address, soon);
  await tap(page, ".choice:has-text('I have looked at each')");
  await page.fill("#pin", pin);
  if (first) await look(page, "m3-batch-ready");
  await Promise.all([page.waitForURL(/\/review\?signed=/, soon), tap(page, "main form button")]);
  const note = await page.textContent(".note");
  if (!note.includes(`${films} reports`) || first) check("one signature covers the batch", note.includes(`${films} reports`), note);
  return [films, sample.length];
};

const morning = async (browser) => {
  const context = await browser.newContext(PHONE);
  const watch = new Watch(context, "a morning of 300 films");
  const page = await context.newPage();
  await logIn(page, pin, name);
  const begun = Date.now();
  check("the worklist counts what waits for a physician", (await page.textContent(".list.is-reported b")) === "300");
  await page.goto(`${base}/review`);
  check("all reports are listed", (await page.locator(".rows .row").count()) === 300);
  const order = await page.locator(".rows .row-name").allTextContents();
  check("what is urgent comes first", order.slice(0, 12).every((one) => one.startsWith("Urgent ")), order.slice(0, 13).join());
  check("then what is close to a threshold", order.slice(12, 30).every((one) => one.startsWith("Close ")), order.slice(12, 31).join());
  await look(page, "m1-review-300");

  await Promise.all([page.waitForURL(/report\?queue=1$/), tap(page, "main a:has-text('Read one by one')")]);
  const first = await heading(page);
  check("the queue begins with the first urgent film", first === order[0], first);
  await Promise.all([page.waitForNavigation(soon), swipe(page, 300, 60)]);
  check("a swipe goes on", (await heading(page)) === order[1]);
  await Promise.all([page.waitForNavigation(soon), swipe(page, 60, 300)]);
  check("a swipe comes back", (await heading(page)) === order[0]);
  // Pictures have been seen to load; from here on they would only take the time of the test.
  await context.route(/\.(png|jpg)$/, (route) => route.abort());
  watch.allow(/net::ERR_FAILED/);
  const read = [];
  for (let n = 0; n < 12; n += 1) read.push(await sign(page, "seen", ["tuberculosis", "abnormal"]));
  for (let n = 0; n < 18; n += 1) read.push(await sign(page, "not_seen", ["tuberculosis"]));
  check("the queue leads through what needs a decision, in order", read.join() === order.slice(0, 30).join(), read.join());
  await waiting(page, 270);

  await context.unroute(/\.(png|jpg)$/);
  const seen = new Set();
  let [together, sampled, batches] = [0, 0, 0];
  while ((await page.locator("main button:has-text('Look at')").count()) > 0) {
    const [films, sample] = await batch(page, seen, batches === 0);
    if (batches === 0) await context.route(/\.(png|jpg)$/, (route) => route.abort());
    [together, sampled, batches] = [together + films, sampled + sample, batches + 1];
  }
  check("all clear films went into batches", together + sampled === 260 && seen.size === 260, `${together} and ${sampled}`);
  check("nine batches of at most thirty", batches === 9, String(batches));
  await waiting(page, 10);
  const left = await page.locator(".rows .row-name").allTextContents();
  check("what was remarked is left to be read one by one", left.length === 10 && left.every((one) => one.startsWith("Marked ")), left.join());
  await Promise.all([page.waitForURL(/report\?queue=1$/, soon), tap(page, "main a:has-text('Read one by one')")]);
  for (let n = 0; n < 10; n += 1) await sign(page);
  await waiting(page, 0);
  await look(page, "m4-review-done");
  await page.goto(`${base}/`);
  check("nothing waits for a physician on the worklist", (await page.textContent(".list.is-reported b")) === "0");
  check("300 are signed", (await page.textContent(".filter.is-signed b")) === "300");
  console.log(`figure: 300 films took ${taps} taps and ${((Date.now() - begun) / 1000).toFixed(0)} s of the box and the browser; looking and typing are not counted`);
  watch.verify();
  await context.close();
};

await run(morning);
