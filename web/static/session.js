// The phone that locks by itself, and the keyboard of the login page. Without this script the box
// still locks: the next page asks for the PIN.
"use strict";

(() => {
  // ---- Login: who has a password gets letters ---------------------------------------------------

  const pin = document.querySelector("form[action='/login'] input[name='pin']");
  if (pin) {
    const keyboard = () => {
      const chosen = document.querySelector("input[name='operator']:checked");
      if (chosen) pin.inputMode = "letters" in chosen.dataset ? "text" : "numeric";
    };
    document.addEventListener("change", keyboard);
    keyboard();
  }

  // ---- Locking ----------------------------------------------------------------------------------

  const lock = document.getElementById("lock");
  if (!lock) return;
  const after = Number(lock.dataset.after);
  const form = lock.querySelector("form");
  const field = form.querySelector("input[type='password']");
  const wrong = lock.querySelector(".wrong");
  let touched = Date.now();

  const say = (text) => {
    wrong.hidden = !text;
    wrong.lastElementChild.textContent = text;
  };

  const check = () => {
    if (lock.open || Date.now() - touched < after) return;
    // What stands on the page goes out of sight but stays, with everything that was written.
    document.body.classList.add("is-locked");
    say("");
    lock.showModal();
  };

  for (const event of ["pointerdown", "keydown", "scroll", "touchmove"]) {
    document.addEventListener(event, () => { if (!lock.open) touched = Date.now(); }, { passive: true, capture: true });
  }
  document.addEventListener("visibilitychange", check);
  setInterval(check, Math.min(after / 4, 10_000));
  lock.addEventListener("cancel", (event) => event.preventDefault());

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    field.value = "";
    try {
      const response = await fetch(form.action, { method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" } });
      const answer = await response.json().catch(() => ({}));
      if (response.ok) {
        touched = Date.now();
        lock.close();
        document.body.classList.remove("is-locked");
      } else if (answer.code === "FR-303") {
        window.location.reload();
      } else {
        say([answer.what, answer.next].filter(Boolean).join(" "));
        field.focus();
      }
    } catch {
      say(lock.dataset.offline);
    }
  });
})();
