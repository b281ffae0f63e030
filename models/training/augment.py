"""Cheap imitation of a phone photo of a film, after the film has been found and straightened.

Every step takes and gives uint8 gray of the cache size; `to_square` makes the network's input.
All randomness comes from the generator passed in.
"""

from __future__ import annotations

import cv2
import numpy as np

from lite0 import MEAN, STD

Rng = np.random.Generator
cv2.setNumThreads(1)


def bottleneck(g: np.ndarray, px: int = 128) -> np.ndarray:
    """Through a small square and back. The TB films exist at 128 px only: sharpness must not name the source."""
    h, w = g.shape
    return cv2.resize(cv2.resize(g, (px, px), interpolation=cv2.INTER_AREA), (w, h), interpolation=cv2.INTER_LINEAR)


def tone(g: np.ndarray, rng: Rng, strength: float = 1.0) -> np.ndarray:
    """Film, panel, camera and phone each bend the grey scale; one curve stands for all."""
    x = np.arange(256, dtype=np.float32) / 255
    x = x ** float(np.exp(rng.normal(0, 0.28 * strength)))
    bend = rng.normal(0, 0.12 * strength)
    x = x + bend * np.sin(2 * np.pi * x) / 2
    gain = np.exp(rng.normal(0, 0.2 * strength))
    x = (x - 0.5) * gain + 0.5 + rng.normal(0, 0.07 * strength)
    return cv2.LUT(g, (np.clip(x, 0, 1) * 255).astype(np.uint8))


def light(g: np.ndarray, rng: Rng, depth: float = 0.3) -> np.ndarray:
    """Smooth uneven panel light, and at times a soft veil of glare."""
    h, w = g.shape
    field = 1 + rng.uniform(-depth, depth, (3, 3)).astype(np.float32)
    out = g * cv2.resize(field, (w, h), interpolation=cv2.INTER_CUBIC)
    if rng.random() < 0.25:
        y, x = np.mgrid[0:h, 0:w].astype(np.float32)
        cx, cy, r = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0.1, 0.5) * w
        out += rng.uniform(15, 80) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * r * r))
    return np.clip(out, 0, 255).astype(np.uint8)


def warp(g: np.ndarray, rng: Rng, turn_deg: float = 7, jitter: float = 0.05, zoom: tuple[float, float] = (0.9, 1.12)) -> np.ndarray:
    """Small turn, stretch, shift and perspective: the corners of the film are never found exactly."""
    n = g.shape[0]
    a = np.deg2rad(rng.normal(0, turn_deg / 2))
    scale = rng.uniform(*zoom) * np.exp(rng.normal(0, 0.05, 2))
    base = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
    spin = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]], np.float32)
    corners = (base * scale) @ spin.T + rng.normal(0, jitter / 2, (4, 2)) + rng.normal(0, 0.04, (1, 2))
    m = cv2.getPerspectiveTransform(((base + 1) * n / 2).astype(np.float32), ((corners + 1) * n / 2).astype(np.float32))
    edge = int(rng.choice([0, 0, 0, 255, int(g.mean())])) if rng.random() < 0.8 else int(rng.integers(256))
    return cv2.warpPerspective(g, m, (n, n), flags=cv2.INTER_LINEAR, borderValue=edge)


def part(g: np.ndarray, box: np.ndarray, size: int, rng: Rng) -> np.ndarray:
    """The box of a film as a square of `size`, its corners found not quite right."""
    n = g.shape[0]
    x0, y0, x1, y1 = box
    centre = np.array([(x0 + x1) / 2, (y0 + y1) / 2], np.float32)
    half = np.array([(x1 - x0) / 2, (y1 - y0) / 2], np.float32) * np.exp(rng.normal(0, 0.05, 2) + rng.normal(0, 0.03))
    a = np.deg2rad(rng.normal(0, 3))
    spin = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]], np.float32)
    base = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
    corners = centre + ((base + rng.normal(0, 0.025, (4, 2)) + rng.normal(0, 0.04, (1, 2))) * half) @ spin.T
    m = cv2.getPerspectiveTransform((corners * n).astype(np.float32), ((base + 1) * size / 2).astype(np.float32))
    return cv2.warpPerspective(g, m, (size, size), flags=cv2.INTER_LINEAR, borderValue=int(rng.choice([0, 0, 255, int(g.mean())])))


def hide(g: np.ndarray, rng: Rng) -> np.ndarray:
    """A patch without information: no single place may carry a finding alone."""
    g, n = g.copy(), g.shape[0]
    w, h = (rng.uniform(0.1, 0.3, 2) * n).astype(int)
    x, y = int(rng.integers(0, n - w)), int(rng.integers(0, n - h))
    g[y:y + h, x:x + w] = int(g.mean())
    return g


