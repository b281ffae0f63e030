// A slip in front of the camera, where the browser itself can read codes: the photo stays on the phone,
// and what is read is looked for. Without this script, or over plain HTTP, the number is typed.
"use strict";

(() => {
  const part = document.querySelector("[data-scan]");
  if (!part || !("BarcodeDetector" in window)) return;
  const input = part.querySelector("input");
  const wrong = part.querySelector(".wrong");
  part.hidden = false;
  input.addEventListener("change", async () => {
    const file = input.files[0];
    input.value = "";
    wrong.hidden = true;
    if (!file) return;
    try {
      const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
      const picture = await createImageBitmap(file);
      const [found] = await detector.detect(picture);
      picture.close();
      if (!found) throw new Error("no code");
      const asked = document.getElementById("q");
      asked.value = found.rawValue;
      asked.form.requestSubmit();
    } catch {
      wrong.lastElementChild.textContent = part.dataset.none;
      wrong.hidden = false;
    }
  });
})();
