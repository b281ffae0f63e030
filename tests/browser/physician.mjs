// A physician's path in a real browser at phone size: read by urgency, decide, sign, amend, print,
// and review the clear films of a morning together; the same without script.
//
//   FIELDRAY_URL     address of a box with read films
//   FIELDRAY_NAME    the physician's name
//   FIELDRAY_PIN     the physician's PIN
//   FIELDRAY_URGENT  address of the study that the page without script signs
//   FIELDRAY_SHOTS   folder for screenshots
//   CHROMIUM         (optional) path of the browser

import { PHONE, base, check, follow, logIn, look, need, run } from "./common.mjs";

const [name, pin, urgent] = [need("FIELDRAY_NAME"), need("FIELDRAY_PIN"), need("FIELDRAY_URGENT")];

const decide = async (page, finding, opinion) => {
  await page.locator(`.choice:has(input[name="finding-${finding}"][value="${opinion}"])`).first().click();
};

const withScript = async (browser) => {
  const context = await browser.newContext(PHONE);
  const problems = [];
  context.on("console", (message) => {
    const text = message.text();
    if (["error", "warning"].includes(message.type()) && !/status of (401|409|422)/.test(text)) problems.push(text);
  });
  const page = await context.newPage();
  await logIn(page, pin, name);
  await follow(page, page.locator("main a", { hasText: "Reports to sign" }));
  await look(page, "p1-review");
  await follow(page, page.locator("main a", { hasText: "Read one by one" }));
  await page.locator("#viewer canvas").waitFor();
  check("the film can be looked at closely", await page.locator("#viewer [data-act=invert]").isVisible());
  await look(page, "p2-report");
  check("every finding begins undecided", await page.locator('input[value="seen"]:checked').count() === 0);
  const first = await page.textContent("h1");

  // Signing without a decision is refused, and says where.
  await page.fill("#pin", pin);
  await follow(page, page.locator("button", { hasText: "Sign the report" }));
  check("an undecided finding stops the signature", (await page.textContent(".stop")).includes("FR-604"));
  await decide(page, "tuberculosis", "seen");
  await decide(page, "abnormal", "seen");
  await page.fill("#conclusion", "Cavity in the right upper zone.");
  await page.locator(".choice", { hasText: "Examine sputum" }).click();
  await look(page, "p3-decided");

  // Swiping to the left saves and goes on; to the right comes back to what was written.
  const swipe = (from, to) => page.evaluate(([from, to]) => {
    const target = document.querySelector("h1");
    const touch = (x) => new Touch({ identifier: 1, target, clientX: x, clientY: 120 });
    target.dispatchEvent(new TouchEvent("touchstart", { bubbles: true, touches: [touch(from)], changedTouches: [touch(from)] }));
    target.dispatchEvent(new TouchEvent("touchend", { bubbles: true, touches: [], changedTouches: [touch(to)] }));
  }, [from, to]);
  await Promise.all([page.waitForNavigation(), swipe(300, 60)]);
  check("a swipe goes on to the next report", (await page.textContent("h1")) !== first);
  await Promise.all([page.waitForNavigation(), swipe(60, 300)]);
  check("a swipe back finds what was written", (await page.inputValue("#conclusion")).includes("Cavity"));
  await page.fill("#pin", pin);
  const study = new URL(page.url()).pathname;
  await follow(page, page.locator("button", { hasText: "Sign the report" }));
  check("the next report follows a signature", (await page.textContent("h1")) !== first);

  await page.goto(base + study);
  await look(page, "p4-signed");
  const pdf = await page.evaluate(async () => {
    const link = [...document.querySelectorAll("a")].find((one) => one.href.endsWith(".pdf"));
    const answer = await fetch(link.href);
    return { type: answer.headers.get("content-type"), size: (await answer.arrayBuffer()).byteLength };
  });
  check("the report is printed", pdf.type === "application/pdf" && pdf.size > 10_000, JSON.stringify(pdf));
  await follow(page, page.locator("main a", { hasText: "Referral letter" }));
  await look(page, "p5-letter");
  await page.goBack();
  await follow(page, page.locator("main a", { hasText: "Amend the report" }));
  await page.fill("#reason", "Seen again with the prior film.");
  await page.fill("#conclusion", "Old cavity, no change.");
  await page.fill("#pin", pin);
  await follow(page, page.locator("button", { hasText: "Sign the changed report" }));
  check("an amendment is a further version", (await page.textContent("main")).includes("Version 2"));
  await look(page, "p6-amended");

  await page.goto(`${base}/review`);
  await follow(page, page.locator("main button", { hasText: "Look at" }));
  await look(page, "p7-batch");
  check("the batch waits for its sample", await page.locator("main form button").isDisabled());
  const batch = page.url();
  const sample = await page.locator("#sample a.button").evaluateAll((links) => links.map((one) => one.href));
  for (const href of sample) {
    await page.goto(href);
    await page.fill("#pin", pin);
    await follow(page, page.locator("button", { hasText: "Sign the report" }));
  }
  await page.goto(batch);
  await page.waitForLoadState("networkidle");
  await page.locator(".choice", { hasText: "I have looked at each" }).click();
  await page.fill("#pin", pin);
  await look(page, "p8-batch-ready");
  await follow(page, "main form button");
  check("one signature covers the batch", (await page.textContent(".note")).includes("reports were signed"));
  check("no console error", problems.length === 0, problems.join("; "));
  await context.close();
};

const withoutScript = async (browser) => {
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  await logIn(page, pin, name);
  await page.goto(`${base}${urgent}/report`);
  await decide(page, "tuberculosis", "not_seen");
  await decide(page, "abnormal", "not_seen");
  await page.fill("#conclusion", "Nothing seen.");
  await follow(page, page.locator("button", { hasText: "Save, sign later" }));
  check("without script: the report is saved", (await page.textContent("main")).includes("Not signed yet"));
  await page.fill("#pin", pin);
  await follow(page, page.locator("button", { hasText: "Sign the report" }));
  check("without script: the report is signed", (await page.textContent("main")).includes(`Signed by ${name}`));
  await context.close();
};

await run(withScript, withoutScript);
