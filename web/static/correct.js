// Fieldray: drag the four corners of a film on its photo. Without this script the form has numbers
// to fill in; this script fills them in from the marks. Plain HTTP, no framework.
"use strict";

(() => {
  const form = document.getElementById("correct");
  if (!form) return;
  const table = form.querySelector("[data-table]");
  const photo = form.querySelector("[data-photo]");
  const texts = JSON.parse(form.dataset.texts);
  const ARROW_STEP = 0.25;
  const LOUPE_PX = 132;
  const LOUPE_ZOOM = 3;

  const field = (axis, i) => form.elements[`${axis}${i}`];
  const clamp = (value) => Math.min(100, Math.max(0, value));
  const read = (axis, i) => clamp(Number(field(axis, i).value.replace(",", ".")) || 0);

  const svg = (name) => document.createElementNS("http://www.w3.org/2000/svg", name);
  const drawing = svg("svg");
  drawing.setAttribute("viewBox", "0 0 100 100");
  drawing.setAttribute("preserveAspectRatio", "none");
  drawing.setAttribute("aria-hidden", "true");
  const shade = svg("path");
  shade.setAttribute("class", "outside");
  shade.setAttribute("fill-rule", "evenodd");
  const outline = svg("polygon");
  drawing.append(shade, outline);

  const loupe = document.createElement("canvas");
  loupe.className = "loupe";
  loupe.width = loupe.height = LOUPE_PX * 2;
  loupe.hidden = true;

  const marks = texts.corners.map((name, i) => {
    const mark = document.createElement("button");
    mark.type = "button";
    mark.className = "corner";
    mark.setAttribute("aria-label", `${name}. ${texts.move}`);
    mark.dataset.corner = String(i);
    return mark;
  });

  const paint = () => {
    const corners = marks.map((_, i) => [read("x", i), read("y", i)]);
    const points = corners.map((corner) => corner.join(",")).join(" ");
    outline.setAttribute("points", points);
    shade.setAttribute("d", `M0,0H100V100H0Z M${corners.map((corner) => corner.join(",")).join("L")}Z`);
    corners.forEach(([x, y], i) => {
      marks[i].style.left = `${x}%`;
      marks[i].style.top = `${y}%`;
    });
  };

  const move = (i, x, y) => {
    field("x", i).value = clamp(x).toFixed(2);
    field("y", i).value = clamp(y).toFixed(2);
    paint();
  };

  // What lies under the finger, three times as large, in the corner that is farther away.
  const magnify = (i) => {
    const [x, y] = [read("x", i), read("y", i)];
    const context = loupe.getContext("2d");
    const shown = table.getBoundingClientRect();
    const scale = photo.naturalWidth / shown.width;
    const side = (LOUPE_PX / LOUPE_ZOOM) * scale;
    const [cx, cy] = [(x / 100) * photo.naturalWidth, (y / 100) * photo.naturalHeight];
    context.fillStyle = "#000";
    context.fillRect(0, 0, loupe.width, loupe.height);
    context.drawImage(photo, cx - side / 2, cy - side / 2, side, side, 0, 0, loupe.width, loupe.height);
    context.strokeStyle = "#ffd54a";
    context.lineWidth = 3;
    context.beginPath();
    context.moveTo(loupe.width / 2, 0);
    context.lineTo(loupe.width / 2, loupe.height);
    context.moveTo(0, loupe.height / 2);
    context.lineTo(loupe.width, loupe.height / 2);
    context.stroke();
    loupe.classList.toggle("is-right", x < 50);
    loupe.classList.toggle("is-low", y < 50);
    loupe.hidden = false;
  };

  marks.forEach((mark, i) => {
    let grip = null;
    mark.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const shown = table.getBoundingClientRect();
      // The mark keeps its distance to the finger: it does not jump when it is touched beside its middle.
      grip = {
        x: read("x", i) - ((event.clientX - shown.left) / shown.width) * 100,
        y: read("y", i) - ((event.clientY - shown.top) / shown.height) * 100,
      };
      mark.setPointerCapture(event.pointerId);
      magnify(i);
    });
    mark.addEventListener("pointermove", (event) => {
      if (!grip) return;
      const shown = table.getBoundingClientRect();
      move(i, ((event.clientX - shown.left) / shown.width) * 100 + grip.x, ((event.clientY - shown.top) / shown.height) * 100 + grip.y);
      magnify(i);
    });
    const release = () => { grip = null; loupe.hidden = true; };
    mark.addEventListener("pointerup", release);
    mark.addEventListener("pointercancel", release);
    mark.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!step) return;
      event.preventDefault();
      const far = event.shiftKey ? 8 : 1;
      move(i, read("x", i) + step[0] * ARROW_STEP * far, read("y", i) + step[1] * ARROW_STEP * far);
    });
  });

  form.querySelectorAll("[data-numbers] input").forEach((input) => input.addEventListener("input", paint));
  table.append(drawing, ...marks, loupe);
  table.classList.add("is-live");
  paint();
})();
