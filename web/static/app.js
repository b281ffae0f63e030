// Fieldray: the one script. Every page works without it; it adds upload with progress, pages that
// change by themselves, and the viewer. No framework, and nothing that needs a secure context: the
// box speaks plain HTTP, so crypto.subtle, randomUUID and service workers are not there.
"use strict";

(() => {
  document.documentElement.classList.add("js");

  const POLL_BUSY_MS = 1000;
  const POLL_IDLE_MS = 8000;
  // Requests that no person made do not keep a phone unlocked.
  const BY_ITSELF = { "X-By-Itself": "1" };
  const RETRY_MS = [1000, 2000, 4000, 8000, 15000];
  const STORED_SHOWN_MS = 8000;
  const DOORS_MS = 3000;
  const AGAIN_MS = 1500;
  const DIGEST_CHUNK = 1 << 20;

  const study = document.getElementById("study");
  const texts = study ? JSON.parse(study.dataset.texts) : {};
  const say = (key) => texts[key] || key;

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // ---- SHA-256 (FIPS 180-4) -------------------------------------------------------------------

  const PRIMES = (() => {
    const found = [];
    for (let n = 2; found.length < 64; n++) {
      if (found.every((prime) => n % prime !== 0)) found.push(n);
    }
    return found;
  })();
  const fraction = (value) => ((value - Math.floor(value)) * 0x100000000) | 0;
  const ROUND = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));

  class Sha256 {
    constructor() {
      this.state = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
      this.words = new Int32Array(64);
      this.rest = new Uint8Array(64);
      this.held = 0;
      this.length = 0;
    }

    add(bytes) {
      this.length += bytes.length;
      let at = 0;
      if (this.held > 0) {
        at = Math.min(64 - this.held, bytes.length);
        this.rest.set(bytes.subarray(0, at), this.held);
        this.held += at;
        if (this.held < 64) return;
        this.block(this.rest, 0);
        this.held = 0;
      }
      for (; at + 64 <= bytes.length; at += 64) this.block(bytes, at);
      this.rest.set(bytes.subarray(at));
      this.held = bytes.length - at;
    }

    block(bytes, at) {
      const w = this.words;
      for (let i = 0; i < 16; i++, at += 4) {
        w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
      }
      const turn = (x, n) => (x >>> n) | (x << (32 - n));
      for (let i = 16; i < 64; i++) {
        const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = this.state;
      for (let i = 0; i < 64; i++) {
        const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
        const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i] + w[i]) | 0;
        const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + t1) | 0;
        d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => { this.state[i] = (this.state[i] + value) | 0; });
    }

    hex() {
      const bits = this.length * 8;
      const tail = new Uint8Array(((this.held < 56 ? 56 : 120) - this.held) + 8);
      tail[0] = 0x80;
      const view = new DataView(tail.buffer);
      view.setUint32(tail.length - 8, Math.floor(bits / 0x100000000));
      view.setUint32(tail.length - 4, bits >>> 0);
      this.add(tail);
      return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    }
  }

  const readSlice = (blob) => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(new Uint8Array(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(blob);
  });

  const digestOf = async (file) => {
    const hash = new Sha256();
    for (let at = 0; at < file.size; at += DIGEST_CHUNK) {
      hash.add(await readSlice(file.slice(at, at + DIGEST_CHUNK)));
    }
    return hash.hex();
  };

  const randomId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  // ---- Upload: one photo after the other, the same id until the box has it ---------------------

  const uploads = () => {
    const queue = document.getElementById("queue");
    let csrf = study.querySelector(".pick [name=csrf]").value;
    const bytesMax = Number(study.dataset.photoBytesMax);
    const jobs = [];
    let working = false;
    // The photo that is being taken again.
    let replaced = null;

    const paint = (job) => {
      job.row.className = `job is-${job.state}`;
      job.status.textContent = job.state === "sending" ? `${job.percent} %` : say(`js-${job.state}`);
      job.progress.hidden = !["checking", "sending", "retrying"].includes(job.state);
      job.name.hidden = job.state === "asked";
      job.progress.value = job.percent;
      job.text.textContent = "";
      job.acts.textContent = "";
      if (job.state === "retrying") job.text.textContent = say("js-retrying");
      if (job.state === "retrying") job.status.textContent = "";
      if (job.state === "failed") explain(job);
      if (job.state === "asked") ask(job);
    };

    const button = (className, key, act) => {
      const element = make("button", className, say(key));
      element.type = "button";
      element.addEventListener("click", act);
      return element;
    };

    // The photo stays here, and can still be sent, until another one has been chosen in its place.
    const ask = (job) => {
      const { issue, picture } = job.doubt;
      picture.className = "thumbnail";
      picture.setAttribute("role", "img");
      picture.setAttribute("aria-label", say("js-thumbnail"));
      const what = make("p", "advice-what", say(`issue-${issue}`));
      const next = make("p", "", say(`issue-${issue}.next`));
      const lying = picture.width > picture.height;
      const advice = make("div", lying ? "job-advice is-lying" : "job-advice");
      const words = make("div");
      words.append(what, next);
      advice.append(picture, words);
      job.text.append(advice);
      job.acts.append(
        button("button primary", "js-take-again", () => {
          job.input.click();
          replaced = job;
        }),
        button("button", "js-send-anyway", () => {
          job.looked = true;
          move(job, "waiting");
          work();
        }),
      );
      job.row.scrollIntoView({ block: "nearest" });
    };

    const drop = (job) => {
      jobs.splice(jobs.indexOf(job), 1);
      job.row.remove();
    };

    const explain = (job) => {
      job.status.textContent = job.fault.code || "";
      job.text.append(make("span", "", `${say("js-failed")} ${job.fault.what} `), make("strong", "", job.fault.next));
      const again = button("button primary", "js-retry", async () => {
        await renew();
        move(job, "waiting");
        work();
      });
      const remove = button("button", "js-remove", () => drop(job));
      // The same bytes would be refused for the same reason: only another photo helps.
      if (!job.fault.final) job.acts.append(again);
      job.acts.append(remove);
    };

    // After a new login in another tab the old page has an old token, and still the only photo.
    const renew = async () => {
      try {
        const response = await fetch(study.dataset.href, { credentials: "same-origin" });
        const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
        const field = fresh.querySelector(".pick [name=csrf]");
        if (field) csrf = field.value;
      } catch {
        // No connection: sending will say so.
      }
    };

    const move = (job, state) => { job.state = state; paint(job); };

    const fail = (job, fault) => { job.fault = fault; move(job, "failed"); };

    const add = (file, input) => {
      const job = { file, input, id: randomId(), state: "waiting", looked: false, percent: 0, fault: null };
      job.row = make("li", "job");
      const head = make("p", "job-head");
      job.name = make("span", "", file.name || say("js-photo"));
      job.status = make("span");
      head.append(job.name, job.status);
      job.progress = make("progress");
      job.progress.max = 100;
      job.progress.setAttribute("aria-label", say("js-sending"));
      job.text = make("div");
      job.acts = make("div", "job-acts");
      job.row.append(head, job.progress, job.text, job.acts);
      queue.append(job.row);
      jobs.push(job);
      paint(job);
      if (file.size > bytesMax) {
        fail(job, { code: "FR-105", what: say("js-too-large"), next: say("js-too-large-next"), final: true });
      }
    };

    const send = (job) => new Promise((resolve) => {
      const form = new FormData();
      form.append("csrf", csrf);
      form.append("upload_id", job.id);
      if (job.digest) form.append("digest", job.digest);
      form.append("photo", job.file, job.file.name || "photo");
      const request = new XMLHttpRequest();
      request.open("POST", `${study.dataset.href}/photos`);
      request.setRequestHeader("Accept", "application/json");
      request.upload.onprogress = (event) => {
        if (!event.lengthComputable) return;
        job.percent = Math.round((100 * event.loaded) / event.total);
        paint(job);
      };
      request.onload = () => {
        let body = null;
        try { body = JSON.parse(request.responseText); } catch { body = null; }
        resolve({ status: request.status, body, after: Number(request.getResponseHeader("Retry-After")) });
      };
      request.onerror = request.ontimeout = request.onabort = () => resolve(null);
      request.send(form);
    });

    const deliver = async (job) => {
      move(job, "checking");
      try {
        job.digest = job.digest || await digestOf(job.file);
      } catch {
        job.digest = "";
      }
      for (let tries = 0; ; tries++) {
        job.percent = 0;
        move(job, "sending");
        const answer = await send(job);
        if (answer && answer.status === 200 && answer.body && answer.body.ok) {
          move(job, answer.body.known ? "known" : "stored");
          refresh().finally(() => wake());
          setTimeout(() => job.row.remove(), STORED_SHOWN_MS);
          return;
        }
        if (answer && answer.body && answer.body.code) {
          // Damaged on the way, interrupted, busy: the same bytes may pass next time.
          const again = ["FR-112", "FR-114"].includes(answer.body.code) || answer.status === 503 || answer.status >= 500;
          if (!again || tries >= 3) {
            fail(job, { ...answer.body, final: !again && answer.status !== 401 && answer.status !== 403 });
            return;
          }
        }
        move(job, "retrying");
        const busyMs = answer && answer.after ? answer.after * 1000 : 0;
        await Promise.race([
          wait(Math.max(busyMs, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)])),
          busyMs ? wait(busyMs) : new Promise((resolve) => window.addEventListener("online", resolve, { once: true })),
        ]);
      }
    };

    // Whether a photo may go: a plainly bad one waits for its person, anything else never waits.
    const mayGo = async (job) => {
      if (job.looked) return true;
      move(job, "looking");
      job.doubt = await window.photoCheck.look(job.file);
      job.looked = true;
      if (job.doubt) move(job, "asked");
      return !job.doubt;
    };

    const work = async () => {
      if (working) return;
      working = true;
      for (let job; (job = jobs.find((one) => one.state === "waiting")); ) {
        if (await mayGo(job)) await deliver(job);
      }
      working = false;
    };

    study.querySelectorAll(".pick-file").forEach((input) => {
      if ("several" in input.dataset) input.multiple = true;
      // Whoever opens the camera for another reason replaces nothing.
      input.addEventListener("click", () => { replaced = null; });
      input.addEventListener("change", () => {
        const files = Array.from(input.files);
        if (files.length > 0 && replaced && replaced.state === "asked") drop(replaced);
        replaced = null;
        files.forEach((file) => add(file, input));
        input.value = "";
        work();
      });
    });

    const unsent = () => jobs.some((job) => !["stored", "known"].includes(job.state) && !(job.fault && job.fault.final));
    window.addEventListener("beforeunload", (event) => {
      if (!unsent()) return;
      event.preventDefault();
      event.returnValue = say("js-leave");
    });
    return unsent;
  };

  // "Take a second photo": the camera at once, where a page without script opens the form.
  const invitation = () => study.addEventListener("click", (event) => {
    if (!event.target.closest("[data-take]")) return;
    event.preventDefault();
    document.getElementById("upload").open = true;
    document.getElementById("camera").click();
  });

  // ---- A study's page changes by itself ---------------------------------------------------------

  let wake = () => {};
  let refreshing = null;
  const refresh = () => {
    refreshing = refreshing || replaceParts().finally(() => { refreshing = null; });
    return refreshing;
  };

  const live = (root, name) => root.querySelector(`[data-live="${name}"]`);

  const replaceParts = async () => {
    const response = await fetch(`${study.dataset.href}/fragment`, { credentials: "same-origin", headers: BY_ITSELF });
    if (response.redirected || !response.ok) return undefined;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const old = document.getElementById("viewer");
    const next = fresh.getElementById("viewer");
    const same = old && next && old.dataset.photo === next.dataset.photo && old.dataset.read === next.dataset.read;
    if (same) next.replaceWith(document.adoptNode(old));
    const was = live(study, "top").dataset.state;
    for (const name of ["top", "main"]) {
      const open = Array.from(live(study, name).querySelectorAll("details"), (one) => one.open);
      const part = document.adoptNode(live(fresh, name));
      part.querySelectorAll("noscript").forEach((one) => one.remove());
      if (was === part.dataset.state || name === "main") {
        part.querySelectorAll("details").forEach((one, i) => { if (open[i]) one.open = true; });
      }
      live(study, name).replaceWith(part);
    }
    const now = live(study, "top").dataset.state;
    const upload = document.getElementById("upload");
    if (upload && now !== was) {
      upload.open = ["registered", "retake_asked"].includes(now);
      const title = upload.querySelector("[data-more]");
      title.textContent = title.dataset.more;
    }
    if (!same) viewer();
    return undefined;
  };

  const poll = async (unsent) => {
    const offline = document.getElementById("offline");
    for (;;) {
      const busy = live(study, "top").dataset.state === "processing";
      // A photo that was just sent ends a long wait.
      await Promise.race([wait(busy ? POLL_BUSY_MS : POLL_IDLE_MS), new Promise((resolve) => { wake = resolve; })]);
      if (document.hidden) continue;
      try {
        const response = await fetch(`${study.dataset.href}/status`, {
          credentials: "same-origin", headers: { Accept: "application/json", "X-By-Itself": "1" },
        });
        offline.hidden = true;
        if (response.status === 401 && !unsent()) return window.location.reload();
        const answer = response.ok ? await response.json() : null;
        if (answer && String(answer.version) !== live(study, "top").dataset.version) await refresh();
      } catch {
        offline.hidden = false;
      }
    }
  };

  // ---- The phone's time as a proposal, in the box's time zone --------------------------------------
  const phoneTime = (form) => {
    const local = new Date(Date.now() + Number(form.dataset.phoneTime) * 60000).toISOString();
    const fill = (name, text) => {
      const field = form.elements.namedItem(name);
      if (field && !field.value) field.value = text;
    };
    fill("day", local.slice(0, 10));
    fill("time", local.slice(11, 16));
  };

  // ---- The worklist changes by itself -----------------------------------------------------------

  const worklist = (list) => {
    setInterval(async () => {
      if (document.hidden || list.contains(document.activeElement)) return;
      try {
        const response = await fetch(window.location.href, { credentials: "same-origin", headers: BY_ITSELF });
        if (!response.ok || response.redirected) return;
        const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
        const next = fresh.getElementById(list.id);
        if (next && next.innerHTML !== list.innerHTML) list.replaceChildren(...next.childNodes);
      } catch {
        // The next round tries again.
      }
    }, POLL_IDLE_MS);
  };

  // ---- Viewer -----------------------------------------------------------------------------------

  const views = new Map();

  const viewer = () => {
    const root = document.getElementById("viewer");
    document.body.classList.toggle("is-covered", Boolean(root && root.classList.contains("is-full")));
    if (!root) return;
    const find = (name) => root.querySelector(`[data-${name}]`);
    const [stage, plate, image, overlay] = ["stage", "plate", "radiograph", "overlay"].map(find);
    const [level, width, opacity] = ["level", "window", "opacity"].map(find);
    const canvas = make("canvas", "radiograph");
    // How a photo is looked at outlives the changes of the page around it.
    const photo = root.dataset.photo;
    const state = views.get(photo) || { scale: 1, x: 0, y: 0, invert: false, level: 128, width: 255 };
    views.set(photo, state);
    let grey = null;
    let pixels = null;
    let painting = false;

    const size = () => {
      const box = stage.getBoundingClientRect();
      const w = image.naturalWidth || 1;
      const h = image.naturalHeight || 1;
      const fit = Math.min(box.width / w, box.height / h);
      return { box, w: w * fit, h: h * fit };
    };

    // A plate smaller than the stage stays in its middle; a larger one never leaves a gap.
    const settle = (value, plateSide, stageSide) => (plateSide <= stageSide
      ? (stageSide - plateSide) / 2
      : Math.min(0, Math.max(stageSide - plateSide, value)));

    const place = () => {
      const { box, w, h } = size();
      state.scale = Math.min(10, Math.max(1, state.scale));
      state.x = settle(state.x, w * state.scale, box.width);
      state.y = settle(state.y, h * state.scale, box.height);
      plate.style.width = `${w}px`;
      plate.style.height = `${h}px`;
      plate.style.transform = `translate(${state.x}px, ${state.y}px) scale(${state.scale})`;
      stage.classList.toggle("is-zoomed", state.scale > 1.01);
    };

    const zoom = (factor, clientX, clientY) => {
      const { box } = size();
      const [x, y] = [clientX - box.left, clientY - box.top];
      const scale = Math.min(10, Math.max(1, state.scale * factor));
      const ratio = scale / state.scale;
      state.x = x - (x - state.x) * ratio;
      state.y = y - (y - state.y) * ratio;
      state.scale = scale;
      place();
    };
    const zoomMiddle = (factor) => {
      const { box } = size();
      zoom(factor, box.left + box.width / 2, box.top + box.height / 2);
    };

    // Window and level through a table of 256 greys, as a DICOM viewer does it.
    const paint = () => {
      painting = false;
      if (!pixels) return;
      const table = new Uint32Array(256);
      const low = state.level - state.width / 2;
      for (let i = 0; i < 256; i++) {
        let value = Math.min(255, Math.max(0, Math.round(((i - low) / state.width) * 255)));
        if (state.invert) value = 255 - value;
        table[i] = (0xff000000 | (value << 16) | (value << 8) | value) >>> 0;
      }
      const words = new Uint32Array(pixels.data.buffer);
      for (let i = 0; i < words.length; i++) words[i] = table[grey[i]];
      canvas.getContext("2d").putImageData(pixels, 0, 0);
    };
    const repaint = () => {
      if (!painting) requestAnimationFrame(paint);
      painting = true;
    };

    const loaded = () => {
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.drawImage(image, 0, 0);
      pixels = context.getImageData(0, 0, canvas.width, canvas.height);
      grey = new Uint8Array(canvas.width * canvas.height);
      for (let i = 0; i < grey.length; i++) grey[i] = pixels.data[4 * i];
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", image.alt);
      image.hidden = true;
      if (!canvas.isConnected) plate.insertBefore(canvas, overlay);
      place();
      if (state.invert || state.level !== 128 || state.width !== 255) paint();
      root.dataset.ready = "yes";
    };

    const full = (on) => {
      root.classList.toggle("is-full", on);
      document.body.classList.toggle("is-covered", on);
      root.querySelector("[data-act=full]").setAttribute("aria-pressed", String(on));
      Object.assign(state, { scale: 1, x: 0, y: 0 });
      place();
    };

    const acts = {
      in: () => zoomMiddle(1.5),
      out: () => zoomMiddle(1 / 1.5),
      invert: () => {
        state.invert = !state.invert;
        root.querySelector("[data-act=invert]").setAttribute("aria-pressed", String(state.invert));
        repaint();
      },
      full: () => full(!root.classList.contains("is-full")),
      reset: () => {
        Object.assign(state, { scale: 1, x: 0, y: 0, level: 128, width: 255 });
        level.value = state.level;
        width.value = state.width;
        if (state.invert) acts.invert();
        heat("");
        place();
        repaint();
      },
    };
    root.querySelectorAll("[data-act]").forEach((button) => {
      button.addEventListener("click", () => acts[button.dataset.act]());
    });

    const heat = (address) => {
      root.querySelectorAll("[data-heat]").forEach((chip) => {
        chip.setAttribute("aria-pressed", String(chip.dataset.heat === address));
      });
      const row = find("opacity-row");
      if (row) row.hidden = address === "";
      overlay.hidden = address === "";
      if (address === "") overlay.removeAttribute("src");
      else overlay.src = address;
    };
    root.querySelectorAll("[data-heat]").forEach((chip) => {
      chip.addEventListener("click", () => {
        const on = chip.getAttribute("aria-pressed") === "true";
        heat(on ? "" : chip.dataset.heat);
      });
    });
    if (opacity) opacity.addEventListener("input", () => { overlay.style.opacity = opacity.value / 100; });
    level.value = state.level;
    width.value = state.width;
    [level, width].forEach((slider) => slider.addEventListener("input", () => {
      state.level = Number(level.value);
      state.width = Number(width.value);
      repaint();
    }));
    root.querySelector("[data-act=invert]").setAttribute("aria-pressed", String(state.invert));

    gestures(stage, { zoom, place, state });
    stage.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };
      const keys = { "+": "in", "=": "in", "-": "out", 0: "reset", i: "invert", f: "full" };
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (moves[event.key] && state.scale > 1.01) {
        state.x += moves[event.key][0];
        state.y += moves[event.key][1];
        place();
      } else if (keys[event.key]) {
        acts[keys[event.key]]();
      } else {
        return;
      }
      event.preventDefault();
    });
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && root.classList.contains("is-full")) full(false);
    });

    find("tools").hidden = false;
    if (image.complete && image.naturalWidth > 0) loaded();
    else image.addEventListener("load", loaded, { once: true });
    new ResizeObserver(place).observe(stage);
  };

  // Drag, pinch, wheel, double tap.
  const gestures = (stage, { zoom, place, state }) => {
    const fingers = new Map();
    let tap = { at: 0, x: 0, y: 0 };
    let start = null;

    const spread = () => {
      const [a, b] = Array.from(fingers.values());
      return { far: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    };

    stage.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      stage.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      start = { x: event.clientX, y: event.clientY, several: fingers.size > 1 };
    });
    stage.addEventListener("pointermove", (event) => {
      const finger = fingers.get(event.pointerId);
      if (!finger) return;
      const before = fingers.size === 2 ? spread() : null;
      const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (before) {
        const after = spread();
        state.x += after.x - before.x;
        state.y += after.y - before.y;
        zoom(after.far / Math.max(1, before.far), after.x, after.y);
      } else if (fingers.size === 1) {
        state.x += dx;
        state.y += dy;
        place();
      }
    });
    const lift = (event) => {
      if (!fingers.delete(event.pointerId) || event.type === "pointercancel" || !start) return;
      const still = Math.hypot(event.clientX - start.x, event.clientY - start.y) < 10 && !start.several;
      const twice = event.timeStamp - tap.at < 350 && Math.hypot(event.clientX - tap.x, event.clientY - tap.y) < 30;
      if (still && twice) zoom(state.scale > 1.5 ? 1 / state.scale : 2.5, event.clientX, event.clientY);
      tap = { at: still && !twice ? event.timeStamp : 0, x: event.clientX, y: event.clientY };
    };
    stage.addEventListener("pointerup", lift);
    stage.addEventListener("pointercancel", lift);
    stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0018)), event.clientX, event.clientY);
    }, { passive: false });
    // Two fingers belong to the viewer even where one finger scrolls the page.
    stage.addEventListener("touchmove", (event) => {
      if (event.touches.length > 1 && event.cancelable) event.preventDefault();
    }, { passive: false });
  };

  // The page that lays two films over each other uses the same fingers.
  window.filmGestures = gestures;

  // ---- A box that starts again ------------------------------------------------------------------

  // Its doors close two seconds after this page came: whoever answers later is the new program.
  const comeBack = async (card) => {
    await wait(DOORS_MS);
    for (;;) {
      await wait(AGAIN_MS);
      const answer = await fetch("/health", { cache: "no-store", headers: BY_ITSELF }).catch(() => null);
      if (answer && answer.ok) break;
    }
    location.replace(card.dataset.again);
  };

  // ---- Forms and menu ---------------------------------------------------------------------------

  // A second press of a slow button sends nothing; the box would take it as one form anyway.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  if (study) {
    const takes = Boolean(study.querySelector(".pick"));
    const unsent = takes ? uploads() : () => false;
    if (takes) invitation();
    viewer();
    poll(unsent);
  } else {
    // A report shows the film too.
    viewer();
  }
  const again = document.querySelector("[data-again]");
  if (again) comeBack(again);
  const clock = document.querySelector("[data-phone-time]");
  if (clock) phoneTime(clock);
  const list = document.querySelector("[data-live-list]");
  if (list) worklist(list);
})();