def border(g: np.ndarray, rng: Rng, most: float = 0.12) -> np.ndarray:
    """Clear or black unexposed margin of the sheet, often uneven, at times with a label window."""
    n = g.shape[0]
    l, r, t, b = (rng.uniform(0, most, 4) * n * rng.uniform(0.1, 1)).astype(int)
    sheet = np.full((n, n), int(rng.choice([rng.integers(0, 25), rng.integers(200, 256), rng.integers(256)])), np.uint8)
    sheet[t:n - b, l:n - r] = cv2.resize(g, (n - l - r, n - t - b), interpolation=cv2.INTER_AREA)
    return sheet


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -/:."


def mark(g: np.ndarray, rng: Rng) -> np.ndarray:
    """Letters, label windows and black boxes near the edge, in any direction and from either side of the film.

    Text would otherwise give away turn and mirroring, and corner marks give away the source.
    """
    g = g.copy()
    n = g.shape[0]
    for _ in range(rng.integers(1, 4)):
        w, h = int(rng.uniform(0.06, 0.34) * n), int(rng.uniform(0.05, 0.14) * n)
        kind = rng.random()
        patch = np.zeros((h, w), np.uint8)
        ink, paper = (255, 0) if rng.random() < 0.7 else (0, 255)
        patch[:] = paper
        text = "".join(rng.choice(list(LETTERS), rng.integers(1, 10))) if rng.random() < 0.6 else str(rng.choice(["R", "L", "AP", "PA", "D", "PORTABLE"]))
        size = h / 40 * rng.uniform(0.5, 1.1)
        cv2.putText(patch, text, (2, int(h * 0.75)), cv2.FONT_HERSHEY_SIMPLEX, size, ink, 1 + int(rng.random() < 0.4), cv2.LINE_AA)
        patch = np.rot90(patch, int(rng.integers(4)))
        if rng.random() < 0.5:
            patch = patch[:, ::-1]
        h, w = patch.shape
        if rng.random() < 0.5:
            x, y = int(rng.integers(0, n - w)), int(rng.choice([rng.integers(0, n // 10), n - h - rng.integers(0, n // 10)]))
        else:
            x, y = int(rng.choice([rng.integers(0, n // 10), n - w - rng.integers(0, n // 10)])), int(rng.integers(0, n - h))
        x, y = min(max(x, 0), n - w), min(max(y, 0), n - h)
        if kind < 0.25:
            g[y:y + h, x:x + w] = int(rng.integers(256))
        elif kind < 0.5:
            g[y:y + h, x:x + w] = patch
        else:
            area = g[y:y + h, x:x + w]
            g[y:y + h, x:x + w] = np.maximum(area, patch) if ink == 255 else np.minimum(area, patch)
    return g


def camera(g: np.ndarray, rng: Rng) -> np.ndarray:
    """Blur, noise and JPEG, in the order a phone adds them."""
    if rng.random() < 0.6:
        g = cv2.GaussianBlur(g, (0, 0), rng.uniform(0.2, 1.4))
    if rng.random() < 0.5:
        noise = rng.normal(0, rng.uniform(1, 9), g.shape).astype(np.float32)
        g = np.clip(g + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        g = cv2.imdecode(cv2.imencode(".jpg", g, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 96))])[1], cv2.IMREAD_GRAYSCALE)
    return g


def phone(g: np.ndarray, rng: Rng) -> np.ndarray:
    """The whole chain at training strength."""
    if rng.random() < 0.5:
        g = bottleneck(g, int(rng.integers(112, 150)))
    if rng.random() < 0.5:
        g = mark(g, rng)
    g = warp(g, rng)
    if rng.random() < 0.35:
        g = border(g, rng)
    if rng.random() < 0.9:
        g = tone(g, rng)
    if rng.random() < 0.6:
        g = light(g, rng)
    return camera(g, rng)


def orient(g: np.ndarray, index: int) -> np.ndarray:
    """rotate_clockwise(mirror_left_right(upright), turn) with index = 2 * (turn / 90) + mirrored."""
    if index % 2:
        g = g[:, ::-1]
    return np.ascontiguousarray(np.rot90(g, -(index // 2)))


def invert(g: np.ndarray, rng: Rng) -> np.ndarray:
    """Show the grey scale as a positive: bone black. Some viewers cut the ends of the scale on the way."""
    return 255 - g if rng.random() < 0.6 else tone(255 - g, rng, 0.4)


def to_square(g: np.ndarray, size: int) -> np.ndarray:
    return cv2.resize(g, (size, size), interpolation=cv2.INTER_AREA)


def to_input(batch: np.ndarray) -> np.ndarray:
    """uint8 [n, s, s] to the normalised float32 [n, 1, s, s]."""
    return ((batch.astype(np.float32) / 255 - MEAN) / STD)[:, None]
