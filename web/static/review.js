// Swiping between reports that wait for a signature: left is next, right is previous. The buttons do
// the same, and the page works without this. What was written is saved by either.
"use strict";

(() => {
  const form = document.querySelector("form[data-swipe]");
  if (!form) return;
  const FAR = 90; // CSS pixels across
  const STEEP = 0.5; // at most this much up or down for each pixel across
  let begun = null;
  const own = (target) => target.closest("input, textarea, select, button, .viewer");
  document.addEventListener("touchstart", (event) => {
    const { touches, target } = event;
    begun = touches.length === 1 && !own(target) ? { x: touches[0].clientX, y: touches[0].clientY } : null;
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!begun) return;
    const [touch] = event.changedTouches;
    const [across, down] = [touch.clientX - begun.x, touch.clientY - begun.y];
    begun = null;
    if (Math.abs(across) < FAR || Math.abs(down) > STEEP * Math.abs(across)) return;
    const button = form.querySelector(across < 0 ? "[data-next]" : "[data-previous]");
    if (button && !button.disabled) button.click();
  }, { passive: true });
})();
