"""Figures of the orientation network, from the ONNX file that ships, under ONNX Runtime."""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from tqdm import tqdm

import augment
import nonchest
from common import ROOT
from films import CACHE_PX, Film, load_pixels, read_films, read_gate
from metrics import auc_ci, sigmoid


class Network:
    """An ONNX file under ONNX Runtime, one square at a time, as the appliance runs it."""

    def __init__(self, path: Path, threads: int = 1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.size = self.session.get_inputs()[0].shape[2]

    def __call__(self, g: np.ndarray) -> list[np.ndarray]:
        x = augment.to_input(augment.to_square(g, self.size)[None])
        return self.session.run(None, {"radiograph": x})

def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)

def policy(p: np.ndarray, turn_confidence: float, mirror_confidence: float) -> np.ndarray:
    """What the appliance would do: undo a turn or a mirroring only when sure, otherwise leave the film as it lies."""
    turns, mirrored = p.reshape(-1, 4, 2).sum(2), p[:, 1::2].sum(1)
    turn = np.where(turns.max(1) >= turn_confidence, turns.argmax(1), 0)
    return turn * 2 + (mirrored >= mirror_confidence)

def figures(args: argparse.Namespace) -> dict:
    """Turn, mirroring, grey scale and gate on `calibrate` and `val` films."""
    network = Network(args.model or ROOT / "models/orientation/2.0.0/model.onnx")
    films = read_films(args.data, args.photos)
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    gate = read_gate(args.data)
    gate_pixels = load_pixels(args.data, [g[0] for g in gate], args.work / "cache")
    report: dict = {"size": network.size, "val": {}, "thresholds": {}}
    for split in ("calibrate", "val"):
        here = [i for i, f in enumerate(films) if f.split == split and f.oriented]
        sources = np.array([films[i].source for i in here])
        rows = []
        for n, i in enumerate(tqdm(here, mininterval=10)):
            g = np.asarray(pixels[i])
            rng = np.random.default_rng([9, n])
            # Each film twice as a digital original and twice through a phone, in random orientations; a mirrored second look for the last.
            for kind in ("digital", "digital", "phone", "phone", "inverted"):
                seen = g if kind == "digital" else augment.phone(g, rng)
                index = int(rng.integers(8))
                seen = augment.orient(seen, index)
                if kind == "inverted":
                    seen = 255 - seen
                a, b, c, _ = network(seen)
                flipped = network(np.ascontiguousarray(seen[:, ::-1]))[0][0] if kind != "inverted" else a[0]
                rows.append((n, kind, index, a[0], b[0, 0], c[0, 0], flipped))
        report[split] = by_kind(rows, sources)
        if split == "val":
            report["val"]["chest"] = chest_figures(network, rows, gate, gate_pixels, pixels[here])
            report["kinds"] = kind_figures(network, [films[i] for i in here], pixels[here], gate, gate_pixels)
        else:
            report["calibrate"]["chest"] = {}
    return report

