"""The part of a film that the findings network sees: the box around both lungs, with its grey scale equalised.

`src/infer/region.rs` does the same on the appliance; the two must agree.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from tqdm import tqdm

import augment
from common import ROOT

# Added on every side, in shares of the box: hila, diaphragm and chest wall matter too. Training widens it at random.
MARGIN = 0.06
# What the appliance adds; of 0.06 to 0.2 the best on the calibration films.
SHIPPED_MARGIN = 0.12
# Smallest share of the picture that a lung may take up before we say that it was not found.
LUNG_MIN = 0.015
FULL = np.array([0, 0, 1, 1], np.float32)


def largest(mask: np.ndarray) -> np.ndarray:
    """Only the largest connected part (4-neighbours) of a boolean mask."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    if count < 2:
        return np.zeros_like(mask)
    return labels == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())


def lung_box(soft: np.ndarray) -> np.ndarray | None:
    """x0, y0, x1, y1 in shares of the picture around both lungs, or None without two lungs. `soft` is [>=2, h, w], probabilities."""
    sides = [largest(soft[i] > 0.5) for i in (0, 1)]
    if min(s.mean() for s in sides) < LUNG_MIN:
        return None
    ys, xs = np.nonzero(sides[0] | sides[1])
    h, w = sides[0].shape
    x0, x1, y0, y1 = xs.min() / w, (xs.max() + 1) / w, ys.min() / h, (ys.max() + 1) / h
    mx, my = MARGIN * (x1 - x0), MARGIN * (y1 - y0)
    return np.array([max(0, x0 - mx), max(0, y0 - my), min(1, x1 + mx), min(1, y1 + my)], np.float32)


def equalise(g: np.ndarray) -> np.ndarray:
    """Grey levels replaced by their middle rank, 0 to 255: what tone curve film and phone had no longer matters."""
    counts = np.bincount(g.ravel(), minlength=256)
    ranks = (np.cumsum(counts) - counts / 2) / g.size * 255
    return np.round(ranks).astype(np.uint8)[g]


def crop(g: np.ndarray, box: np.ndarray, size: int) -> np.ndarray:
    """The box as a square: averaged when it shrinks, interpolated when it grows."""
    h, w = g.shape
    x0, y0 = int(np.floor(box[0] * w)), int(np.floor(box[1] * h))
    x1, y1 = max(x0 + 1, int(np.ceil(box[2] * w))), max(y0 + 1, int(np.ceil(box[3] * h)))
    part = g[y0:y1, x0:x1]
    shrink = min(part.shape) >= size
    return cv2.resize(part, (size, size), interpolation=cv2.INTER_AREA if shrink else cv2.INTER_LINEAR)


def seen(g: np.ndarray, box: np.ndarray | None, size: int) -> np.ndarray:
    """What the network sees of an untouched film; the whole film when no lungs were found."""
    return equalise(crop(g, FULL if box is None else box, size))


def shipped(box: np.ndarray) -> np.ndarray:
    """A box of `lung_box`, or of `boxes_of`, with the margin of the appliance."""
    more = (SHIPPED_MARGIN - MARGIN) / (1 + 2 * MARGIN)
    w, h = more * (box[2] - box[0]), more * (box[3] - box[1])
    return np.array([max(0, box[0] - w), max(0, box[1] - h), min(1, box[2] + w), min(1, box[3] + h)], np.float32)


class Lungs:
    """The lung network as it ships."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(ROOT / "models/lungs/1.0.0/model.onnx"), options, providers=["CPUExecutionProvider"])
        self.size = self.session.get_inputs()[0].shape[2]

    def masks(self, g: np.ndarray) -> np.ndarray:
        """Probabilities [masks, size / 2, size / 2]."""
        x = augment.to_input(augment.to_square(np.asarray(g), self.size)[None])
        return 1 / (1 + np.exp(-self.session.run(None, {"radiograph": x})[0][0]))

    def boxes(self, pixels: np.ndarray) -> np.ndarray:
        """[n, 4]; NaN where no two lungs were found."""
        out = np.full((len(pixels), 4), np.nan, np.float32)
        for i, g in enumerate(tqdm(pixels, desc="lungs", mininterval=10)):
            box = lung_box(self.masks(g))
            if box is not None:
                out[i] = box
        return out


def boxes_of(work: Path, pixels: np.ndarray, key: str) -> np.ndarray:
    """Boxes of cached pixels, from the work folder where they were made before."""
    path = work / "cache" / f"boxes-{key}.npy"
    if not path.exists():
        np.save(path, Lungs().boxes(pixels))
    boxes = np.load(path)
    return np.where(np.isnan(boxes), FULL, boxes)
