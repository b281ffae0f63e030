"""Fit the network that looks for what hides a film, and write `src/quality/hidden.f32`.

  fit_hidden.py render --simulator ../shared/tools/film_photo_sim.py --films DIR... --out DIR [--count 1000] [--seed 95001]
  fit_hidden.py fit --simulator ../shared/tools/film_photo_sim.py --patches DIR --out ../../../src/quality/hidden.f32

`render` draws small photos with the shared renderer and keeps the film with its surroundings (half as much again as the film)
beside three truths of the renderer: where a reflection is stronger than its limit, what lies in front of the film, and what is
dark behind it. `fit` describes each cell as `src/quality/hidden.rs` does and trains a small network on some cells of each film;
reflections are also laid over films without one, by the renderer's own code. Cells that are hidden are drawn more often than
they occur, so probabilities are high and the limits in `hidden.rs` belong to this very fit.
"""

from __future__ import annotations

import argparse
import importlib.util
import inspect
import json
import math
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

# The patch of the program: 100 cells of film and 25 on each side; stored at twice that.
CELLS, STORED, INNER, MARGIN = 150, 300, 100, 25
WIDTHS = (48, 24)
PER_FILM, HIDDEN_PER_FILM = 200, 150
SCENES = {"viewbox": 5, "viewbox_two": 3, "darkroom": 2, "window": 6, "handheld": 3, "monitor": 3, "led_pad": 2, "ceiling": 4, "laptop": 2, "paper_print": 1}
FAULTS = {"none": 0.41, "glare": 0.36, "occluded": 0.10, "overexposed": 0.05, "underexposed": 0.02, "blur": 0.06}
GLARE_LEVEL = 0.22  # the renderer's own limit, in linear light


