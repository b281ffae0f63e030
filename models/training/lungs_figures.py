"""Figures of the lung network, from the ONNX file that ships, under ONNX Runtime."""

from __future__ import annotations

import argparse

import cv2
import numpy as np
from tqdm import tqdm

import opacity
from films import load_pixels, read_films
from photo_pairs import read_photos
from regions import LUNG_MIN, Lungs, largest
from train_lungs import read_masks

# The appliance calls a cell opaque, and lung, from this probability on.
HALF = 0.5


def figures(args: argparse.Namespace) -> dict:
    films = read_films(args.data, args.photos)
    net = Lungs()
    return {"size": net.size, "outlines": outlines(args, films, net), "share_drawn": share_drawn(args, films, net), "share_clear": share_clear(args, films, net),
            "repeat": repeat(args, net), "seen": seen(args, films, net)}


def parts(soft: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both lungs [2, h, w] and the opaque cells in them [h, w], as the appliance takes them."""
    lungs = np.stack([largest(soft[i] > HALF) for i in (0, 1)])
    return lungs, (soft[2] > HALF) & lungs.any(0)


def share(soft: np.ndarray) -> float:
    lungs, opaque = parts(soft)
    return 100 * float(opaque.sum()) / max(1, int(lungs.any(0).sum()))


def outlines(args: argparse.Namespace, films: list, net: Lungs) -> dict:
    """Dice on films whose outlines nobody trained on, both lungs together."""
    chosen, pixels, masks = read_masks(args.data, films)
    out = {}
    for split in ("calibrate", "val"):
        dice = []
        for film, g, m in zip(chosen, pixels, masks):
            if film.split == split:
                got = parts(net.masks(g))[0].any(0)
                want = cv2.resize(m, got.shape[::-1], interpolation=cv2.INTER_AREA).max(-1) > 127
                dice.append(2 * (got & want).sum() / (got.sum() + want.sum()))
        out[split] = {"n": len(dice), "mean": round(float(np.mean(dice)), 4), "worst": round(float(np.min(dice)), 4),
                      "over_0.93": round(float(np.mean(np.array(dice) >= 0.93)), 4)} if dice else {"n": 0}
    return out


def clear_films(args: argparse.Namespace, films: list) -> tuple[list, np.ndarray]:
    """Validation films without findings, at most 100 a source."""
    chosen = []
    for source in ("nih", "shenzhen", "kermany"):
        chosen += [f for f in films if f.source == source and f.split == "val" and "normal" in f.raw][:100]
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    index = {f.file: i for i, f in enumerate(films)}
    return chosen, np.stack([np.asarray(pixels[index[f.file]]) for f in chosen])


def share_drawn(args: argparse.Namespace, films: list, net: Lungs) -> dict:
    """Error of the share of lung affected on opacities of known area, of kinds that were held out, percentage points."""
    chosen, pixels = clear_films(args, films)
    rows, hits = [], []
    for i, (film, g) in enumerate(zip(chosen, tqdm(pixels, desc="drawn opacities", mininterval=10))):
        soft = net.masks(g)
        lungs = np.stack([cv2.resize(m.astype(np.uint8), g.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0 for m in parts(soft)[0]], -1)
        if min(lungs[..., 0].mean(), lungs[..., 1].mean()) < LUNG_MIN:
            continue
        drawn, truth = opacity.draw_held_out(g, lungs, np.random.default_rng([91, i]))
        true_share = 100 * truth.sum() / lungs.any(-1).sum()
        found = net.masks(drawn)
        rows.append((film.source, true_share, share(found) - true_share))
        opaque = parts(found)[1]
        if opaque.any():
            y, x = np.unravel_index(int(np.where(opaque, found[2], 0).argmax()), opaque.shape)
            near = cv2.dilate(cv2.resize(truth.astype(np.uint8), opaque.shape[::-1], interpolation=cv2.INTER_AREA), np.ones((5, 5), np.uint8))
            hits.append(bool(near[y, x]))
        else:
            hits.append(False)
    error = np.array([r[2] for r in rows])
    size = np.array([r[1] for r in rows])
    out = {"n": len(rows), "mean_absolute": round(float(np.abs(error).mean()), 2), "bias": round(float(error.mean()), 2),
           "p90_absolute": round(float(np.quantile(np.abs(error), 0.9)), 2), "hottest_cell_in_opacity": round(float(np.mean(hits)), 4), "by_size": [], "by_source": {}}
    for low, high in ((0, 5), (5, 15), (15, 30), (30, 100)):
        here = (size >= low) & (size < high)
        if here.any():
            out["by_size"].append({"from": low, "to": high, "n": int(here.sum()), "mean_absolute": round(float(np.abs(error[here]).mean()), 2), "bias": round(float(error[here].mean()), 2)})
    for source in sorted({r[0] for r in rows}):
        e = np.array([r[2] for r in rows if r[0] == source])
        out["by_source"][source] = {"n": len(e), "mean_absolute": round(float(np.abs(e).mean()), 2)}
    return out


def share_clear(args: argparse.Namespace, films: list, net: Lungs) -> dict:
    """What is called opaque on films without findings: percentage points that should be none."""
    chosen, pixels = clear_films(args, films)
    shares = np.array([share(net.masks(g)) for g in pixels])
    return {"n": len(shares), "mean": round(float(shares.mean()), 2), "p90": round(float(np.quantile(shares, 0.9)), 2)}


def repeat(args: argparse.Namespace, net: Lungs) -> dict:
    """How the share moves among ten photos of one film, brought back by the appliance, and the interval that covers 95 % of it."""
    by_film: dict[str, list[float]] = {}
    for photo in read_photos(args.work, "repeat"):
        if photo.usable:
            soft = net.masks(cv2.imread(str(photo.radiograph), cv2.IMREAD_GRAYSCALE))
            if min(parts(soft)[0].mean((1, 2))) >= LUNG_MIN:
                by_film.setdefault(photo.film, []).append(share(soft))
    films = [np.array(v) for v in by_film.values() if len(v) >= 4]
    mean = np.array([v.mean() for v in films])
    off = np.concatenate([np.abs(v - v.mean()) * np.sqrt(len(v) / (len(v) - 1)) for v in films])
    at = np.concatenate([np.full(len(v), v.mean()) for v in films])
    # The narrowest line base + slope * share, both not negative, under which 95 % of the deviations lie.
    best = (np.inf, 0.0, 0.0)
    for slope in np.arange(0, 0.61, 0.02):
        base = max(0.5, float(np.quantile(off - slope * at, 0.95)))
        width = base + slope * at.mean()
        best = min(best, (width, base, float(slope)))
    return {"films": len(films), "photos": len(off), "deviation": round(float(np.mean([v.std(ddof=1) for v in films])), 2), "share_mean": round(float(mean.mean()), 2),
            "base": round(best[1], 1), "slope": round(best[2], 2), "covered": round(float((off <= best[1] + best[2] * at).mean()), 4)}


def middle_half(g: np.ndarray, lung: np.ndarray, size: int) -> float:
    """Interquartile range of grey inside a lung, as the appliance takes it at the network's size."""
    small = cv2.resize(g, (size, size), interpolation=cv2.INTER_AREA)
    inside = cv2.resize(lung.astype(np.uint8), (size, size), interpolation=cv2.INTER_NEAREST) > 0
    low, high = np.percentile(small[inside], [25, 75])
    return float(high - low)


def seen(args: argparse.Namespace, films: list, net: Lungs) -> dict:
    """On how many films two lungs are seen, the least interquartile range of grey inside them, and the same with the lungs blacked out."""
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    out = {}
    for source in ("nih", "shenzhen", "kermany", "ieee8023"):
        found, contrast, blacked, n = 0, [], 0, 0
        for i, f in enumerate(films):
            if f.source != source or f.split != "val" or n >= 200:
                continue
            n += 1
            g = np.asarray(pixels[i])
            lungs = parts(net.masks(g))[0]
            if min(lungs.mean((1, 2))) < LUNG_MIN:
                continue
            found += 1
            large = [cv2.resize(m.astype(np.uint8), g.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0 for m in lungs]
            contrast.append(min(middle_half(g, m, net.size) for m in lungs))
            black = g.copy()
            black[large[0] | large[1]] = 0
            again = parts(net.masks(black))[0]
            if min(again.mean((1, 2))) >= LUNG_MIN:
                blacked += min(middle_half(black, m, net.size) for m in again) >= args.contrast_min
        out[source] = {"n": n, "two_lungs": found, "contrast_least": round(min(contrast), 1), "contrast_p1": round(float(np.quantile(contrast, 0.01)), 1), "blacked_out_passed": blacked}
    return out
