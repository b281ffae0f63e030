"""Manifest and card of the film locator, from its result file."""

from __future__ import annotations

import argparse
import json

import manifest
from card_findings import table
from common import ROOT
from evaluate import RESULTS

VERSION = "1.0.0"
USE = "Finds the film in a photo: its outline, its four corners in the film's own order, and whether there is a film at all."
FAILURES = [
    "Trained and judged on rendered photos; no photo of a real film on a real view box was at hand.",
    "Corners are good to about a hundredth of the film: lines in the full photo must refine them.",
    "With two films in the picture it points at one of them.",
]


def locator(_: argparse.Namespace) -> None:
    path = RESULTS / "locator.json"
    if not path.exists():
        return
    r = json.loads(path.read_text())
    text = manifest.head("locator", VERSION, USE, FAILURES, manifest.square(r["size"])) + "\n[outputs]\n" + manifest.table({"corners": "corners", "mask": "mask", "present": "present"})
    text += "\n[[training]]\n" + manifest.table({"source": "rendered photos of nih-chestxray14 films", "images": r["trained_on"], "licence": manifest.LICENCES["nih"][1]})
    lines = [f"# Film locator {VERSION}", "", f"First five stages of EfficientNet-Lite0 with a small decoder, {r['size']} × {r['size']} px in (the whole photo, squashed), half of that out: a mask, one map for each corner, "
             "and a logit for “there is a film”. Written by `models/training/cards.py`.", "", "## Use", "", USE, "", "## Figures", "",
             "Photos rendered with other seeds than any that trained. Error: mean distance of the four corners over the film's diagonal, whichever corner is called the first.", ""]
    columns = ["set", "photos of films", "film seen", "median error", "95 %", "over 0.02", "over 0.05", "corners in the film's order", "mask overlap", "others", "taken for films"]
    rows = []
    for name, a in r["sets"].items():
        cells = [f"{a[k]:.3f}" if a.get(k) is not None else "" for k in ("film_seen", "corner_median", "corner_p95", "over_0.02", "over_0.05", "in_order", "mask_iou")]
        other = "" if a["others_taken_for_films"] is None else f"{a['others_taken_for_films']:.3f}"
        rows.append([name, str(a["films"]), *cells, str(a["others"]), other])
    lines += [*table(columns, rows), "", "## Known failures", "", *(f"- {f}" for f in FAILURES), "", f"Licence of the weights: {manifest.WEIGHTS_LICENCE}"]
    manifest.write(ROOT / f"models/locator/{VERSION}", text, lines)