# What a mirrored look at the picture turns each orientation into: mirroring left-right turns "turn t" into "turn -t" of the mirror image.
FLIPPED = [((4 - i // 2) % 4) * 2 + (1 - i % 2) for i in range(8)]

def by_kind(rows: list[tuple], sources: np.ndarray) -> dict:
    kind = np.array([r[1] for r in rows])
    truth = np.array([r[2] for r in rows])
    source = sources[[r[0] for r in rows]]
    p = softmax(np.array([r[3] for r in rows]))
    second = softmax(np.array([r[6] for r in rows]))[:, FLIPPED]
    both = softmax((np.log(p + 1e-9) + np.log(second + 1e-9)) / 2)
    inverted = np.array([r[4] for r in rows])
    out: dict = {"by_source": {}, "confidence": {}}
    for name in [*sorted(set(sources)), "all"]:
        here = (source == name) | (name == "all")
        row = {}
        for k in ("digital", "phone", "inverted"):
            s = here & (kind == k)
            guess, g2 = p[s].argmax(1), both[s].argmax(1)
            turns, mirrors = p[s].reshape(-1, 4, 2).sum(2).argmax(1), p[s][:, 1::2].sum(1) > 0.5
            row[k] = {"n": int(s.sum()), "turn": round(float((turns == truth[s] // 2).mean()), 4), "mirror": round(float((mirrors == truth[s] % 2).mean()), 4),
                      "both": round(float((guess == truth[s]).mean()), 4),
                      "grey_scale": round(float(((inverted[s] > 0) == (k == "inverted")).mean()), 4)}
            if k != "inverted":
                row[k]["mirror_two_looks"] = round(float(((both[s][:, 1::2].sum(1) > 0.5) == truth[s] % 2).mean()), 4)
                row[k]["both_two_looks"] = round(float((g2 == truth[s]).mean()), 4)
        out["by_source"][name] = row
    for name, here in (("nih", source == "nih"), ("all", kind != "")):
        s = here & (kind != "inverted")
        table = []
        for c in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98):
            turns, mirrored = p[s].reshape(-1, 4, 2).sum(2), p[s][:, 1::2].sum(1)
            t_sure, is_m = turns.max(1) >= c, truth[s] % 2 == 1
            acted = mirrored >= c
            table.append({"confidence": c, "turn_sure": round(float(t_sure.mean()), 4), "turn_right_when_sure": round(float((turns.argmax(1) == truth[s] // 2)[t_sure].mean()), 4),
                          "mirrored_noticed": round(float(acted[is_m].mean()), 4), "wrongly_mirrored": round(float(acted[~is_m].mean()), 4),
                          "right_at_field_mix": round(field_mix(policy(p[s], 0.6, c), truth[s]), 4),
                          "right_at_field_mix_two_looks": round(field_mix(policy(both[s], 0.6, c), truth[s]), 4)})
        out["confidence"][name] = table
    chest = np.array([r[5] for r in rows])
    out["chest_logit_quantiles"] = {k: [round(float(q), 3) for q in np.quantile(chest[kind == k], [0.005, 0.01, 0.02, 0.05, 0.5])] for k in ("digital", "phone")}
    out["inverted_logit_quantiles"] = {k: [round(float(q), 3) for q in np.quantile(inverted[kind == k], [0.005, 0.05, 0.5, 0.95, 0.995])] for k in ("digital", "phone", "inverted")}
    return out

def field_mix(done: np.ndarray, truth: np.ndarray) -> float:
    """Share put right if 82 % of films lie upright, 6 % in each other turn, and 8 % are mirrored: the mix of the rendered photos."""
    total = 0.0
    for i in range(8):
        here = truth == i
        if here.any():
            total += (0.82 if i < 2 else 0.06) * (0.08 if i % 2 else 0.92) * float((done[here] == i).mean())
    return total

def kind_figures(network: Network, films: list[Film], pixels: np.ndarray, gate: list[tuple[str, str, str]], gate_pixels: np.ndarray) -> dict:
    """How often each kind is seen where it is, and where it is not, at a probability of 0.5 and 0.9; every picture through a phone."""
    rng = np.random.default_rng(17)

    def seen(g: np.ndarray) -> np.ndarray:
        return sigmoid(network(augment.orient(augment.phone(np.asarray(g), rng), int(rng.integers(8))))[3][0])

    plain = np.array([seen(g) for g in pixels])
    laterals = np.array([seen(g) for (_, kind, split), g in zip(gate, gate_pixels) if split == "val" and kind.startswith("lateral") for _ in range(4)])
    pairs = np.array([seen(nonchest.two_films(np.asarray(pixels[int(rng.integers(len(pixels)))]), np.asarray(g), rng)) for g in pixels[:300]])
    child, source = np.array([f.child for f in films]), np.array([f.source for f in films])
    sets = {"lateral": (0, laterals, plain), "two_films": (1, pairs, plain),
            "child, NIH": (2, plain[(source == "nih") & (child == 1)], plain[(source == "nih") & (child == 0)]),
            "child, Kermany against NIH adults": (2, plain[(source == "kermany") & (child == 1)], plain[(source == "nih") & (child == 0)])}
    return {name: {"with": len(there), "without": len(absent), "auc": round(auc_of(there[:, k], absent[:, k]), 4),
                   "noticed": {str(t): round(float((there[:, k] >= t).mean()), 4) for t in (0.5, 0.9)},
                   "false": {str(t): round(float((absent[:, k] >= t).mean()), 4) for t in (0.5, 0.9)}} for name, (k, there, absent) in sets.items()}


def auc_of(there: np.ndarray, absent: np.ndarray) -> float:
    got = auc_ci(np.r_[np.ones(len(there)), np.zeros(len(absent))].astype(int), np.r_[there, absent])
    return got["auc"] if got else float("nan")


def chest_figures(network: Network, rows: list[tuple], gate: list[tuple[str, str, str]], gate_pixels: np.ndarray, films: np.ndarray) -> dict:
    """Area and false accepts of the gate, per kind of what is not a frontal chest film."""
    rng = np.random.default_rng(31)
    chest = np.array([r[5] for r in rows if r[1] in ("digital", "phone")])
    others: dict[str, list[float]] = {}
    for (_, kind, split), g in zip(gate, gate_pixels):
        if split == "val":
            for _ in range(2):
                others.setdefault(kind, []).append(float(network(augment.orient(augment.phone(np.asarray(g), rng), int(rng.integers(8))))[2][0, 0]))
    for n in range(150):
        others.setdefault("drawn by code", []).append(float(network(nonchest.drawn(rng, CACHE_PX))[2][0, 0]))
        others.setdefault("fragment of a film", []).append(float(network(augment.phone(nonchest.fragment(np.asarray(films[n % len(films)]), rng), rng))[2][0, 0]))
    out = {}
    for kind, values in others.items():
        v = np.array(values)
        result = auc_ci(np.r_[np.ones(len(chest)), np.zeros(len(v))].astype(int), np.r_[chest, v])
        out[kind] = {"n": len(v), "auc": result["auc"] if result else None,
                     "accepted_at_probability": {str(t): round(float((sigmoid(v) >= t).mean()), 4) for t in (0.3, 0.5, 0.7, 0.9)}}
    out["films"] = {"n": len(chest), "accepted_at_probability": {str(t): round(float((sigmoid(chest) >= t).mean()), 4) for t in (0.3, 0.5, 0.7, 0.9)}}
    return out
