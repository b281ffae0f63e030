// A technician's path in a real browser at phone size: with script, without script, and what must
// hold on every page. Prints a line for each passed check; exits with 1 and a message otherwise.
//
//   FIELDRAY_URL     address of a fresh box, for example http://127.0.0.1:8080
//   FIELDRAY_CODE    first-login code that the box printed
//   FIELDRAY_PORTAL  what a running portal printed for the box, without its address
//   FIELDRAY_PORTAL_URL  its address
//   FIELDRAY_TOKEN   token of a bot that a running Bot API knows
//   FIELDRAY_PHOTO   a rendered photo of a film that the box can read
//   FIELDRAY_PHOTO_2 another one, for the path without script
//   FIELDRAY_PHOTO_3 a third one, for a camp
//   FIELDRAY_BLURRED a photo that the page advises against and the box refuses
//   FIELDRAY_SMALL   a photo that the box reads with a remark
//   FIELDRAY_SMALL_AGAIN  the same film from nearer, without one
//   FIELDRAY_SHOTS   folder for screenshots
//   CHROMIUM         (optional) path of the browser

import path from "node:path";
import { DESKTOP, PHONE, Watch, accessible, base, check, fits, follow, look, need, run, shot, shots } from "./common.mjs";

const code = need("FIELDRAY_CODE");
const photo = path.resolve(need("FIELDRAY_PHOTO"));
const photo2 = path.resolve(need("FIELDRAY_PHOTO_2"));
const photo3 = path.resolve(need("FIELDRAY_PHOTO_3"));
const blurred = path.resolve(need("FIELDRAY_BLURRED"));
const small = path.resolve(need("FIELDRAY_SMALL"));
const sharper = path.resolve(need("FIELDRAY_SMALL_AGAIN"));
const READING_MS = Number(process.env.FIELDRAY_READING_MS || 300_000);

// A page that waits while the box starts again, and goes on by itself; not before it was looked at. Style and
// script are in the browser's cache by then: the doors of the box close soon.
const startsAgain = async (page, press, name, text) => {
  await page.evaluate(() => { sessionStorage.held = "yes"; });
  await page.click(press);
  await page.waitForSelector("[data-again]");
  await look(page, name);
  await page.evaluate(() => sessionStorage.removeItem("held"));
  await page.waitForSelector("[data-again]", { state: "detached", timeout: READING_MS });
  // What is asked of others comes a while after the box itself.
  const end = Date.now() + READING_MS;
  while (!(await page.textContent("main").catch(() => "")).includes(text)) {
    if (Date.now() > end) throw new Error(`${text} does not come`);
    await page.waitForTimeout(500);
    await page.reload().catch(() => {});
  }
};

// Nobody edits a file: the portal is pasted, the bot's token typed.
const connects = async (page, watch) => {
  watch.allow(/net::ERR_/);
  await page.addInitScript(() => {
    const real = window.fetch;
    const held = (what) => what === "/health" && sessionStorage.held;
    window.fetch = (what, ...more) => (held(what) ? Promise.reject(new TypeError("held")) : real(what, ...more));
  });
  await follow(page, 'a[href="/system/portal/connect"]');
  await look(page, "02-portal");
  await page.fill("#portal_text", need("FIELDRAY_PORTAL"));
  await follow(page, "main .form button.primary");
  check("an address that the portal does not know is asked for", (await page.textContent(".wrong")).includes("https://"));
  check("what was pasted is in its fields", (await page.inputValue("#portal_key")).length === 64);
  await look(page, "02-portal-address");
  await page.fill("#portal_url", need("FIELDRAY_PORTAL_URL"));
  await startsAgain(page, "main .form button.primary", "02-starts-again", "Key of the portal:");
  const end = Date.now() + 60_000;
  while (!(await page.textContent("main")).includes("has taken this box in.") && Date.now() < end) {
    await page.waitForTimeout(500);
    await page.reload();
  }
  check("the box is enrolled from its page", (await page.textContent("main")).includes("has taken this box in."));
  await look(page, "02-portal-enrolled");
  await follow(page, 'a[href="/system/first-steps"]');
  check("the portal's step is done", (await page.textContent("main")).includes("The portal has taken the box in."));

  await follow(page, 'a[href="/system/ways"]');
  await page.fill("#bot_token", "4711");
  await follow(page, "button[value=bot]");
  check("what is no token is refused", (await page.textContent(".wrong")).includes("BotFather"));
  check("a token is never written back", (await page.inputValue("#bot_token")) === "");
  await look(page, "02-ways");
  for (const kind of ["modem", "phone", "gateway"]) {
    await page.locator(`details:has(button[value=${kind}]) summary`).click();
  }
  await look(page, "02-ways-open");
  await page.fill("#bot_token", need("FIELDRAY_TOKEN"));
  await startsAgain(page, "button[value=bot]", "02-starts-again-bot", "The bot is @");
  await follow(page, "button[value=try]");
  check("the bot answers", (await page.textContent("main")).includes("works, the bot is @"));
  await look(page, "02-ways-tried");
  await page.goto(`${base}/system/first-steps`);
  check("a bot alone reaches nobody", (await page.textContent("main")).includes("Each person writes"));
  await look(page, "02-first-steps-later");
};