def simulator(path: Path):
    """The shared renderer, made to keep its maps of reflections, covers and unlit parts."""
    spec = importlib.util.spec_from_file_location("film_photo_sim", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    end = "    return img, orientation, quality, truth"
    keep = (
        f"    dark = np.zeros(X.shape, bool) if st.behind is None or not seen else st.behind < 0.25 * np.percentile(st.behind[content], 75)\n"
        f"    truth['maps'] = (glare * gain > {GLARE_LEVEL}, st.occlusion, dark)\n"
    )
    source = inspect.getsource(module.render)
    assert end in source
    exec(compile(source.replace(end, keep + end), "render", "exec"), module.__dict__)
    return module


def grid(cells: int) -> tuple[np.ndarray, np.ndarray]:
    """Places in shares of the film."""
    along = (np.arange(cells) + 0.5) / cells * 1.5 - 0.25
    return np.meshgrid(along, along)


def patch(layers: list[np.ndarray], corners: np.ndarray) -> np.ndarray:
    """Film and surroundings from a photo's layers, and whether there is a photo at all."""
    unit = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    h = cv2.getPerspectiveTransform(unit, corners.astype(np.float32)).astype(np.float64)
    u, v = grid(STORED)
    w = h[2, 0] * u + h[2, 1] * v + h[2, 2]
    x = ((h[0, 0] * u + h[0, 1] * v + h[0, 2]) / w).astype(np.float32)
    y = ((h[1, 0] * u + h[1, 1] * v + h[1, 2]) / w).astype(np.float32)
    wide = max(1, round(math.sqrt(abs(cv2.contourArea(corners.astype(np.float32)))) / STORED))
    layers = [cv2.blur(layer, (wide, wide)) for layer in layers]
    seen = (x > -0.5) & (y > -0.5) & (x < layers[0].shape[1] - 0.5) & (y < layers[0].shape[0] - 0.5)
    sampled = [cv2.remap(layer, x, y, cv2.INTER_LINEAR, borderValue=0) for layer in layers]
    return np.stack([*sampled, 255.0 * seen], -1).clip(0, 255).astype(np.uint8)


def render(args: argparse.Namespace) -> None:
    sim = simulator(args.simulator)
    args.out.mkdir(parents=True, exist_ok=True)
    sources = {f"{p.parent.name}/{p.name}": p for folder in args.films for p in sorted(folder.iterdir()) if p.suffix.lower() in sim.IMAGE_EXT}
    names, patches, truths = list(sources), [], []
    scenes = np.array(list(SCENES.values()), float)
    for i in range(args.count):
        rng = np.random.default_rng([args.seed, i])
        scene = str(rng.choice(list(SCENES), p=scenes / scenes.sum()))
        fault = str(rng.choice(list(FAULTS), p=list(FAULTS.values())))
        size = float(rng.uniform(0.3, 0.5))
        img, _, quality, truth = sim.render(rng, sources, names, int(rng.integers(len(names))), scene, fault, sim.PROFILES["wide"], size)
        maps = truth.pop("maps")
        _, bytes_ = cv2.imencode(".jpg", img[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
        img = cv2.imdecode(bytes_, cv2.IMREAD_COLOR)[..., ::-1]
        layers = [img[..., c].astype(np.float32) for c in range(3)] + [255 * m.astype(np.float32) for m in maps]
        patches.append(patch(layers, np.array(truth["corners"])))
        truths.append(truth)
    np.save(args.out / "patches.npy", np.stack(patches))
    (args.out / "truths.json").write_text(json.dumps(truths, default=float))


def inside() -> np.ndarray:
    u, v = grid(CELLS)
    return ((u > 0) & (u < 1) & (v > 0) & (v < 1)).astype(np.float32)


class Samples:
    """Patches as the program may see them: turned, mirrored, a little off the corners, with other light."""

    def __init__(self, sim, patches: np.ndarray, truths: list[dict], seed: int) -> None:
        self.sim, self.patches, self.truths = sim, patches, truths
        self.rng = np.random.default_rng(seed)
        self.inside = inside()

    def light(self, levels: np.ndarray) -> np.ndarray:
        x = self.sim.srgb_to_linear(levels / 255.0) / 1.03
        return np.where(x > 0.7, 0.7 + 0.35 * np.arctanh(np.clip((x - 0.7) / 0.3, 0, 0.99)), x)

    def levels(self, x: np.ndarray) -> np.ndarray:
        x = np.where(x > 0.7, 0.7 + 0.3 * np.tanh((x - 0.7) / 0.35), x)
        return np.clip(self.sim.linear_to_srgb(x * 1.03), 0, 1) * 255

    def reflected(self, rgb: np.ndarray, covered: np.ndarray, film_mm: list[float]) -> tuple[np.ndarray, np.ndarray]:
        """A reflection by the renderer's own code over a film that has none."""
        rng = self.rng
        w, h = film_mm if rng.random() < 0.5 else film_mm[::-1]
        light, inner = self.light(rgb), self.inside > 0
        peak = np.percentile(light.mean(2)[inner], 95)
        strong = rng.random() < 0.75
        u, v = grid(CELLS)
        x, y = ((u - 0.5) * w).astype(np.float32), ((v - 0.5) * h).astype(np.float32)
        reach = 0.25 if strong else 0.45
        area = (-reach * w, -reach * h, reach * w, reach * h)
        glare = self.sim.glare_layer(rng, x, y, area, peak * (rng.uniform(0.5, 2.0) if strong else rng.uniform(0.02, 0.09)), w / 100)
        if strong and rng.random() < 0.5:
            glare += self.sim.glare_layer(rng, x, y, area, peak * rng.uniform(0.6, 1.5), w / 100)
        glare = glare * self.inside * (1 - covered)
        bright = light + glare[..., None] * self.sim.tint_rgb(rng, 0.95, 1.05)
        key = lambda it: np.percentile(it.mean(2)[inner], 96)
        gain = (key(light) / key(bright)) ** 0.75 if rng.random() < 0.8 else 1.0
        return self.levels(bright * gain), glare * gain > GLARE_LEVEL

    def one(self, i: int) -> tuple[np.ndarray, np.ndarray]:
        rng, truth = self.rng, self.truths[i]
        stored = cv2.blur(self.patches[i].astype(np.float32), (2, 2))
        unit = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
        off = unit + rng.normal(0, 0.008 if rng.random() < 0.8 else 0.03, (4, 2)).astype(np.float32)
        off = np.roll(off, rng.integers(4), 0)
        off = off[[1, 0, 3, 2]] if rng.random() < 0.5 else off
        at = lambda p, size: ((p + 0.25) / 1.5 * size - 0.5).astype(np.float32)
        h = cv2.getPerspectiveTransform(at(off, STORED), at(unit, CELLS))
        halves = [cv2.warpPerspective(part, h, (CELLS, CELLS), flags=cv2.INTER_LINEAR) for part in (stored[..., :4], stored[..., 4:])]
        rgb, masks, seen = halves[0][..., :3], np.concatenate([halves[0][..., 3:], halves[1][..., :2]], -1) / 255.0, halves[1][..., 2] > 127
        if truth["measures"]["glare_area"] < 0.002 and rng.random() < 0.45 and truth["expect"]["reasons"] != ["underexposed"]:
            rgb, masks[..., 0] = self.reflected(rgb, masks[..., 1], truth["film_mm"])
        if rng.random() < 0.5:
            rgb = rgb * rng.uniform(0.8, 1.15) + rng.normal(0, 3)
        if rng.random() < 0.3:
            rgb = rgb * rng.uniform(0.93, 1.07, 3)
        if rng.random() < 0.3:
            rgb = rgb + rng.normal(0, rng.uniform(0, 8), rgb.shape)
        rgb = np.clip(rgb, 0, 255) * seen[..., None]
        x = np.concatenate([rgb.transpose(2, 0, 1) / 255.0, seen[None], self.inside[None]]) - 0.5
        return x.astype(np.float32), masks.transpose(2, 0, 1).astype(np.float32)


def box(a: np.ndarray, radius: int) -> np.ndarray:
    """Mean over a square of what lies in the film."""
    size = (2 * radius + 1, 2 * radius + 1)
    total = lambda it: cv2.boxFilter(it, -1, size, normalize=False, borderType=cv2.BORDER_CONSTANT)
    return total(a) / total(np.ones_like(a))


def low(a: np.ndarray, radius: int) -> np.ndarray:
    return cv2.erode(a, np.ones((2 * radius + 1, 2 * radius + 1), np.uint8))


def high(a: np.ndarray, radius: int) -> np.ndarray:
    return cv2.dilate(a, np.ones((2 * radius + 1, 2 * radius + 1), np.uint8))


def describe(rgb: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """[cells of the film, features] from a patch of levels 0 to 255; in the order of `describe` in `hidden.rs`."""
    inner = slice(MARGIN, MARGIN + INNER)
    levels = rgb.mean(2) / 255
    film = levels[inner, inner].astype(np.float32).ravel()
    # Cells outside the photo repeat the level before them.
    before = np.maximum.accumulate(np.where(seen[inner, inner].ravel(), np.arange(film.size), -1))
    film = np.where(before >= 0, film[np.maximum(before, 0)], 0).reshape(INNER, INNER).astype(np.float32)
    along, last = np.arange(MARGIN, MARGIN + INNER), MARGIN + INNER - 1
    full = lambda at: np.full(INNER, at)
    beside = lambda d: [(full(MARGIN - d), along), (along, full(last + d)), (full(last + d), along), (along, full(MARGIN - d))]
    quantile = lambda sorted_, share: sorted_[int((len(sorted_) - 1) * share)] if len(sorted_) else 0.0
    ring = np.sort(np.concatenate([levels[place][seen[place]] for d in (3, 5, 8) for place in beside(d)]))
    light = film ** np.float32(2.2)
    sorted_ = np.sort(film[4:-4, 4:-4].ravel())
    means = [box(film, radius) for radius in (2, 6, 14)]
    spread = lambda radius, mean: np.sqrt(np.maximum(box(film * film, radius) - mean * mean, 0))
    out = [film, light, *means, spread(2, means[0]), spread(6, means[1])]
    for radius in (3, 7, 13):
        dark, bright = low(film, radius), high(film, radius)
        out += [film - high(dark, radius), low(bright, radius) - film, dark, bright]
    out += [light - high(low(light, radius), radius) for radius in (9, 15)]
    near = high(light, 6)
    out += [light - near[:, ::-1], light - near[::-1]]
    right = np.abs(np.pad(film, ((0, 0), (0, 2)), mode="edge")[:, 2:] - film)
    below = np.abs(np.pad(film, ((0, 2), (0, 0)), mode="edge")[2:] - film)
    steep = np.maximum(right, below)
    out += [steep, high(steep, 3), high(steep, 8), box(steep, 5)]
    smooth = box(light, 4)
    out += [smooth - smooth[:, ::-1], smooth - smooth[::-1], light - box(light, 20)]
    colour = rgb[inner, inner].astype(np.float32) + 6
    blue = colour[..., 0] / colour[..., 2]
    out += [colour[..., 0] / colour[..., 1] - 1, blue / np.median(blue) - 1]
    top, right, bottom, left = (np.where(seen[place], levels[place], -0.1) for place in beside(4))
    out += [top[None], bottom[None], left[:, None], right[:, None], film.mean(1)[:, None], film.mean(0)[None]]
    edge = np.minimum(np.arange(INNER), np.arange(INNER)[::-1])
    out.append(np.minimum(edge[None], edge[:, None]) / 50)
    out += [np.array([[quantile(ring, share)]]) for share in (0.85, 0.5, 0.15)]
    out += [np.array([[quantile(sorted_, share)]]) for share in (0.02, 0.1, 0.5, 0.9, 0.98)]
    return np.stack([np.broadcast_to(f, (INNER, INNER)).astype(np.float32) for f in out], -1).reshape(INNER * INNER, -1)


def cells(samples: Samples, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features, truths and weights of some cells of each film."""
    rng, features, truths, weights = samples.rng, [], [], []
    inner = slice(MARGIN, MARGIN + INNER)
    for i in range(count):
        x, masks = samples.one(i if i < len(samples.truths) else int(rng.integers(len(samples.truths))))
        found = describe((x[:3].transpose(1, 2, 0) + 0.5) * 255, x[3] > 0)
        truth = masks[:, inner, inner].reshape(3, -1).T
        is_hidden = (truth > 0.5).any(1)
        hidden = np.nonzero(is_hidden)[0]
        more = rng.choice(hidden, min(len(hidden), HIDDEN_PER_FILM), replace=False)
        at = np.concatenate([rng.choice(INNER * INNER, PER_FILM, replace=False), more])
        usual = len(hidden) / INNER**2 * PER_FILM
        features.append(found[at])
        truths.append(truth[at] > 0.5)
        weights.append(np.where(is_hidden[at], np.sqrt(usual / (usual + len(more) + 1e-9)), 1))
    return np.concatenate(features), np.concatenate(truths).astype(np.float32), np.concatenate(weights).astype(np.float32)


def fit(args: argparse.Namespace) -> None:
    torch.manual_seed(0)
    samples = Samples(simulator(args.simulator), np.load(args.patches / "patches.npy"), json.loads((args.patches / "truths.json").read_text()), 1)
    x, y, weight = cells(samples, args.samples)
    mean, scale = x.mean(0), x.std(0) + 1e-3
    x, y, weight = torch.tensor((x - mean) / scale), torch.tensor(y), torch.tensor(weight)[:, None]
    net = nn.Sequential(nn.Linear(len(mean), WIDTHS[0]), nn.ReLU(), nn.Linear(WIDTHS[0], WIDTHS[1]), nn.ReLU(), nn.Linear(WIDTHS[1], 3))
    optimiser = torch.optim.AdamW(net.parameters(), 4e-3, weight_decay=1e-3)
    size, steps = 4096, len(x) // 4096
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 8e-3, total_steps=args.epochs * steps + 1)
    for _ in range(args.epochs):
        order = torch.randperm(len(x))
        for step in range(steps):
            at = order[step * size : (step + 1) * size]
            answer = net(x[at] + 0.03 * torch.randn(size, x.shape[1]))
            loss = (F.binary_cross_entropy_with_logits(answer, y[at], reduction="none") * weight[at]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    args.out.write_bytes(numbers(net, mean, scale))


def numbers(net: nn.Sequential, mean: np.ndarray, scale: np.ndarray) -> bytes:
    """Weights row by row, then offsets, layer by layer; the first layer takes features as they are."""
    layers = [(layer.weight.detach().numpy().copy(), layer.bias.detach().numpy().copy()) for layer in net if isinstance(layer, nn.Linear)]
    weight, bias = layers[0]
    layers[0] = (weight / scale, bias - (weight / scale) @ mean)
    return b"".join(part.astype("<f4").tobytes() for layer in layers for part in layer)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = p.add_subparsers(dest="what", required=True)
    for name, run in (("render", render), ("fit", fit)):
        kind = kinds.add_parser(name)
        kind.set_defaults(run=run)
        kind.add_argument("--simulator", type=Path, required=True)
        kind.add_argument("--out", type=Path, required=True)
    kinds.choices["render"].add_argument("--films", type=Path, nargs="+", required=True)
    kinds.choices["render"].add_argument("--count", type=int, default=1000)
    kinds.choices["render"].add_argument("--seed", type=int, default=95001)
    kinds.choices["fit"].add_argument("--patches", type=Path, required=True)
    kinds.choices["fit"].add_argument("--samples", type=int, default=5000)
    kinds.choices["fit"].add_argument("--epochs", type=int, default=14)
    args = p.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
