"""Pictures drawn by code that are no frontal chest film: pages, empty panels, textures, absurd crops."""

from __future__ import annotations

import cv2
import numpy as np

from augment import LETTERS, Rng


def page(rng: Rng, n: int) -> np.ndarray:
    """A page of text, dark on light or the reverse."""
    g = np.full((n, n), 235, np.uint8)
    line = int(rng.integers(7, 22))
    for y in range(line, n, line):
        if rng.random() < 0.12:
            continue
        text = "".join(rng.choice(list(LETTERS + "      "), 60))
        cv2.putText(g, text[: int(rng.integers(8, 60))], (int(rng.integers(2, 24)), y), cv2.FONT_HERSHEY_SIMPLEX, line / 34, int(rng.integers(0, 90)), 1, cv2.LINE_AA)
    if rng.random() < 0.3:
        g[:: line * 2] = 120
    return g if rng.random() < 0.8 else 255 - g


def panel(rng: Rng, n: int) -> np.ndarray:
    """An empty light box or a blank sheet: a smooth field, at times with bars or a dark half."""
    field = rng.uniform(0, 255, (int(rng.integers(1, 4)), int(rng.integers(1, 4)))).astype(np.float32)
    g = cv2.resize(field, (n, n), interpolation=cv2.INTER_CUBIC)
    if rng.random() < 0.4:
        for _ in range(rng.integers(1, 4)):
            a = int(rng.integers(0, n))
            wide = int(rng.integers(2, n // 3))
            if rng.random() < 0.5:
                g[:, a:a + wide] = rng.uniform(0, 255)
            else:
                g[a:a + wide] = rng.uniform(0, 255)
    return np.clip(g, 0, 255).astype(np.uint8)


def texture(rng: Rng, n: int) -> np.ndarray:
    """Noise at mixed scales: cloth, cloud, wall, static."""
    g = np.zeros((n, n), np.float32)
    for scale in (2, 4, 8, 16, 32, 64, 128):
        g += rng.random() ** 2 * cv2.resize(rng.normal(0, 1, (max(2, n // scale), max(2, n // scale))).astype(np.float32), (n, n), interpolation=cv2.INTER_CUBIC)
    g = (g - g.mean()) / (g.std() + 1e-6)
    return np.clip(g * rng.uniform(10, 70) + rng.uniform(60, 190), 0, 255).astype(np.uint8)


def shapes(rng: Rng, n: int) -> np.ndarray:
    """Blobs and sticks on a dark field, as limbs and hands give."""
    g = np.full((n, n), int(rng.integers(0, 60)), np.uint8)
    for _ in range(rng.integers(1, 9)):
        a, b = (tuple(int(v) for v in rng.integers(0, n, 2)) for _ in range(2))
        value = int(rng.integers(90, 255))
        if rng.random() < 0.6:
            cv2.line(g, a, b, value, int(rng.integers(4, n // 4)), cv2.LINE_AA)
        else:
            cv2.ellipse(g, a, (int(rng.integers(8, n // 3)), int(rng.integers(8, n // 3))), float(rng.uniform(0, 180)), 0, 360, value, -1, cv2.LINE_AA)
    return cv2.GaussianBlur(g, (0, 0), rng.uniform(0.5, 9))


def fragment(film: np.ndarray, rng: Rng) -> np.ndarray:
    """A corner or a strip of a chest film: both lungs are not in the picture."""
    n = film.shape[0]
    w, h = (int(rng.uniform(0.14, 0.36) * n) for _ in range(2))
    if rng.random() < 0.4:
        w, h = (int(n * rng.uniform(0.5, 1)), int(n * rng.uniform(0.1, 0.22)))
        if rng.random() < 0.5:
            w, h = h, w
    x, y = int(rng.integers(0, n - w + 1)), int(rng.integers(0, n - h + 1))
    return cv2.resize(film[y:y + h, x:x + w], (n, n), interpolation=cv2.INTER_LINEAR)


def two_films(one: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """Two films beside each other or one above the other, with or without a gap, taken for one."""
    n = one.shape[0]
    gap = int(rng.uniform(0, 0.12) * n) if rng.random() < 0.7 else 0
    split = int(n * rng.uniform(0.36, 0.64))
    # A film seen beside another is not squashed: its rows are cut, or the picture is taken wider than it is.
    widths = (max(8, split - gap // 2), max(8, n - split - (gap - gap // 2)))
    sheet = np.full((n, n), int(rng.choice([rng.integers(0, 30), rng.integers(190, 256)])), np.uint8)
    for film, width, x in ((one, widths[0], 0), (other, widths[1], n - widths[1])):
        height = int(np.clip(width * rng.uniform(1.0, 2.2), n // 3, n))
        y = int(rng.integers(0, n - height + 1))
        sheet[y:y + height, x:x + width] = cv2.resize(film, (width, height), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(np.rot90(sheet, int(rng.integers(4))))


def drawn(rng: Rng, n: int) -> np.ndarray:
    return (page, panel, texture, shapes)[int(rng.integers(4))](rng, n)