const setUp = async (page, watch) => {
  await page.goto(`${base}/`);
  check("a fresh box asks to be set up", page.url() === `${base}/setup`, page.url());
  await look(page, "01-setup");
  watch.allow(/status of 401/);
  await page.fill("#code", "0000-0000");
  await page.fill("#name", "Anita Kujur");
  await page.fill("#pin", "2580");
  await page.fill("#pin_again", "2580");
  await follow(page, "main button");
  check("a wrong code is refused with a remedy", (await page.textContent(".stop")).includes("FR-304"));
  check("the form comes back filled in", (await page.inputValue("#name")) === "Anita Kujur");
  await page.fill("#code", code);
  await page.fill("#pin", "2580");
  await page.fill("#pin_again", "2580");
  await follow(page, "main button");
  check("set-up logs in", page.url() === `${base}/system/first-steps`, page.url());
  check("it says what is still to be done", (await page.locator("main ol.reasons > li").count()) === 6);
  await look(page, "02-first-steps");
  await follow(page, 'a[href="/system/settings"]');
  await page.fill("#site_name", "Jhalod");
  await page.fill("#utc_offset", "half past five");
  await look(page, "02-settings");
  watch.allow(/status of 422/);
  await follow(page, "main button.primary");
  check("a wrong time zone comes back filled in", (await page.inputValue("#utc_offset")) === "half past five");
  await page.fill("#utc_offset", "0");
  await follow(page, "main button.primary");
  check("the settings lead back to the steps", page.url() === `${base}/system/first-steps`, page.url());
  await connects(page, watch);
  await page.goto(`${base}/system/acceptance`);
  await look(page, "02-acceptance");
  await page.goto(`${base}/`);
  check("the worklist is there", await page.isVisible(".new"));
  await look(page, "02-worklist-empty");
};

const logIn = async (page, shotName) => {
  await page.goto(`${base}/`);
  check("without a session the login page comes", page.url().startsWith(`${base}/login`), page.url());
  if (shotName) await look(page, shotName);
  await page.check("input[name=operator]", { force: true });
  await page.fill("#pin", "2580");
  await follow(page, "main button");
  check("login leads to the worklist", page.url() === `${base}/` && (await page.isVisible(".new")), page.url());
};

const register = async (page, name, localId) => {
  await follow(page, ".new");
  await page.waitForURL(`${base}/studies/new`);
  await page.fill("#name", name);
  await page.fill("#local_id", localId);
  await page.check("input[name=sex][value=female]", { force: true });
  await page.fill("#age", "34");
  await follow(page, "main .button.primary");
  check("registration leads to the study", /\/studies\/[0-9a-f]{32}$/.test(page.url()), page.url());
  check(`${name} is registered`, (await page.textContent("h1")).trim() === name);
  return page.url();
};

