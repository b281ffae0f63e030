"""Synthetic lung opacities of known area, drawn on films without findings.

Nobody outlined opacities in the films at hand, so the share of lung affected is learned and judged on drawn ones.
`draw` makes those for training; `draw_held_out` uses other shapes, edges and textures and is for measuring only.
"""

from __future__ import annotations

import cv2
import numpy as np

Rng = np.random.Generator


def clouds(rng: Rng, n: int, grain: int) -> np.ndarray:
    """Smooth random field [n, n], about 0 to 1, with structures of about n / grain pixels."""
    field = rng.random((grain, grain)).astype(np.float32)
    field = cv2.resize(field, (n, n), interpolation=cv2.INTER_CUBIC)
    return (field - field.min()) / max(1e-6, float(field.max() - field.min()))


def disc(n: int, centre: tuple[float, float], radii: tuple[float, float], angle: float) -> np.ndarray:
    """Distance from the centre in radii of an ellipse: 1 on its rim."""
    y, x = np.mgrid[0:n, 0:n].astype(np.float32)
    dx, dy = x - centre[0], y - centre[1]
    c, s = np.cos(angle), np.sin(angle)
    return np.sqrt(((dx * c + dy * s) / radii[0]) ** 2 + ((dy * c - dx * s) / radii[1]) ** 2)


def place(lung: np.ndarray, rng: Rng) -> tuple[float, float]:
    ys, xs = np.nonzero(lung)
    i = int(rng.integers(len(xs)))
    return float(xs[i]), float(ys[i])


def soft_field(lungs: np.ndarray, rng: Rng) -> np.ndarray:
    """Strength field before clipping to the lungs, 0 to 1; 0.5 on the rim."""
    n = lungs.shape[0]
    side = lungs[..., int(rng.integers(2))]
    kind = rng.random()
    if kind < 0.3:
        field = np.zeros((n, n), np.float32)
        for _ in range(int(rng.integers(1, 7))):
            r = n * rng.uniform(0.02, 0.16)
            d = disc(n, place(lungs.any(-1) if rng.random() < 0.5 else side, rng), (r, r * rng.uniform(0.5, 1)), rng.uniform(0, np.pi))
            field = np.maximum(field, 1 / (1 + np.exp(np.clip((d - 1) * rng.uniform(4, 12), -30, 30))))
        return field
    if kind < 0.6:
        noise = clouds(rng, n, int(rng.integers(3, 12)))
        where = lungs.any(-1) if rng.random() < 0.5 else side
        level = np.quantile(noise[where], rng.uniform(0.35, 0.97))
        return 1 / (1 + np.exp(np.clip(-(noise - level) * rng.uniform(15, 50), -30, 30)))
    ys, xs = np.nonzero(side)
    top, bottom = ys.min(), ys.max()
    if kind < 0.85:
        # Lobar: above or below a slanted, wavy line; from below also what an effusion looks like.
        y, x = np.mgrid[0:n, 0:n].astype(np.float32)
        cut = top + (bottom - top) * rng.uniform(0.25, 0.9)
        line = cut + (x - xs.mean()) * rng.uniform(-0.7, 0.7) + (clouds(rng, n, 5) - 0.5) * n * rng.uniform(0, 0.15) - rng.uniform(0, 0.002) * (x - xs.mean()) ** 2
        sign = 1 if rng.random() < 0.7 else -1
        return 1 / (1 + np.exp(np.clip(-sign * (y - line) / rng.uniform(1, 6), -30, 30))) * cv2.GaussianBlur(side.astype(np.float32), (0, 0), 2)
    return cv2.GaussianBlur(side.astype(np.float32), (0, 0), rng.uniform(1, 4)) * (0.6 + 0.4 * clouds(rng, n, 6))


def lay(g: np.ndarray, alpha: np.ndarray, lungs: np.ndarray, rng: Rng, texture: float) -> np.ndarray:
    """Raises lung towards soft-tissue grey where alpha says so."""
    tissue = float(np.percentile(g[lungs.any(-1)], rng.uniform(70, 97))) + rng.uniform(0, 40)
    target = tissue + (clouds(rng, g.shape[0], int(rng.integers(8, 40))) - 0.5) * texture
    raised = g + alpha * np.maximum(target - g, rng.uniform(8, 25))
    return np.clip(raised, 0, 255).astype(np.uint8)


def draw(g: np.ndarray, lungs: np.ndarray, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """(film, truth): uint8 [n, n] with opacities, bool [n, n] where they lie inside the lungs. `lungs` is bool [n, n, 2]."""
    field = soft_field(lungs, rng)
    if rng.random() < 0.35:
        field = np.maximum(field, soft_field(lungs, rng))
    inside = cv2.GaussianBlur(lungs.any(-1).astype(np.float32), (0, 0), 1.5)
    alpha = np.clip(field, 0, 1) * inside * rng.uniform(0.35, 0.95)
    return lay(g, alpha, lungs, rng, rng.uniform(0, 60)), (field > 0.5) & lungs.any(-1)


def draw_held_out(g: np.ndarray, lungs: np.ndarray, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """As `draw`, with hard-cornered polygons, blurred edges of other widths and fine grain: never trained on."""
    n = g.shape[0]
    mask = np.zeros((n, n), np.uint8)
    for _ in range(int(rng.integers(1, 5))):
        cx, cy = place(lungs[..., int(rng.integers(2))], rng)
        corners, r = int(rng.integers(4, 9)), n * rng.uniform(0.03, 0.2)
        angles = np.sort(rng.uniform(0, 2 * np.pi, corners))
        radii = r * rng.uniform(0.5, 1.2, corners)
        polygon = np.stack([cx + radii * np.cos(angles), cy + radii * np.sin(angles)], 1).astype(np.int32)
        cv2.fillPoly(mask, [polygon], 255)
    edge = cv2.GaussianBlur(mask.astype(np.float32) / 255, (0, 0), rng.uniform(0.8, 4))
    inside = cv2.GaussianBlur(lungs.any(-1).astype(np.float32), (0, 0), 1)
    grain = cv2.GaussianBlur(rng.normal(0, 1, (n, n)).astype(np.float32), (0, 0), 1.2) * rng.uniform(0, 20)
    out = lay(g, edge * inside * rng.uniform(0.45, 0.9), lungs, rng, 20).astype(np.float32) + grain * edge * inside
    return np.clip(out, 0, 255).astype(np.uint8), (edge > 0.5) & lungs.any(-1)
