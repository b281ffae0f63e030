// Fieldray: a first look at a photo on the phone, so that a plainly bad one is taken again at once and
// not after an upload. It advises only: the box judges every photo itself, with better means, and a
// person may send any photo in spite of the advice. No framework; nothing that needs a secure context.
//
// Here: a file to pixels at reduced size, pixels to measures, measures to the one issue worth naming.
// Not here: pages and texts (app.js). `measure` and `judge` know pixels only, so that a live camera view
// can call them too. Limits are set so that few good photos are stopped; docs/performance.md has figures.
"use strict";

(() => {
  // Long side of the copy that is looked at, and of the one in which the outline is looked for, pixels.
  const LOOK_PX = 1024;
  const OUTLINE_PX = 192;

  // Limits, in the order in which they are judged. The box refuses a film below 380 px, a radiograph
  // whose 90th percentile is below 65, and one of which 21 % are clipped (src/quality/grade.rs).
  const SHORT_SIDE_MIN_PX = 340;
  const SHORT_SIDE_CLEAR_PX = 500;
  const FILM_P90_MIN = 72;
  const PHOTO_P99_MIN = 150;
  const CLIPPED_LEVEL = 246;
  const CLIPPED_SHARE_MAX = 0.25;
  // Sigma of the sharpest edges in the copy: across two directions, or across one of them by motion.
  const BLUR_BOTH_MAX_PX = 1.35;
  const BLUR_ONE_MAX_PX = 1.65;
  // How much of a side must be an edge: for an outline to be trusted, and for one that leaves the photo.
  const OUTLINE_SURE = 0.5;
  const OUTLINE_SMALL_SURE = 0.9;
  const OUTLINE_CUT_SURE = 0.85;

  // ---- Grey levels ------------------------------------------------------------------------------

  const greyOf = ({ data, width, height }) => {
    const level = new Uint8Array(width * height);
    for (let i = 0, at = 0; i < level.length; i++, at += 4) {
      level[i] = (77 * data[at] + 151 * data[at + 1] + 28 * data[at + 2] + 128) >> 8;
    }
    return { level, width, height };
  };

  // Means of square blocks of a part of the photo.
  const reduced = (photo, { left, top, right, bottom }, step) => {
    const [width, height] = [Math.floor((right - left) / step), Math.floor((bottom - top) / step)];
    const level = new Float32Array(width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let row = 0; row < step; row++) {
          const at = (top + y * step + row) * photo.width + left + x * step;
          for (let i = 0; i < step; i++) sum += photo.level[at + i];
        }
        level[y * width + x] = sum / (step * step);
      }
    }
    return { level, width, height };
  };

  const levels = (photo, { left, top, right, bottom }) => {
    const counts = new Uint32Array(256);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) counts[photo.level[y * photo.width + x]]++;
    }
    const total = Math.max(1, (right - left) * (bottom - top));
    const percentile = (share) => {
      let seen = 0;
      return counts.findIndex((count) => (seen += count) >= share * total);
    };
    const clipped = counts.subarray(CLIPPED_LEVEL).reduce((sum, count) => sum + count, 0) / total;
    return { percentile, clipped };
  };

  // ---- Outline: the four sides of a film, as the box looks for it but on a small copy ------------

  const SLOPES = Array.from({ length: 19 }, (_, i) => (i - 9) * 0.03);
  const SLOPES_APART_MAX = 0.2;
  const LINES = 12;
  const LINES_APART_MIN_PX = 5;
  const STEP_MIN = 3;
  const STEP_FULL = 24;
  // A film is darker than the light behind it; a radiograph on a screen may be brighter.
  const WRONG_WAY = 0.6;
  const WRONG_WAY_CUT = 0.2;
  const SIDE_MIN_SHARE = 0.12;

  const gradients = ({ level, width, height }) => {
    const [across, down] = [new Float32Array(level.length), new Float32Array(level.length)];
    for (let y = 1; y < height - 1; y++) {
      for (let x = 1; x < width - 1; x++) {
        const i = y * width + x;
        const falling = level[i + width + 1] - level[i - width - 1];
        const rising = level[i - width + 1] - level[i + width - 1];
        across[i] = (2 * (level[i + 1] - level[i - 1]) + falling + rising) / 4;
        down[i] = (2 * (level[i + width] - level[i - width]) + falling - rising) / 4;
      }
    }
    return { across, down };
  };

  // Straight edges that may be one side of the film, strongest first. `grid` says how to walk: `length`
  // places along the side, `range` places across it. `way` is the sign of a step to a brighter outside.
  const lines = (grid, way) => {
    const { along, across, length, range, steep, flat } = grid;
    const support = SLOPES.map(() => new Float32Array(range + 2));
    for (let a = 1; a < length - 1; a++) {
      for (let c = 1; c < range - 1; c++) {
        const i = a * along + c * across;
        const step = Math.abs(steep[i]);
        if (step < STEP_MIN || step < 0.8 * Math.abs(flat[i])) continue;
        const weight = Math.min(step, STEP_FULL) * (steep[i] * way > 0 ? 1 : WRONG_WAY);
        for (let k = 0; k < SLOPES.length; k++) {
          const at = Math.round(c - SLOPES[k] * (a - length / 2));
          if (at >= 0 && at < range) support[k][at] += weight;
        }
      }
    }
    const places = [];
    for (let k = 0; k < SLOPES.length; k++) {
      for (let c = 1; c < range; c++) {
        const sum = support[k][c] + 0.5 * (support[k][c - 1] + support[k][c + 1]);
        if (sum > 0) places.push({ sum, slope: SLOPES[k], middle: c });
      }
    }
    places.sort((a, b) => b.sum - a.sum);
    const found = [];
    for (const place of places) {
      if (found.length === LINES) break;
      const near = (one) => Math.abs(one.middle - place.middle)
        + (Math.abs(one.slope - place.slope) * length) / 2 < LINES_APART_MIN_PX;
      if (!found.some(near)) found.push({ ...place, ...followed(grid, way, place), length });
    }
    return found;
  };

  // How much of a line is an edge, summed from its start, so that any part of it is one difference.
  const followed = ({ along, across, length, range, steep }, way, { slope, middle }) => {
    const [right, wrong] = [new Float32Array(length + 1), new Float32Array(length + 1)];
    for (let a = 0; a < length; a++) {
      const c = Math.round(middle + slope * (a - length / 2));
      let [best, worst] = [0, 0];
      for (let near = Math.max(1, c - 1); near <= Math.min(range - 2, c + 1); near++) {
        const step = steep[a * along + near * across] * way;
        best = Math.max(best, step);
        worst = Math.max(worst, -step);
      }
      right[a + 1] = right[a] + Math.min(best, STEP_FULL) / STEP_FULL;
      wrong[a + 1] = wrong[a] + Math.min(worst, STEP_FULL) / STEP_FULL;
    }
    return { right, wrong };
  };

  // Share of a part of a line that is an edge.
  const held = (line, from, to, wrongWay) => {
    const start = Math.max(0, Math.round(from));
    const end = Math.min(line.length, Math.round(to));
    if (end <= start) return 0;
    const sum = line.right[end] - line.right[start] + wrongWay * (line.wrong[end] - line.wrong[start]);
    return Math.min(1, sum / Math.max(1, to - from));
  };

  // `outside` is 1 for a film that is darker than what lies around it, -1 for a brighter one.
  const sides = (small, outside) => {
    const { width, height } = small;
    const { across, down } = gradients(small);
    const upright = { along: width, across: 1, length: height, range: width, steep: across, flat: down };
    const level = { along: 1, across: width, length: width, range: height, steep: down, flat: across };
    return {
      left: lines(upright, -outside), right: lines(upright, outside),
      top: lines(level, -outside), bottom: lines(level, outside), width, height,
    };
  };

  const pairs = (low, high, apartMin) => low.flatMap((a) => high
    .filter((b) => b.middle - a.middle >= apartMin && Math.abs(a.slope - b.slope) <= SLOPES_APART_MAX)
    .map((b) => [a, b]));

  // Where an upright and a level side meet: x, then y, into `corners` from `at` on.
  const cross = (corners, at, upright, level, { width, height }) => {
    const y = (level.middle + level.slope * (upright.middle - (upright.slope * height) / 2 - width / 2))
      / (1 - level.slope * upright.slope);
    corners[at] = upright.middle + upright.slope * (y - height / 2);
    corners[at + 1] = y;
    return Math.abs(corners[at] / width - 0.5) <= 0.55 && Math.abs(y / height - 0.5) <= 0.55;
  };

  // The most likely film among all pairs of sides, its shorter side at most `shortMax`; null if there is
  // none. Some ten thousand films are tried, so nothing is made for each of them.
  const outline = (found, shortMax) => {
    const levels = pairs(found.top, found.bottom, SIDE_MIN_SHARE * found.height);
    const corners = new Float64Array(8);
    let best = null;
    for (const [left, right] of pairs(found.left, found.right, SIDE_MIN_SHARE * found.width)) {
      for (const [top, bottom] of levels) {
        // The camera turns both pairs the same way.
        if (Math.abs(left.slope + right.slope + top.slope + bottom.slope) > 0.3) continue;
        if (!cross(corners, 0, left, top, found) || !cross(corners, 2, right, top, found)) continue;
        if (!cross(corners, 4, right, bottom, found) || !cross(corners, 6, left, bottom, found)) continue;
        const [ax, ay, bx, by, cx, cy, dx, dy] = corners;
        const wide = (bx - ax + cx - dx) / 2;
        const high = (dy - ay + cy - by) / 2;
        if (wide < 0.55 * high || high < 0.55 * wide || Math.min(wide, high) > shortMax) continue;
        const size = 0.25 * Math.sqrt((wide * high) / (found.width * found.height));
        const l = held(left, ay, dy, WRONG_WAY);
        const r = held(right, by, cy, WRONG_WAY);
        const t = held(top, ax, bx, WRONG_WAY);
        const b = held(bottom, dx, cx, WRONG_WAY);
        const weakest = Math.min(l, r, t, b);
        const score = (l + r + t + b) / 8 + weakest / 2 + size;
        if (!best || score > best.score) best = { corners: Array.from(corners), wide, high, weakest, score };
      }
    }
    return best;
  };

  // How surely a film leaves the photo: two sides that run into the border of the photo, and the one
  // opposite that border. 0 to 1.
  const leaving = (found) => {
    let most = 0;
    const look = (low, high, ends, range, atStart) => {
      for (const [a, b] of pairs(low, high, 0.3 * range)) {
        for (const end of ends) {
          const { length } = a;
          const [from, to] = atStart ? [0, end.middle] : [end.middle, length];
          if (to - from < 0.3 * length) continue;
          const last = atStart ? [2, 0.15 * length] : [0.85 * length, length - 2];
          const at = (line) => line.middle + line.slope * (end.middle - length / 2);
          const parts = [a, b].flatMap((line) => [held(line, from, to, WRONG_WAY_CUT), held(line, ...last, WRONG_WAY_CUT)]);
          most = Math.max(most, Math.min(...parts, held(end, Math.max(0, at(a)), Math.min(range, at(b)), WRONG_WAY_CUT)));
        }
      }
    };
    look(found.left, found.right, found.bottom, found.width, true);
    look(found.left, found.right, found.top, found.width, false);
    look(found.top, found.bottom, found.right, found.height, true);
    look(found.top, found.bottom, found.left, found.height, false);
    return most;
  };

  // ---- Sharpness: how wide the sharpest edges are ------------------------------------------------

  const EDGE_MIN = 22;
  const EDGE_REACH_PX = 20;
  const EDGES_MIN = 30;
  // Steps of one place to the right, down, and along both diagonals: each direction is measured apart,
  // since motion blurs only edges across it.
  const WAYS = [[1, 0], [0, 1], [1, 1], [1, -1]];

  // Sigma of the edge at a place, 0 if there is none.
  const edgeWidth = ({ level, width, height }, x, y, way, sign) => {
    const [dx, dy] = WAYS[way];
    const step = dy * width + dx;
    const beside = [width, 1, 1 - width, 1 + width][way];
    const i = y * width + x;
    const value = (at) => 2 * level[at] + level[at + beside] + level[at - beside];
    const slope = (sign * (value(i + step) - value(i - step))) / 2;
    if (slope <= 2) return 0;
    let rise = 0;
    for (const way of [-1, 1]) {
      let last = value(i);
      for (let n = 1; n <= EDGE_REACH_PX; n++) {
        const [nx, ny] = [x + way * n * dx, y + way * n * dy];
        if (nx < 2 || ny < 2 || nx >= width - 2 || ny >= height - 2) break;
        const next = value(i + way * n * step);
        const more = (next - last) * way * sign;
        // Steeper further out: this is not the middle of the edge.
        if (more > 1.25 * slope) return 0;
        if (more < slope / 7) break;
        rise += more;
        last = next;
      }
    }
    if (rise < 4 * EDGE_MIN) return 0;
    // A step blurred by sigma has height / slope = sigma * sqrt(2 pi); the raster adds a third.
    const seen = rise / (slope * 2.50663);
    return Math.sqrt(Math.max(0.01, seen * seen - 0.33)) * Math.hypot(dx, dy);
  };

  // Widths of the sharpest edges in the widest two directions, widest first. Anywhere in the photo: a
  // film's own edges may all be soft, and a photo out of focus is so as a whole. The sharpest of a hundred
  // edges is taken, since anatomy is soft, but not the very sharpest, which noise makes.
  const blur = (photo) => {
    const widths = WAYS.map(() => []);
    const { level, width, height } = photo;
    for (let y = 3; y < height - 3; y += 2) {
      for (let x = 3; x < width - 3; x += 2) {
        const i = y * width + x;
        const across = level[i + 2] - level[i - 2];
        const down = level[i + 2 * width] - level[i - 2 * width];
        const [a, d] = [Math.abs(across), Math.abs(down)];
        if (a + d < 8) continue;
        const slanted = (across > 0) === (down > 0) ? 2 : 3;
        const way = d < 0.414 * a ? 0 : a < 0.414 * d ? 1 : slanted;
        const sigma = edgeWidth(photo, x, y, way, Math.sign(way === 1 ? down : across));
        if (sigma > 0) widths[way].push(sigma);
      }
    }
    const known = widths.filter((list) => list.length >= EDGES_MIN)
      .map((list) => list.sort((a, b) => a - b)[Math.max(5, Math.floor(list.length / 100))]);
    const [widest, second] = known.sort((a, b) => b - a);
    return { widest: widest || 0, second: second || 0 };
  };

  // ---- Measures and judgement ---------------------------------------------------------------------

  const middle = (width, height, share) => ({
    left: Math.round((width * (1 - share)) / 2), right: Math.round((width * (1 + share)) / 2),
    top: Math.round((height * (1 - share)) / 2), bottom: Math.round((height * (1 + share)) / 2),
  });

  // The part of the photo that the corners enclose, smaller (or larger) by a share of its sides.
  const within = ([ax, ay, bx, by, cx, cy, dx, dy], photo, share) => {
    const box = { left: Math.max(ax, dx), right: Math.min(bx, cx), top: Math.max(ay, by), bottom: Math.min(cy, dy) };
    const [x, y] = [(box.right - box.left) * share, (box.bottom - box.top) * share];
    const bound = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
    return {
      left: bound(box.left + x, photo.width), right: bound(box.right - x, photo.width),
      top: bound(box.top + y, photo.height), bottom: bound(box.bottom - y, photo.height),
    };
  };

  // A small outline is often that of the view box or the screen around a film that is smaller still:
  // the shorter side of that one, if it is sure. Same unit as `shortMax`.
  const smallFilm = (photo, region, step, shortMax) => {
    const inner = outline(sides(reduced(photo, region, step), 1), shortMax / step);
    return inner && inner.weakest >= OUTLINE_SMALL_SURE ? Math.min(inner.wide, inner.high) * step : null;
  };

  // Everything the judgement depends on, and the film's corners in `pixels`, x, y in turn, null unless sure. `pixels` is an ImageData of at most LOOK_PX, `photoPx` the long
  // side of the photo it was made from.
  const measure = (pixels, photoPx) => {
    const photo = greyOf(pixels);
    const { width, height } = photo;
    const long = Math.max(width, height);
    const whole = { left: 0, top: 0, right: width, bottom: height };
    const step = Math.max(1, Math.round(long / OUTLINE_PX));
    const copy = reduced(photo, whole, step);
    const found = sides(copy, 1);
    const isSure = (one) => one !== null && one.weakest >= OUTLINE_SURE;
    const dark = outline(found, Infinity);
    // Not found as a film on a light: perhaps a radiograph on a dark screen.
    const outer = isSure(dark) ? dark : outline(sides(copy, -1), Infinity);
    const sure = isSure(outer);
    const corners = sure ? outer.corners.map((place) => place * step) : null;
    const part = (share) => (sure ? within(corners, photo, share) : middle(width, height, 0.36));
    const toPhoto = photoPx / long;
    const shortSidePx = sure ? Math.min(outer.wide, outer.high) * step * toPhoto : null;
    const region = sure ? within(corners, photo, -0.05) : middle(width, height, 0.5);
    const small = shortSidePx === null || shortSidePx < SHORT_SIDE_CLEAR_PX
      ? smallFilm(photo, region, Math.max(1, Math.round(step / 2)), SHORT_SIDE_MIN_PX / toPhoto) : null;
    const [content, core] = [levels(photo, part(0.08)), levels(photo, part(0.28))];
    return {
      corners,
      shortSidePx: small === null ? shortSidePx : small * toPhoto,
      smallSure: small !== null || (sure && outer.weakest >= OUTLINE_SMALL_SURE),
      outlineSure: outer ? outer.weakest : 0,
      leaving: sure ? 0 : leaving(found),
      filmP90: content.percentile(0.9),
      photoP99: levels(photo, whole).percentile(0.99),
      clippedShare: Math.min(content.clipped, core.clipped),
      blur: blur(photo),
    };
  };

  // The one issue to name, by the code the box uses for it; null for a photo that may go.
  const judge = (m) => {
    if (m.smallSure && m.shortSidePx < SHORT_SIDE_MIN_PX) return "too_small";
    if (m.filmP90 < FILM_P90_MIN && m.photoP99 < PHOTO_P99_MIN) return "underexposed";
    if (m.clippedShare > CLIPPED_SHARE_MAX) return "overexposed";
    if (m.leaving > OUTLINE_CUT_SURE) return "cut_off";
    if (m.blur.second > BLUR_BOTH_MAX_PX || m.blur.widest > BLUR_ONE_MAX_PX) return "blur";
    return null;
  };

  // ---- A file ---------------------------------------------------------------------------------------

  // A photo is never held up for longer by the look at it.
  const LOOK_MS = 2000;
  // Larger files hold so many pixels that decoding them might be too much for a phone.
  const LOOK_BYTES_MAX = 12e6;

  // The photo upright and at reduced size, and its own long side. Asking `createImageBitmap` for the
  // reduced size was measured: no faster, since it decodes everything first, and hides the photo's size.
  const copyOf = async (file) => {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => createImageBitmap(file));
    const photoPx = Math.max(bitmap.width, bitmap.height);
    const scale = Math.min(1, LOOK_PX / photoPx);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "medium";
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return { canvas, pixels: context.getImageData(0, 0, canvas.width, canvas.height), photoPx };
  };

  // What is plainly wrong with a photo, by the code of the issue, with a picture of it; null if nothing
  // is, or if it cannot be told: not a photo, no memory, an old browser, no answer in time.
  const look = async (file) => {
    if (typeof createImageBitmap !== "function" || file.size > LOOK_BYTES_MAX) return null;
    const late = new Promise((resolve) => setTimeout(resolve, LOOK_MS, null));
    const judged = async () => {
      const { canvas, pixels, photoPx } = await copyOf(file);
      const issue = judge(measure(pixels, photoPx));
      return issue && { issue, picture: canvas };
    };
    return Promise.race([judged(), late]).catch(() => null);
  };

  window.photoCheck = { LOOK_PX, measure, judge, look };
})();