const failedRegistration = async (page, watch) => {
  watch.allow(/status of 422/);
  await follow(page, ".new");
  await page.fill("#name", "Asha Devi");
  await page.fill("#age", "34");
  await page.fill("#birth_year", "1990");
  await page.click("#more summary");
  await page.fill("#abha", "1234");
  await follow(page, "main .button.primary");
  const complaints = await page.locator(".complaints li").count();
  check("a failed registration names every wrong field", complaints === 3, String(complaints));
  check("what is wrong in the foldable part is in sight", (await page.inputValue("#abha")) === "1234" && (await page.isVisible("#abha-wrong")));
  check("a failed registration keeps what was written", (await page.inputValue("#name")) === "Asha Devi");
  await look(page, "04-register-failed");
  await page.goto(`${base}/`);
};

const readingIsShown = async (page, name) => {
  check(`${name}: the state is read`, (await page.getAttribute("[data-live=top]", "data-state")) === "reported");
  check(`${name}: scores are shown`, (await page.locator(".scores .score").count()) > 0);
  check(`${name}: what was not assessed is listed`, (await page.locator(".reasons li").count()) > 0);
  check(`${name}: a report draft is filled in`, (await page.inputValue("textarea.report")).length > 40);
  const text = (await page.textContent("main")).toLowerCase();
  const banned = ["diagnosis", "positive patient", "detected disease"].filter((word) => text.includes(word));
  check(`${name}: no banned word`, banned.length === 0, banned.join());
};

// Two fingers that move apart to twice their distance; Playwright has no hand for it.
const pinch = async (page, box, { width, height }) => {
  const session = await page.context().newCDPSession(page);
  const [x, y] = [box.x + width / 2, box.y + height / 2];
  const touch = (type, far) => session.send("Input.dispatchTouchEvent", {
    type, touchPoints: far ? [{ x: x - far, y, id: 0 }, { x: x + far, y, id: 1 }] : [],
  });
  await touch("touchStart", 40);
  for (let far = 45; far <= 80; far += 5) await touch("touchMove", far);
  await touch("touchEnd", 0);
  await session.detach();
};

// Two taps, 140 ms from the first lift to the second however busy the machine is.
const doubleTap = async (page, box, { width, height }) => {
  const session = await page.context().newCDPSession(page);
  const at = { x: box.x + width / 2, y: box.y + height / 2, id: 0 };
  const began = Date.now() / 1000;
  const touch = (type, ms) => session.send("Input.dispatchTouchEvent", {
    type, timestamp: began + ms / 1000, touchPoints: type === "touchStart" ? [at] : [],
  });
  await Promise.all([touch("touchStart", 0), touch("touchEnd", 40), touch("touchStart", 140), touch("touchEnd", 180)]);
  await session.detach();
};

