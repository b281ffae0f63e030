"""Phantom chests, as `tests/it/phantom.rs` draws them: a box must be testable without a patient's film.

The gate learns that they are chest films, so that it stays strict towards everything else that is drawn.
"""

from __future__ import annotations

import numpy as np

from augment import Rng


def soft(distance: np.ndarray, width: float) -> np.ndarray:
    t = np.clip(distance / width + 0.5, 0, 1)
    return t * t * (3 - 2 * t)


def bump(x: np.ndarray) -> np.ndarray:
    return np.exp(-x * x)


def band(x: np.ndarray) -> np.ndarray:
    """A bone: bright walls, a paler marrow, sharp edges."""
    return soft(1 - np.abs(x), 0.12) * (0.6 + 0.4 * np.abs(x))


def ellipse(u: np.ndarray, v: np.ndarray, centre: tuple[float, float], radii: tuple[float, float]) -> np.ndarray:
    return soft(1 - np.sqrt(((u - centre[0]) / radii[0]) ** 2 + ((v - centre[1]) / radii[1]) ** 2), 0.03)


def chest(rng: Rng, n: int) -> np.ndarray:
    """One phantom [n, n], uint8, upright, bone white. Patients differ in heart, ribs, vessels."""
    own = rng.uniform(-1, 1, 11)
    v, u = (np.mgrid[0:n, 0:n] + 0.5) / n
    s = rng.uniform(0, 0.036) + 0.02 * own[0]
    body = soft(0.49 * np.maximum(soft(v + 0.04, 0.34), 0.30) - np.abs(u - 0.5), 0.03)
    spine = bump((u - 0.5) / 0.045)
    mediastinum = bump((u - 0.505) / (0.075 + 0.03 * v)) * 0.95
    heart = np.maximum(ellipse(u, v, (0.570 + s, 0.640), (0.170 + s, 0.150)), ellipse(u, v, (0.535, 0.50), (0.095, 0.16)))
    aorta = ellipse(u, v, (0.545, 0.315), (0.055, 0.065)) * 0.8
    air, bone = np.zeros_like(u), np.zeros_like(u)
    for side, centre in ((-1.0, 0.285), (1.0, 0.715)):
        out = side * (u - 0.5)
        dome = 0.735 + 0.015 * side + 1.10 * (u - centre + 0.02 * side) ** 2
        lung = ellipse(u, v, (centre, 0.50), (0.185, 0.44)) * soft(dome - v, 0.02)
        reach = np.hypot(u - (centre - side * 0.13), v - 0.47)
        vessels = bump(reach / 0.13) * (0.5 + 0.5 * np.sin(u * (83 + 25 * own[1])) * np.sin(v * (71 + 25 * own[2]) + u * (40 + 15 * own[3])))
        air += lung * (1 - 0.45 * vessels - 0.25 * v)
        along = (out - 0.02) / 0.42
        rows = (v + (0.10 + 0.04 * own[4]) * along * along - 0.02) * (12.5 + 1.5 * own[5]) + 1 + own[6]
        posterior = band((np.modf(rows)[0] - 0.5) / 0.13) * soft(along, 0.1) * soft(1 - along, 0.1)
        rows = (v - (0.42 + 0.06 * own[7]) * along + 0.40) * (9.0 + 1.2 * own[8]) + 1 + own[9]
        anterior = band((np.modf(rows)[0] - 0.5) / 0.14) * soft(along - 0.45, 0.2) * soft(1 - along, 0.1)
        cage = soft(v - 0.10, 0.05) * soft(0.80 - v, 0.1)
        bone += (0.16 * posterior + 0.09 * anterior) * cage
        clavicle = v - (0.155 + 0.02 * own[10] - 0.16 * (out - 0.05) + 0.25 * (out - 0.05) ** 2)
        bone += 0.18 * band(clavicle / 0.014) * soft(out - 0.03, 0.03) * soft(0.36 - out, 0.05)
        bone += 0.12 * ellipse(u, v, (0.5 + side * 0.42, 0.16), (0.07, 0.09))
    tissue = np.maximum(np.maximum(mediastinum, heart), aorta)
    value = body * (0.56 + 0.10 * soft(v - 0.72, 0.08) + 0.22 * tissue)
    value -= body * 0.46 * np.minimum(air, 1) * (1 - 0.92 * tissue)
    value += body * (bone + 0.10 * spine * (0.7 + 0.3 * np.sin(v * 75)))
    value -= 0.20 * ellipse(u, v, (0.70, 0.825), (0.07, 0.03))
    return np.clip(255 * (0.04 + value), 0, 255).astype(np.uint8)
