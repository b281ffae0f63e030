"""Areas under the curve with DeLong intervals, and small helpers for rates."""

from __future__ import annotations

import math

import numpy as np


def auc_ci(y: np.ndarray, score: np.ndarray) -> dict[str, float] | None:
    """AUC with its 95 % interval (DeLong 1988, on the logit scale, so that it stays inside 0 to 1)."""
    a, b = score[y == 1].astype(np.float64), score[y == 0].astype(np.float64)
    m, n = len(a), len(b)
    if m < 2 or n < 2:
        return None
    wins = (a[:, None] > b[None, :]) + 0.5 * (a[:, None] == b[None, :])
    auc = wins.mean()
    variance = wins.mean(1).var(ddof=1) / m + wins.mean(0).var(ddof=1) / n
    inner = min(max(auc, 1e-4), 1 - 1e-4)
    half = 1.96 * math.sqrt(variance) / (inner * (1 - inner))
    centre = math.log(inner / (1 - inner))
    low, high = (1 / (1 + math.exp(-v)) for v in (centre - half, centre + half))
    return {"n_positive": m, "n_negative": n, "auc": round(float(auc), 4), "low": round(low, 4), "high": round(high, 4)}


def wilson(k: int, n: int) -> list[float]:
    """95 % interval of a rate."""
    if n == 0:
        return [0.0, 1.0]
    z = 1.96
    p = k / n
    centre, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return [round((centre - half) / (1 + z * z / n), 4), round((centre + half) / (1 + z * z / n), 4)]


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def calibration_error(y: np.ndarray, p: np.ndarray, weight: np.ndarray, bins: int = 8) -> float:
    """Expected calibration error with equal-count bins."""
    order = np.argsort(p)
    error = 0.0
    for part in np.array_split(order, bins):
        w = weight[part]
        if w.sum() > 0:
            error += w.sum() * abs(np.average(p[part], weights=w) - np.average(y[part], weights=w))
    return float(error / weight.sum())
