"""Manifest and card of the lung network, from its result file."""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter

import manifest
from card_findings import PLACE, table
from common import ROOT
from evaluate import RESULTS
from films import read_films
from train_lungs import SECOND

VERSION = "1.0.0"
LUNG_AREA_MIN, CONTRAST_MIN = 0.015, 4.0
USE = "Outlines both lungs and opacities in them on an upright frontal chest radiograph: for the share of lung affected, for the part of the film that is scored, and to refuse what shows no two lungs."
FAILURES = [
    "A lung that is white altogether may not be outlined: the film is then refused, not scored.",
    "Opacities were learned from drawn ones, because nobody outlined real ones in the films at hand: faint or very fine patterns are missed, and the share on real disease was looked at by eye, not measured.",
    "The outlines follow the chest wall and include the lung behind the heart, as the human outlines did: no heart size can be taken from them.",
    "Human outlines exist for one collection of published cases only; the other collections were checked by eye.",
    "Breast shadows, scapulae and skin folds can pass for opacity at the lung's edge.",
]


def lungs(args: argparse.Namespace) -> None:
    r = json.loads((RESULTS / "lungs.json").read_text())
    films = {f.file: f for f in read_films(args.data, args.photos)}
    with (args.data / "masks.csv").open(newline="") as handle:
        outlined = Counter(films[row["image"]].source for row in csv.DictReader(handle) if films[row["image"]].split == "train")
    clear = Counter(f.source for f in films.values() if f.split == "train" and "normal" in f.raw and f.source in SECOND)
    repeat, drawn = r["repeat"], r["share_drawn"]
    text = manifest.head("lungs", VERSION, USE, FAILURES, manifest.square(r["size"])) + "\n[outputs]\n" + manifest.table({"masks": "masks"})
    text += "\n[lungs]\n" + manifest.table({"lung_area_min": LUNG_AREA_MIN, "contrast_min": CONTRAST_MIN, "repeat_error_base": repeat["base"], "repeat_error_slope": repeat["slope"]})
    lines = [f"# Lung network {VERSION}", "", f"First five stages of EfficientNet-Lite0 with a small decoder, {r['size']} × {r['size']} px in, three masks at half of that out: "
             "lung on the left of the picture, lung on its right, opacity. Written by `models/training/cards.py`.", "", "## Use", "", USE, "",
             "## Outlines", "", "Dice of both lungs together against human outlines of patients never trained on.", ""]
    lines += table(["films", "n", "mean Dice", "worst", "share of films with at least 0.93"],
                   [[s, str(a["n"]), f"{a['mean']:.3f}", f"{a['worst']:.3f}", f"{a['over_0.93']:.2f}"] for s, a in r["outlines"].items() if a["n"]])
    lines += ["", "Contact sheets of every other source (NIH, Shenzhen, Kermany, COVID-CXNet) were looked at by eye: both lungs outlined, costophrenic angles included, no outline outside the chest.", "",
              "## Share of lung affected", "",
              f"Opacities of known area and of kinds held out of training (polygons, other edges, grain), drawn on {drawn['n']} validation films without findings. "
              f"Mean absolute error {drawn['mean_absolute']:.1f} percentage points, bias {drawn['bias']:+.1f}, nine of ten within {drawn['p90_absolute']:.1f}. "
              f"The strongest cell lies in the drawn opacity on {drawn['hottest_cell_in_opacity']:.0%} of the films.", ""]
    lines += table(["true share, %", "films", "mean absolute error, points", "bias, points"], [[f"{b['from']} to {b['to']}", str(b["n"]), f"{b['mean_absolute']:.1f}", f"{b['bias']:+.1f}"] for b in drawn["by_size"]])
    lines += ["", *table(["source", "films", "mean absolute error, points"], [[PLACE[s], str(a["n"]), f"{a['mean_absolute']:.1f}"] for s, a in drawn["by_source"].items()]), "",
              f"Films without findings and nothing drawn: {r['share_clear']['mean']:.1f} % of the lung called opaque on average ({r['share_clear']['n']} films; nine of ten at most {r['share_clear']['p90']:.1f} %).", "",
              f"Ten photos of one film ({repeat['films']} films, {repeat['photos']} photos that came back straight): standard deviation {repeat['deviation']:.1f} points. "
              f"The interval shown is the share ± ({repeat['base']} + {repeat['slope']} × share) points, which covers {repeat['covered']:.0%} of these photos.", "",
              "## Are both lungs there?", "",
              f"A lung must take up {LUNG_AREA_MIN:.1%} of the film and have an interquartile range of {CONTRAST_MIN:g} grey levels inside. “Passed” counts films whose lungs were blacked out and that still had two lungs.", ""]
    lines += table(["source", "films", "two lungs seen", "least interquartile range", "lungs blacked out: passed"],
                   [[PLACE[s], str(a["n"]), str(a["two_lungs"]), f"{a['contrast_least']:.1f}", str(a["blacked_out_passed"])] for s, a in r["seen"].items()])
    lines += ["", "## Known failures", "", *(f"- {f}" for f in FAILURES)]
    manifest.write(ROOT / f"models/lungs/{VERSION}", text + manifest.training(outlined + clear), lines + manifest.data_notes(outlined + clear))
