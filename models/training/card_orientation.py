"""Manifest and card of the orientation network, from its result file."""

from __future__ import annotations

import argparse
import json
from collections import Counter

import manifest
from common import ROOT
from evaluate import RESULTS
from films import read_films, read_gate

VERSION = "2.0.0"


def orientation(args: argparse.Namespace) -> None:
    r = json.loads((RESULTS / "orientation.json").read_text())
    films = read_films(args.data, args.photos)
    counts = Counter(f.source for f in films if f.split == "train" and f.oriented)
    gate = Counter(g[1] for g in read_gate(args.data) if g[2] == "train")
    use = "Puts a digitised film upright before it is scored, notices an inverted grey scale, refuses what is no frontal chest radiograph, and asks when a film looks like a small child's."
    failures = [
        "Mirroring: heart on the right side, collapsed lung, large effusion or poor contrast can look like a mirrored film; act only above mirror_confidence, else ask the technician.",
        "Films turned by about 45 degrees have no right answer.",
        "Eight bone films and few lateral films were seen in training, and no bone film was left to test on: some other radiographs will pass as chest films.",
        "A film with no visible lungs may be refused as not chest.",
        "Children: most came from one collection of 1 to 5 years; between 6 and 14 years few films were seen. It asks about the patient, it decides nothing.",
        "Two films: learned from pairs put together by code.",
        "Trained on films turned, mirrored and inverted by code, with imitated phone photos; apart from a few photographs inside the COVID collections, no real photographed film was in training or test.",
    ]
    cut = {"turn_confidence": args.turn, "mirror_confidence": args.mirror, "inverted_threshold": args.inverted, "chest_threshold": args.chest,
           "lateral_threshold": args.lateral, "two_films_threshold": args.two_films, "child_threshold": args.child}
    out = manifest.head("orientation", VERSION, use, failures, manifest.square(r["size"])) + "\n[outputs]\n" + manifest.table({"orientation": "orientation", "inverted": "inverted", "chest": "chest", "kinds": "kinds"})
    out += "\n[orientation]\n" + manifest.table(cut) + manifest.training(counts)
    out += "\n[[training]]\n" + manifest.table({"source": "gate negatives (lateral, CT, bone)", "images": sum(n for k, n in gate.items() if k != "natural photo"),
                                       "licence": "as ieee8023-covid-chestxray; bone films: not stated"})
    out += "\n[[training]]\n" + manifest.table({"source": "gate negatives (natural photos)", "images": gate["natural photo"], "licence": "ImageNet terms"})
    lines = [f"# Orientation network {VERSION}", "", f"First five stages of EfficientNet-Lite0, {r['size']} × {r['size']} px, with a head that keeps a 4 × 4 grid of position. Written by `models/training/cards.py`.", "",
             "`orientation` has eight logits, index = 2 × (turn / 90) + mirrored: the picture equals rotate_clockwise(mirror_left_right(upright), turn). "
             "To undo: rotate counter-clockwise by turn, then flip left-right if mirrored. The chance of a turn is the sum over its two indices, the chance of mirroring the sum over the four odd ones. "
             "`inverted` and `chest` are single logits; `kinds` has three: lateral film, two films in one picture, child. All thresholds are probabilities.", "", "## Use", "", use, "",
             "## Figures on validation films", "",
             "Every film in random orientations, all eight equally often. “Phone” is an imitated phone photo at training strength; “inverted” is that with a reversed grey scale. "
             "“Two looks” averages the answer for the picture and for its mirror image.", "",
             "| source | copies | n | turn right | mirroring right | all eight right | grey scale right | mirroring right, two looks |", "|---|---|---|---|---|---|---|---|"]
    for source, row in r["val"]["by_source"].items():
        for kind, a in row.items():
            two = f"{a['mirror_two_looks']:.3f}" if "mirror_two_looks" in a else ""
            lines.append(f"| {source} | {kind} | {a['n']} | {a['turn']:.3f} | {a['mirror']:.3f} | {a['both']:.3f} | {a['grey_scale']:.3f} | {two} |")
    lines += ["", "## Acting only when sure (NIH validation films, originals and phone copies)", "",
              "“Field mix”: 82 % upright, 6 % in each other turn, 8 % mirrored; a turn is undone from 0.6 on, mirroring from the confidence in the row.", "",
              "| confidence | share with a sure turn | turn right when sure | mirrored films noticed | unmirrored films wrongly flipped | right at field mix | the same, two looks |", "|---|---|---|---|---|---|---|"]
    for a in r["val"]["confidence"]["nih"]:
        lines.append(f"| {a['confidence']} | {a['turn_sure']:.3f} | {a['turn_right_when_sure']:.3f} | {a['mirrored_noticed']:.3f} | {a['wrongly_mirrored']:.3f} | "
                     f"{a['right_at_field_mix']:.3f} | {a['right_at_field_mix_two_looks']:.3f} |")
    lines += ["", "Recommended: " + ", ".join(f"`{k}` {v}" for k, v in cut.items()) + ".", "", "## Chest film or not", "",
              "| what is shown | n | AUC against films | accepted at 0.5 | at 0.7 | at 0.9 |", "|---|---|---|---|---|---|"]
    for kind, a in r["val"]["chest"].items():
        t = a["accepted_at_probability"]
        auc = f"{a['auc']:.4f}" if a.get("auc") is not None else ""
        lines.append(f"| {kind} | {a['n']} | {auc} | {t['0.5']:.3f} | {t['0.7']:.3f} | {t['0.9']:.3f} |")
    lines += ["", "## Lateral films, two films, children", "", "Every picture through an imitated phone, in random orientation. A lateral film or two films refuse the photo; a child's film only asks.", "",
              "| kind | with | without | AUC | noticed at 0.5 | false at 0.5 | noticed at 0.9 | false at 0.9 |", "|---|---|---|---|---|---|---|---|"]
    lines += [f"| {name} | {k['with']} | {k['without']} | {k['auc']:.3f} | {k['noticed']['0.5']:.3f} | {k['false']['0.5']:.3f} | {k['noticed']['0.9']:.3f} | {k['false']['0.9']:.3f} |"
              for name, k in r["kinds"].items()]
    lines += ["", "Laterals and CT slices for this table are a quarter set aside by patient; they are few, and the same patients' frontal films may have been trained on. "
              "The eight bone films are all in training: how often another bone film passes as a chest film has not been measured.",
              "", "## Known failures", ""] + [f"- {f}" for f in failures] + manifest.data_notes(counts)
    lines += [f"Not chest: {', '.join(f'{n} {k}' for k, n in gate.items())}, and pages, panels, textures and shapes drawn by code (`nonchest.py`)."]
    manifest.write(ROOT / f"models/orientation/{VERSION}", out, lines)
