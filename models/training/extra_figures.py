"""Figures of the findings network that need more than the appliance's own scores: sources, views, and where its maps point.

Run on the ONNX file under ONNX Runtime, on digital originals of the validation split.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from tqdm import tqdm

import augment
import opacity
import regions
from common import ROOT
from films import FINDINGS, Film, load_pixels, read_films
from lungs_figures import clear_films, parts
from metrics import auc_ci
from train_lungs import read_masks

# Findings whose maps should point at an opacity drawn into a clear lung.
POINTING = ("abnormal", "pneumonia", "infiltration")


class Scorer:
    """Logits and maps of a film and the box that it was seen through."""

    def __init__(self, network: Path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
        self.size = self.session.get_inputs()[0].shape[2]

    def __call__(self, g: np.ndarray, box: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        x = augment.to_input(regions.seen(np.asarray(g), regions.shipped(box), self.size)[None])
        logits, maps = self.session.run(["logits", "maps"], {"radiograph": x})
        return logits[0], maps[0]


def area(positive: np.ndarray, negative: np.ndarray) -> str:
    got = auc_ci(np.r_[np.ones(len(positive)), np.zeros(len(negative))].astype(int), np.r_[positive, negative])
    return f"{got['auc']:.3f} ({got['low']:.3f} to {got['high']:.3f}), {len(positive)} against {len(negative)}" if got else ""


def figures(args: argparse.Namespace) -> dict:
    films = read_films(args.data, args.photos)
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    boxes = regions.boxes_of(args.work, pixels, "films")
    network = (args.pack or ROOT / "models/findings/2.0.0") / "model.onnx"
    scorer = Scorer(network)
    val = [i for i, f in enumerate(films) if f.split == "val" and f.source in ("nih", "shenzhen", "ieee8023")]
    logits = {i: scorer(pixels[i], boxes[i])[0] for i in tqdm(val, desc="scores", mininterval=10)}
    tables = [sources(films, logits), views(films, logits), pointing(args, films, scorer)]
    other = args.work / "findings-commercial.onnx"
    if other.exists():
        tables.append(commercial(films, logits, {i: Scorer(other)(pixels[i], boxes[i])[0] for i in val}))
    return {"tables": tables}


def of(films: list[Film], logits: dict[int, np.ndarray], finding: str, keep) -> np.ndarray:
    k = FINDINGS.index(finding)
    return np.array([z[k] for i, z in logits.items() if keep(films[i])])


def sources(films: list[Film], logits: dict[int, np.ndarray]) -> tuple:
    def normal(source: str):
        return lambda f: f.source == source and "normal" in f.raw

    def ill(source: str):
        return lambda f: f.source == source and "normal" not in f.raw

    tb_like = {"infiltration", "consolidation", "fibrosis", "nodule", "pleural_thickening"}
    rows = [["question", "AUC (95 % CI)"]]
    for text, finding, a, b in (
        ("tuberculosis: Shenzhen normals against NIH normals", "tuberculosis", normal("shenzhen"), normal("nih")),
        ("tuberculosis: NIH abnormal against NIH normals", "tuberculosis", ill("nih"), normal("nih")),
        ("tuberculosis: NIH infiltration, consolidation, fibrosis, nodule or pleural thickening against NIH normals", "tuberculosis",
         lambda f: f.source == "nih" and bool(f.raw & tb_like), normal("nih")),
        ("tuberculosis: Shenzhen tuberculosis against NIH abnormal", "tuberculosis", ill("shenzhen"), ill("nih")),
        ("covid19: ieee8023 without COVID-19 against NIH abnormal", "covid19", lambda f: f.source == "ieee8023" and "covid19" not in f.raw, ill("nih")),
    ):
        rows.append([text, area(of(films, logits, finding, a), of(films, logits, finding, b))])
    note = ("Between normals of two hospitals 0.5 means that the output does not know the hospital. "
            "Between ill and normal films of a hospital without tuberculosis labels, more than 0.5 means that it rises with other disease too: it is not specific.")
    return "Does it know the source, or the disease?", note, rows


def views(films: list[Film], logits: dict[int, np.ndarray]) -> tuple:
    rows = [["finding", "view", "AUC (95 % CI)"]]
    for finding in ("abnormal", "pneumonia", "effusion", "cardiomegaly", "edema"):
        k = FINDINGS.index(finding)
        for view in ("PA", "AP"):
            here = [(z[k], films[i].labels[k]) for i, z in logits.items() if films[i].source == "nih" and films[i].view == view]
            positive, negative = (np.array([z for z, y in here if y == want]) for want in (1, 0))
            if len(positive) > 1:
                rows.append([finding, view, area(positive, negative)])
    return "Inside one view (NIH)", "Most NIH normals are bedside films (AP), so the view could give the answer away.", rows


def hit(heat: np.ndarray, box: np.ndarray, truth: np.ndarray) -> tuple[bool, float]:
    """Whether the hottest place lies in the truth or within half a cell of the map, and how often chance would."""
    n = truth.shape[0]
    x0, y0, x1, y1 = (int(round(v * n)) for v in box)
    wide = cv2.resize(heat, (x1 - x0, y1 - y0), interpolation=cv2.INTER_LINEAR)
    reach = max(1, int(round((x1 - x0) / heat.shape[1] / 2)))
    near = cv2.dilate(truth.astype(np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))[y0:y1, x0:x1]
    y, x = np.unravel_index(int(wide.argmax()), wide.shape)
    return bool(near[y, x]), float(near.mean())


def pointing(args: argparse.Namespace, films: list[Film], scorer: Scorer) -> tuple:
    """The pointing game: is the hottest place of a map where the opacity is?"""
    lungs = regions.Lungs()
    chosen, pixels = clear_films(args, films)
    hits: dict[str, list] = {f: [] for f in POINTING}
    risen: dict[str, list] = {f: [] for f in POINTING}
    for i, (film, g) in enumerate(zip(chosen, tqdm(pixels, desc="pointing", mininterval=10))):
        soft = lungs.masks(g)
        box = regions.lung_box(soft)
        if box is None:
            continue
        sides = np.stack([cv2.resize(m.astype(np.uint8), g.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0 for m in parts(soft)[0]], -1)
        drawn, truth = opacity.draw_held_out(g, sides, np.random.default_rng([91, i]))
        if truth.sum() < 0.02 * sides.any(-1).sum():
            continue
        before, _ = scorer(g, box)
        after, maps = scorer(drawn, box)
        for f in POINTING:
            k = FINDINGS.index(f)
            risen[f].append(float(after[k] - before[k]))
            hits[f].append(hit(maps[k], regions.shipped(box), truth))
    rows = [["map", "what must be hit", "films", "hit", "by chance", "score rises"]]
    for f in POINTING:
        h = np.array(hits[f], float)
        rows.append([f, "opacity drawn into a clear lung", str(len(h)), f"{h[:, 0].mean():.2f}", f"{h[:, 1].mean():.2f}", f"{(np.array(risen[f]) > 0).mean():.2f}"])
    outlined = [(film, g, m) for film, g, m in zip(*read_masks(args.data, films)) if film.split in ("val", "calibrate")]
    for f in ("abnormal", "covid19", "pneumonia"):
        k, inside = FINDINGS.index(f), []
        for film, g, m in outlined:
            box = regions.lung_box(lungs.masks(g))
            if film.labels[k] == 1 and box is not None:
                inside.append(hit(scorer(g, box)[1][k], regions.shipped(box), m.max(-1) > 127))
        if inside:
            h = np.array(inside, float)
            rows.append([f, "a lung, as people outlined it", str(len(h)), f"{h[:, 0].mean():.2f}", f"{h[:, 1].mean():.2f}", ""])
    note = ("The pointing game: the hottest place of the map must lie on the target or within half a cell of the map. Nobody outlined findings in the films at hand, so the targets are "
            "opacities drawn by `opacity.draw_held_out` on validation films without findings, and the lungs themselves. Measured before the map is clipped to the lungs.")
    return "Where the maps point", note, rows


def commercial(films: list[Film], both: dict[int, np.ndarray], only: dict[int, np.ndarray]) -> tuple:
    rows = [["finding", "source", "all sources", "without non-commercial films"]]
    for finding, source in (("abnormal", "nih"), ("abnormal", "shenzhen"), ("tuberculosis", "shenzhen"), ("covid19", "ieee8023"), ("pneumonia", "nih"), ("effusion", "nih"), ("cardiomegaly", "nih")):
        k = FINDINGS.index(finding)
        row = [finding, source]
        for logits in (both, only):
            here = [(z[k], films[i].labels[k]) for i, z in logits.items() if films[i].source == source]
            row.append(area(*(np.array([z for z, y in here if y == want]) for want in (1, 0))))
        rows.append(row)
    note = "`train_findings.py --commercial` leaves out every source whose terms rule out or leave open commercial use. Without Shenzhen nothing teaches tuberculosis: that row is chance."
    return "Trained without non-commercial films", note, rows

