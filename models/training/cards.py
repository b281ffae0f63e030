"""Write manifests, model cards and models/README.md from the result files: no figure is typed by hand."""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path

import card_findings
import card_locator
import card_lungs
import card_orientation
from common import ROOT
from evaluate import RESULTS

NOT_SCORED = ("Fractures, emphysema, hernia, lines and tubes: the films at hand hold too few of them for an honest figure, as they do of every finding that the table does not name. "
              "Tuberculosis under 15 years. Lateral films. The cardiothoracic ratio: the lung outlines at hand follow the chest wall and include the heart, so its error could not be measured.")


def readme(_: argparse.Namespace) -> None:
    lines = ["# Models", "", "Written by `models/training/cards.py` from the manifests. How they were trained: [training/REPORT.md](training/REPORT.md); how to repeat it: [training/README.md](training/README.md). "
             "Packs, signatures and other people's networks: [../docs/models.md](../docs/models.md).", "",
             "## What is scored", "", "| model | finding | status | from age | evidence |", "|---|---|---|---|---|"]
    failures, others = [], []
    for path in sorted((ROOT / "models").glob("*/*/manifest.toml")):
        m = tomllib.loads(path.read_text())
        name = f"[{m['id']} {m['version']}]({path.parent.relative_to(ROOT / 'models')}/CARD.md)"
        lines += [f"| {name} | {f['code']} | {f['status']} | {f['min_age_years']} | {f['evidence']} |" for f in m.get("finding", [])]
        failures += [f"- **{m['id']}**: {f}" for f in m["known_failures"]]
        if "finding" not in m:
            others.append(f"- {name}: {m['intended_use']}")
    lines += ["", "*Assessed* findings have an interval and an operating point; *hints* are weak evidence, are shown as such and never alert.", "", "## What prepares the film", "", *others,
              "", "## What is not scored", "", NOT_SCORED, "", "## Known failures", "", *failures]
    (ROOT / "models/README.md").write_text("\n".join(lines) + "\n")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("what", choices=["all", "findings", "orientation", "lungs", "locator", "readme", "draft", "calibrated"])
    p.add_argument("--data", type=Path, default=ROOT / "../shared/cxr")
    p.add_argument("--photos", type=Path, default=ROOT / "../shared/photos")
    p.add_argument("--pack", type=Path, help="for draft and calibrated: the folder to write into")
    p.add_argument("--name", default="shipped", help="for calibrated: whose calibration")
    p.add_argument("--turn", type=float, default=0.6)
    p.add_argument("--mirror", type=float, default=0.9)
    p.add_argument("--inverted", type=float, default=0.5)
    p.add_argument("--chest", type=float, default=0.5)
    p.add_argument("--lateral", type=float, default=0.9)
    p.add_argument("--two-films", type=float, default=0.9)
    p.add_argument("--child", type=float, default=0.9)
    args = p.parse_args()
    if args.what == "draft":
        card_findings.draft(args.pack)
    elif args.what == "calibrated":
        card_findings.calibrated(args.pack, json.loads((RESULTS / f"calibration-{args.name}.json").read_text()))
    else:
        steps = {"findings": card_findings.findings, "orientation": card_orientation.orientation, "lungs": card_lungs.lungs, "locator": card_locator.locator, "readme": readme}
        for name, step in steps.items():
            if args.what in ("all", name):
                step(args)


if __name__ == "__main__":
    main()