const viewerWorks = async (page) => {
  await page.waitForSelector("#viewer[data-ready=yes]");
  const plate = page.locator("#viewer [data-plate]");
  const scale = async () => Number(/scale\(([\d.]+)\)/.exec(await plate.getAttribute("style"))[1]);
  const first = () => page.evaluate(() => {
    const canvas = document.querySelector("#viewer canvas");
    return [...canvas.getContext("2d").getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1).data];
  });
  const [before] = await first();
  // Painting waits for the next frame.
  const becomes = (what, holds) => page.waitForFunction(([text, grey]) => {
    const canvas = document.querySelector("#viewer canvas");
    const [now] = canvas.getContext("2d").getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1).data;
    return text === "inverted" ? now === 255 - grey : now !== grey;
  }, [holds, before]).then(() => check(what, true));
  await page.click("[data-act=invert]");
  await becomes("invert turns the grey scale", "inverted");
  await page.click("[data-act=invert]");
  await page.click("[data-act=in]");
  check("zoom in enlarges", (await scale()) > 1.4);
  await page.click("[data-act=reset]");
  check("reset shows the whole film", (await scale()) === 1);
  const stage = await page.locator("[data-stage]").boundingBox();
  await page.evaluate(() => document.querySelector("[data-stage]").scrollIntoView({ block: "center" }));
  const box = await page.locator("[data-stage]").boundingBox();
  await doubleTap(page, box, stage);
  check("a double tap zooms", (await scale()) > 2);
  await page.click("[data-act=reset]");
  await pinch(page, box, stage);
  const pinched = await scale();
  check("two fingers zoom", pinched > 1.8 && pinched < 2.4, String(pinched));
  await page.click("[data-act=reset]");
  await page.locator(".adjust summary").click();
  await page.locator("[data-window]").fill("60");
  await becomes("window and level change the greys", "other");
  await page.locator(".adjust summary").click();
  await page.click("[data-act=reset]");
  check("the heatmap is off at first", !(await page.isVisible("[data-overlay]")));
  const [heat] = await Promise.all([
    page.waitForResponse((response) => response.url().includes("/heatmap/")),
    page.locator("[data-heat]").nth(1).click(),
  ]);
  check("a heatmap is served for a finding", heat.status() === 200 && heat.headers()["content-type"] === "image/png");
  await page.waitForFunction(() => document.querySelector("[data-overlay]").naturalWidth > 0);
  check("the heatmap lies over the radiograph", await page.isVisible("[data-overlay]"));
  await page.locator("[data-opacity]").fill("90");
  check("its strength can be changed", (await page.getAttribute("[data-overlay]", "style")).includes("0.9"));
  await page.locator("#viewer-card").screenshot({ path: path.join(shots, "08-viewer-heatmap.png") });
  await page.click("[data-act=full]");
  await page.waitForTimeout(200);
  await shot(page, "09-viewer-full", false);
  await page.click("[data-act=full]");
  await page.click("[data-act=reset]");
};

// A plainly bad photo is told before anything is sent; nobody loses it, and nobody is held up.
const adviceBeforeSending = async (page, watch) => {
  await page.goto(`${base}/`);
  await register(page, "Sunita Oraon", "OPD-102/26");
  let sent = 0;
  page.on("request", (request) => { sent += request.url().endsWith("/photos") ? 1 : 0; });
  await page.setInputFiles("#gallery", blurred);
  await page.waitForSelector(".job.is-asked");
  check("a blurred photo is told before anything is sent", sent === 0);
  check("the advice is the box's own sentence", (await page.textContent(".job.is-asked")).includes("The photo is blurred."));
  check("the advice shows the photo", await page.isVisible(".job.is-asked .thumbnail"));
  check("the advice gives two ways on", (await page.locator(".job.is-asked button").count()) === 2);
  await look(page, "10-study-advice");
  await shot(page, "10-study-advice-screen", false);

  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click(".job.is-asked .button.primary")]);
  check("taking it again opens the same way to choose", (await chooser.element().getAttribute("id")) === "gallery");
  check("the first photo is kept until another one was chosen", await page.isVisible(".job.is-asked"));
  await chooser.setFiles(blurred);
  await page.waitForFunction(() => document.querySelectorAll(".job").length === 1 && document.querySelector(".job.is-asked"));
  check("the new photo takes the place of the old one", sent === 0);

  watch.allow(/net::ERR_/);
  await page.route("**/photos", (route) => route.abort("connectionreset"), { times: 1 });
  // A second long: looked for at every frame, from before the tap.
  const retrying = page.waitForFunction(() => document.querySelector(".job.is-retrying"));
  await page.click(".job.is-asked .button:not(.primary)");
  await retrying;
  check("sent anyway; a lost connection is told, and it is sent again by itself", true);
  await page.waitForSelector("[data-live=top][data-state=retake_asked]", { timeout: READING_MS });
  check("the photo that was sent again is there once", (await page.locator(".photos > li").count()) === 1);
  check("a poor photo asks for a retake with reasons", (await page.locator(".advice li").count()) > 0);
  check("a poor photo has no number", (await page.locator(".score").count()) === 0);
  await look(page, "10-study-retake");

  watch.allow(/status of (415|422|400)/);
  await page.setInputFiles("#gallery", { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no picture at all") });
  await page.waitForSelector(".job.is-failed");
  check("a file that is no picture is sent, and the box itself explains", (await page.textContent(".job.is-failed")).includes("FR-103"));
};

// A photo that was read with a remark: a second one is invited, and the readings are compared.
const secondPhoto = async (page) => {
  await page.goto(`${base}/`);
  await register(page, "Mira Tudu", "OPD-104/26");
  await page.setInputFiles("#camera", small);
  await page.waitForSelector("[data-live=top][data-state=reported]", { timeout: READING_MS });
  check("a remark invites a second photo", await page.isVisible("#again"));
  check("one reading is compared with nothing", (await page.locator("#compared").count()) === 0);
  await look(page, "15-study-second-photo");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("[data-take]")]);
  check("the invitation opens the camera", (await chooser.element().getAttribute("id")) === "camera");
  await chooser.setFiles(sharper);
  await page.waitForSelector("#compared", { timeout: READING_MS });
  check("two readings are compared", (await page.textContent("#compared")).includes("Two photos of this film: scores differ by at most"));
  check("the better photo is marked", (await page.textContent(".photos")).includes("The better photo"));
  check("nobody asks for a third photo", (await page.locator("#again").count()) === 0);
  await look(page, "16-study-compared");
  await page.locator("#compared").screenshot({ path: path.join(shots, "16-compared.png") });
};

