// Lays the earlier film over the newer one, with a border between them that a finger moves; both are
// enlarged and moved together. Without script both films stand side by side.
"use strict";

(() => {
  const curtain = document.querySelector("[data-curtain]");
  if (!curtain) return;
  const SCALE_MAX = 8;
  const find = (name) => curtain.querySelector(`[data-${name}]`);
  const [plate, view, over, slide] = ["plate", "view", "over", "slide"].map(find);
  const state = { scale: 1, x: 0, y: 0 };

  const place = () => {
    const { width, height } = plate.getBoundingClientRect();
    state.x = Math.min(0, Math.max(width * (1 - state.scale), state.x));
    state.y = Math.min(0, Math.max(height * (1 - state.scale), state.y));
    view.style.transform = `translate(${state.x}px, ${state.y}px) scale(${state.scale})`;
    plate.classList.toggle("is-zoomed", state.scale > 1.01);
    // The border stays where it is on the screen, whatever the films do beneath it.
    const border = (slide.value / 100) * width;
    const share = (border - state.x) / (Math.max(1, width) * state.scale);
    over.style.clipPath = `inset(0 0 0 ${100 * Math.min(1, Math.max(0, share))}%)`;
  };
  const zoom = (factor, clientX, clientY) => {
    const { left, top } = plate.getBoundingClientRect();
    const scale = Math.min(SCALE_MAX, Math.max(1, state.scale * factor));
    const ratio = scale / state.scale;
    state.x = clientX - left - (clientX - left - state.x) * ratio;
    state.y = clientY - top - (clientY - top - state.y) * ratio;
    state.scale = scale;
    place();
  };

  window.filmGestures(plate, { zoom, place, state });
  curtain.querySelectorAll("[data-zoom]").forEach((button) => button.addEventListener("click", () => {
    const { left, top, width, height } = plate.getBoundingClientRect();
    zoom(Number(button.dataset.zoom), left + width / 2, top + height / 2);
  }));
  slide.addEventListener("input", place);
  new ResizeObserver(place).observe(plate);
  curtain.hidden = false;
  place();
})();
