// Lays the earlier film over the newer one, with a border between them that a finger moves. Without
// script both films stand side by side.
"use strict";

(() => {
  const curtain = document.querySelector("[data-curtain]");
  if (!curtain) return;
  const over = curtain.querySelector("[data-over]");
  const slide = curtain.querySelector("[data-slide]");
  const draw = () => { over.style.clipPath = `inset(0 0 0 ${slide.value}%)`; };
  slide.addEventListener("input", draw);
  draw();
  curtain.hidden = false;
})();