const correctionWorks = async (page) => {
  await follow(page, ".photos a.button");
  await page.waitForURL(/\/correct$/);
  await page.waitForSelector(".table.is-live");
  await page.waitForFunction(() => document.querySelector("[data-photo]").naturalWidth > 0);
  await look(page, "40-correct");
  check("the numbers are folded away while there are marks", !(await page.isVisible("#x0")));
  const at = async (name) => Number(await page.inputValue(`#${name}`));
  const before = await at("x0");
  await page.evaluate(() => document.querySelector("[data-corner='0']").scrollIntoView({ block: "center" }));
  const mark = await page.locator("[data-corner='0']").boundingBox();
  const middle = { x: mark.x + mark.width / 2, y: mark.y + mark.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  await page.mouse.move(middle.x - 12, middle.y + 9, { steps: 4 });
  check("what lies under the finger is enlarged", await page.isVisible(".loupe"));
  await shot(page, "41-correct-dragging", false);
  await page.mouse.up();
  check("dragging a mark moves the corner", (await at("x0")) < before - 1, `${before} ${await at("x0")}`);
  await page.focus("[data-corner='0']");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowRight");
  check("the arrow keys move it too", Math.abs((await at("x0")) - before) < 3);
  await follow(page, "main .button.primary");
  await page.waitForURL(/\/studies\/[0-9a-f]{32}$/);
  await page.waitForSelector("[data-live=top][data-state=reported]", { timeout: READING_MS });
  check("the corrected photo is read again", (await page.textContent(".photos")).includes("A person has shown"));
};

// Somebody who was here before is found, asked about, and never merged by the box; and the slip.
const returning = async (page, watch) => {
  await page.goto(`${base}/patients`);
  check("the search offers the code reader only where the browser has one", (await page.isVisible("[data-scan]")) === (await page.evaluate(() => "BarcodeDetector" in window)));
  await page.fill("#q", "आशा");
  await follow(page, "main .button.primary");
  await page.waitForURL(/\/patients\?q=/);
  check("a name is found in another script", (await page.textContent(".row-name")) === "Asha Devi");
  await look(page, "60-patients");
  await follow(page, ".row");
  await page.waitForURL(/\/patients\/[0-9a-f]{32}$/);
  const patient = page.url();
  await look(page, "61-patient");
  await follow(page, "main .button.primary");
  await page.waitForURL(/\/studies\/new\?patient=/);
  check("a returning patient's name is not typed again", (await page.locator("#name").count()) === 0);
  await look(page, "62-register-known");
  await page.check("input[name=sex][value=male]", { force: true });
  await page.fill("#age", "12");
  await follow(page, "main .button.primary");
  await page.waitForSelector("text=Is this the right patient?");
  await look(page, "63-ask-whether");
  await follow(page, "button[value$='.record']");
  await page.waitForURL(/\/studies\/[0-9a-f]{32}$/);

  await page.goto(`${base}/studies/new`);
  await page.fill("#name", "Aasha Debi");
  await page.check("input[name=sex][value=female]", { force: true });
  await page.fill("#age", "36");
  await page.click("#more summary");
  await page.check("input[name=reason][value=triage]", { force: true });
  await page.check("input[name=symptom-cough]", { force: true });
  await look(page, "64-register-more");
  await follow(page, "main .button.primary");
  await page.waitForSelector("text=Was this patient here before?");
  check("who is alike is shown with the reason", (await page.textContent(".card.person")).includes("A name that sounds alike"));
  await look(page, "65-ask-who");
  await follow(page, "button[value=back]");
  check("going back loses nothing", (await page.inputValue("#name")) === "Aasha Debi" && (await page.isChecked("input[name=symptom-cough]")));
  await follow(page, "main .button.primary");
  await follow(page, ".card.person .button.primary");
  await page.waitForURL(/\/studies\/[0-9a-f]{32}$/);
  check("what was told is on the page", (await page.textContent("#indication")).includes("Cough for 2 weeks or longer"));
  await follow(page, ".patient-ways a >> nth=0");
  await page.waitForURL(/\/slip$/);
  await look(page, "66-slip");
  const id = (await page.textContent(".slip-id")).trim();
  await page.goto(patient);
  check("all films are with the one patient", (await page.locator(".row").count()) === 3);
  check("the slip's id is the patient's", (await page.textContent(".patient")).includes(id));

  // A browser that reads codes: the photo stays on the phone, what is read is looked for.
  await page.addInitScript((text) => {
    window.BarcodeDetector = class { async detect() { return text ? [{ rawValue: text }] : []; } };
  }, id);
  await page.goto(`${base}/patients`);
  await page.setInputFiles("#scan", photo);
  await page.waitForURL((url) => url.searchParams.get("q") === id);
  check("a photographed code finds its patient", (await page.textContent(".row-foot")).includes("3 films"));
};

const withScript = async (browser) => {
  const context = await browser.newContext(PHONE);
  const watch = new Watch(context, "with script");
  const page = await context.newPage();
  await setUp(page, watch);
  await page.click("header summary");
  await shot(page, "03-menu", false);
  await follow(page, "header .link");
  await page.waitForURL(`${base}/login`);
  await logIn(page, "03-login");
  await failedRegistration(page, watch);
  const study = await register(page, "Asha Devi", "OPD-101/26");
  await look(page, "05-study-no-photo");
  check("before the photo there is no number on the page", (await page.locator(".score").count()) === 0);

  const started = Date.now();
  await page.setInputFiles("#camera", photo);
  await page.waitForSelector(".job.is-stored", { timeout: 30_000 });
  check(`the photo is acknowledged (${Date.now() - started} ms)`, true);
  await shot(page, "06-study-processing");
  await page.waitForSelector("[data-live=top][data-state=reported]", { timeout: READING_MS });
  check(`the page shows the reading by itself (${Date.now() - started} ms after the shot)`, true);
  await readingIsShown(page, "with script");
  await page.waitForSelector("#viewer[data-ready=yes]");
  await page.locator("section.card:has(.scores)").screenshot({ path: path.join(shots, "07-scores.png") });
  await look(page, "07-study-reading");
  await viewerWorks(page);
  await correctionWorks(page);

  await adviceBeforeSending(page, watch);
  await secondPhoto(page);
  await returning(page, watch);

  await page.goto(`${base}/`);
  check("the worklist has the study", (await page.locator(".row").count()) > 0);
  await look(page, "11-worklist");
  await page.goto(`${base}/about`);
  await look(page, "12-about");
  await page.goto(`${base}/operators`);
  await look(page, "13-operators");
  watch.allow(/status of 404/);
  await page.goto(`${base}/nothing-here`);
  check("an unknown page says so", (await page.textContent(".stop")).includes("FR-402"));
  await look(page, "14-unknown");
  watch.verify();
  await context.close();
  return study;
};

const withoutScript = async (browser) => {
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
  const watch = new Watch(context, "without script");
  const page = await context.newPage();
  await logIn(page, null);
  await register(page, "Bikash Munda", "OPD-103/26");
  await shot(page, "20-noscript-study");
  watch.allow(/status of (409|422)/);
  await follow(page, ".pick:first-of-type .pick-send");
  check("without script: no photo chosen is said", (await page.textContent(".stop")).includes("FR-115"));
  await page.setInputFiles("#gallery", photo);
  await follow(page, page.locator(".pick-send").nth(1));
  check("without script: a photo of another study is refused", (await page.textContent(".stop")).includes("FR-116"));
  await page.setInputFiles("#gallery", photo2);
  await follow(page, page.locator(".pick-send").nth(1));
  await page.waitForURL(/\/studies\/[0-9a-f]{32}(\?note=known)?$/);
  const end = Date.now() + READING_MS;
  const state = () => page.getAttribute("[data-live=top]", "data-state", { timeout: 10_000 }).catch(() => "loading");
  while (["processing", "loading"].includes(await state()) && Date.now() < end) {
    await page.waitForTimeout(500);
  }
  await page.waitForLoadState();
  await readingIsShown(page, "without script");
  await page.locator("details.flat summary").first().click();
  await page.waitForTimeout(1500);
  await shot(page, "21-noscript-reading");
  watch.verify();
  await context.close();
};

// Many in a row: the next patient does not wait for the reading.
const inCamp = async (browser, study) => {
  const context = await browser.newContext(PHONE);
  const watch = new Watch(context, "camp");
  const page = await context.newPage();
  await logIn(page, null);
  await page.goto(`${base}/studies/new`);
  await follow(page, "button[name=camp][value=on]");
  await page.waitForSelector("button[name=camp][value=off]");
  await page.fill("#name", "Phulmani Kujur");
  await page.check("input[name=sex][value=female]", { force: true });
  await page.fill("#age", "51");
  await look(page, "67-camp-register");
  await follow(page, ".form .button.primary");
  await page.waitForURL(/\/studies\/[0-9a-f]{32}$/);
  check("a camp's reason is kept", (await page.textContent("#indication")).includes("Screening"));
  // Looked for at every frame: the reading itself may follow soon.
  const next = page.waitForFunction(() => document.querySelector(".next-patient") && document.querySelector("[data-live=top]").dataset.state);
  await page.setInputFiles("#camera", photo3);
  check("the next patient may come before the reading is there", (await (await next).jsonValue()) !== "reported");
  await look(page, "68-camp-next");
  await follow(page, ".next-patient");
  await page.waitForURL(/\/studies\/new$/);
  check("the strip shows the films before", (await page.textContent(".strip")).includes("Phulmani Kujur"));
  await follow(page, "button[name=camp][value=off]");
  await page.waitForURL(`${base}/`);
  watch.verify();
  await context.close();
  return study;
};

const onDesktop = async (browser, study) => {
  const context = await browser.newContext({ ...DESKTOP, colorScheme: "dark" });
  const watch = new Watch(context, "dark, on a desktop");
  const page = await context.newPage();
  await logIn(page, null);
  await page.goto(study);
  await page.waitForSelector("#viewer[data-ready=yes]");
  await page.focus("[data-stage]");
  await page.keyboard.press("+");
  check("the keyboard zooms", /scale\(1\.5\)/.test(await page.getAttribute("[data-plate]", "style")));
  await page.keyboard.press("0");
  await fits(page, "desktop");
  await accessible(page, "desktop, dark");
  await shot(page, "30-desktop-dark");
  watch.verify();
  await context.close();
};

await run(withScript, withoutScript, inCamp, onDesktop);
