"""Manifest and card of the findings network, from its result files: no figure is typed by hand."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import manifest
import regions
from common import ROOT
from evaluate import CONFIDENCE, COVERAGE, PAIRS, RESULTS, SENSITIVITY, SENSITIVITY_OTHER
from films import FINDINGS, read_films

VERSION = "2.0.0"
INPUT = {**manifest.square(160), "tone": "equalised", "region": "lungs", "margin": regions.SHIPPED_MARGIN}
# A finding is assessed only if the lower end of its interval holds inside every single source, with enough positives.
ASSESSED_LOW, ASSESSED_POSITIVES = 0.70, 20
# A hint must at least be better than chance on enough positives; what is not stands in the "not assessed" list.
HINT_LOW, HINT_POSITIVES = 0.60, 10
# What the appliance is asked for: at least a hint, whatever the figures.
ASKED = {"abnormal", "tuberculosis", "covid19", "pneumonia", "effusion", "cardiomegaly"}
ALWAYS_HINT = {"covid19"}
ADULTS_ONLY = {"tuberculosis": 15}
PLACE = {"nih": "NIH (adults)", "shenzhen": "Shenzhen (128 px)", "kermany": "Kermany (children)", "ieee8023": "ieee8023 (published cases)"}
CAVEAT = {
    "abnormal": "Any finding against none; NIH labels come from report text.",
    "tuberculosis": "TB-consistent picture, not bacteriology; one hospital only, never tested at a second one.",
    "covid19": "COVID films come from two web collections, so this may tell collections apart: a hint only.",
    "pneumonia": "Airspace opacity of any cause; strong only in children.",
}
FEW = "Few positives, from report text."
USE = "Second look for the person who decides, on one upright frontal chest radiograph digitised from film. It orders and annotates; it does not diagnose."
FAILURES = [
    "Tuberculosis was learned at one hospital, at 128 px: expect a lower AUC at any other hospital; it has not been measured at one.",
    "The COVID-19 output was learned from web collections and may answer to the collection instead of the disease.",
    "Children: the opacity output is tuned by films of small children; tuberculosis is not assessed under 15 years.",
    "Small nodules, fractures, lines and tubes are not assessed.",
    "Lateral films, two films in one picture, films turned or mirrored by mistake: run the orientation network first.",
    "Very dark, washed-out or strongly glared photos move the scores: grade the film first.",
]


def interval(a: list[float], row: dict) -> str:
    return f"{a[0]:.3f} ({a[1]:.3f} to {a[2]:.3f}), {row['positives']} with and {row['n'] - row['positives']} without"


def rows_of(report: list[dict], finding: str) -> list[dict]:
    """Figures of one finding inside the sources that have both classes."""
    return [r for r in report if r["label"] == finding and (finding, r["source"]) in PAIRS and r["auc"]]


def status(finding: str, rows: list[dict]) -> str | None:
    """`assessed`, `hint`, or None where the network says nothing."""
    def all_hold(low: float, positives: int) -> bool:
        return bool(rows) and all(r["auc"][1] >= low and r["positives"] >= positives for r in rows)

    if finding not in ALWAYS_HINT and all_hold(ASSESSED_LOW, ASSESSED_POSITIVES):
        return "assessed"
    return "hint" if finding in ASKED or all_hold(HINT_LOW, HINT_POSITIVES) else None


def evidence(finding: str, rows: list[dict]) -> str:
    text = f"{CAVEAT.get(finding, FEW)} Validation films never trained on, each source by itself: "
    text += "; ".join(f"{PLACE[r['source']]}: AUC {interval(r['auc'], r)}" for r in rows) + "."
    if any(r["auc"][1] <= 0.5 for r in rows):
        text += " The interval includes chance."
    if status(finding, rows) == "assessed":
        text += " At the threshold: " + "; ".join(f"{PLACE[r['source']]} sensitivity {r['sensitivity'][0]:.2f}, specificity {r['specificity'][0]:.2f}" for r in rows)
        text += "; photos differ (see the card)."
    return text


def channels(finding: str, calibration: dict) -> str:
    out = ""
    for channel in ("digital", "phone"):
        if finding in calibration[channel]:
            s = calibration[channel][finding]
            out += "\n[[finding.channel]]\n" + manifest.table({"channel": channel, **{k: s[k] for k in ("scale", "offset", "threshold", "indeterminate")}})
    return out


def head() -> str:
    top = manifest.head("findings", VERSION, USE, FAILURES, INPUT)
    return top + "\n[outputs]\n" + manifest.table({"logits": "logits", "maps": "maps", "count": len(FINDINGS)})


def draft(folder: Path) -> None:
    """A manifest whose scores are plain sigmoids of the logits, for `evaluate.py calibrate`."""
    same = {"scale": 1.0, "offset": 0.0, "threshold": 0.5, "indeterminate": [0.5, 0.5]}
    calibration = {c: {f: same for f in FINDINGS} for c in ("digital", "phone")}
    text = head()
    for k, finding in enumerate(FINDINGS):
        text += "\n[[finding]]\n" + manifest.table({"code": finding, "index": k, "status": "hint", "min_age_years": 0, "evidence": "not measured"}) + channels(finding, calibration)
    manifest.write(folder, text + "\n[[training]]\n" + manifest.table({"source": "draft", "images": 1, "licence": "draft"}), ["# Draft"])


def calibrated(folder: Path, calibration: dict) -> None:
    """As `draft`, with the calibration: for figures before it is known what ships."""
    text = head()
    for k, finding in enumerate(FINDINGS):
        if finding in calibration["digital"]:
            text += "\n[[finding]]\n" + manifest.table({"code": finding, "index": k, "status": "hint", "min_age_years": 0, "evidence": "not measured"}) + channels(finding, calibration)
    manifest.write(folder, text + "\n[[training]]\n" + manifest.table({"source": "draft", "images": 1, "licence": "draft"}), ["# Draft"])


def findings(args: argparse.Namespace) -> None:
    report = json.loads((RESULTS / "findings-shipped.json").read_text())
    calibration = json.loads((RESULTS / "calibration-shipped.json").read_text())
    counts = Counter(f.source for f in read_films(args.data, args.photos) if f.split == "train")
    text = head()
    for k, finding in enumerate(FINDINGS):
        rows = rows_of(report["digital"], finding)
        how = status(finding, rows)
        if how:
            text += "\n[[finding]]\n" + manifest.table({"code": finding, "index": k, "status": how, "min_age_years": ADULTS_ONLY.get(finding, 0), "evidence": evidence(finding, rows)})
            text += channels(finding, calibration)
    manifest.write(ROOT / f"models/findings/{VERSION}", text + manifest.training(counts), card(report, calibration) + manifest.data_notes(counts))


def table(columns: list[str], rows: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns), *("| " + " | ".join(r) + " |" for r in rows)]


def number(v: float | None, digits: int = 3) -> str:
    return "" if v is None else f"{v:.{digits}f}"


def card(report: dict, calibration: dict) -> list[str]:
    lines = [f"# Findings network {VERSION}", "",
             f"EfficientNet-Lite0 with one grey channel on the box around both lungs, {INPUT['width']} × {INPUT['height']} px, grey levels replaced by their rank; a score and a map for each finding. "
             "Written by `models/training/cards.py` from what `fieldray evaluate` measured.", "", "## Use", "", USE, "",
             "## Figures on validation films, digital originals", "",
             "Patients were never trained on. Each row is one source by itself, so a network that only knows the source would score 0.5. "
             "Coverage: share of films with, and without, the finding whose call is right or undecided.", ""]
    lines += table(["finding", "status", "source", "AUC (95 % CI)", "sensitivity / specificity at the threshold", "undecided", "coverage with / without", "calibration error (by chance)"],
                   [digital_row(f, r, rows) for f in FINDINGS for rows in [rows_of(report["digital"], f)] for r in rows])
    lines += ["", "## Photos of the same films, through the whole pipeline", "",
              "Rendered phone photos (wide profile, no planned fault), found, straightened and graded by the appliance, each against its digital original. "
              "*All*: also those that the appliance would send back for their quality; the 128 px films of Shenzhen mostly are, for blur. "
              "*Flipped*: called above instead of below, or below instead of above.", ""]
    lines += table(["finding", "source", "photos", "AUC of the originals", "AUC of the photos", "median score shift", "crossed the threshold", "flipped", "undecided"],
                   [photo_row(r, what) for f in FINDINGS for what in ("phone", "phone_all") for r in rows_of(report[what], f) if r.get("against")])
    lines += ["", "## Ten photos of one film", "", "A few films, each photographed ten times in ten scenes.", ""]
    lines += table(["finding", "films", "photos scored", "standard deviation of the score", "same call"],
                   [[r["label"], str(r["repeats"]["films"]), str(r["repeats"]["pictures"]), number(r["repeats"]["deviation"]), number(r["repeats"]["same_call"])]
                    for r in report["repeat"] if r["source"] == "ALL LABELLED" and r.get("repeats")])
    lines += shortcuts(report)
    lines += ["", "## Calibration and thresholds", "",
              "A tenth of the training patients was set aside (`calibrate`). Scale and offset (Platt), threshold and band were fitted on these films, and once more on photos of them for the phone channel, "
              "with both classes and all sources weighted alike: a score is not the chance of disease at any clinic's prevalence. "
              f"The threshold reaches a sensitivity of {SENSITIVITY['tuberculosis']:.2f} (tuberculosis) or {SENSITIVITY_OTHER:.2f} (others) on the calibration films. "
              f"The band is class-conditional conformal prediction with a coverage of {COVERAGE:.0%}, held with a confidence of {CONFIDENCE:.0%} for as few films as there were.", ""]
    lines += table(["finding", "channel", "threshold", "band", "calibration pictures with / without"],
                   [[f, c, number(s["threshold"]), f"{s['indeterminate'][0]:.3f} to {s['indeterminate'][1]:.3f}", f"{s['calibration_positive']} / {s['calibration_negative']}"]
                    for f in FINDINGS for c in ("digital", "phone") for s in [calibration[c].get(f)] if s])
    lines += ["", f"*Assessed* means: inside every single source the lower end of the AUC interval is at least {ASSESSED_LOW:.2f}, with at least {ASSESSED_POSITIVES} positive films. "
              f"A *hint* has at least {HINT_POSITIVES} positives and a lower end of at least {HINT_LOW:.2f}, or is one of the findings asked for; COVID-19 is a hint whatever its figures. "
              "Rows without a status are not scored by the appliance.", "", *more_results(), "## Known failures", ""]
    return lines + [f"- {f}" for f in FAILURES]


def digital_row(finding: str, r: dict, rows: list[dict]) -> list[str]:
    error = r["calibration_error"]
    return [finding, status(finding, rows) or "", PLACE[r["source"]], interval(r["auc"], r), f"{r['sensitivity'][0]:.2f} / {r['specificity'][0]:.2f}",
            number(r["indeterminate"] / r["n"], 2), " / ".join(number(c, 2) for c in r["coverage"]), f"{error[0]:.3f} ({error[1]:.3f})" if error else ""]


def photo_row(r: dict, what: str) -> list[str]:
    a = r["against"]
    return [r["label"], PLACE[r["source"]] + (", all" if what == "phone_all" else ""), str(a["n"]), number(a["auc_before"]), number(a["auc_after"]), number(a["shift_median"]),
            number(a["crossed"]), number(a["flipped"]), number(r["indeterminate"] / r["n"], 2)]


def shortcuts(report: dict) -> list[str]:
    names = {"corners": "corners black", "borders": "frame black", "marks": "letters and a wire added"}
    rows = []
    for f in FINDINGS:
        for r in rows_of(report["corners"], f):
            pick = {c: next(x["against"] for x in report[c] if x["label"] == f and x["source"] == r["source"]) for c in names}
            rows.append([f, PLACE[r["source"]], *(f"{pick[c]['shift_mean']:.3f}" for c in names), number(pick["marks"]["auc_before"]), *(number(pick[c]["auc_after"]) for c in names)])
    blacked = report["lungs_blacked_out"]
    return ["", "## Shortcuts: mean absolute change of the score, and the AUC that is left", "",
            *table(["finding", "source", *(f"shift, {n}" for n in names.values()), "AUC before", *(f"AUC, {n}" for n in names.values())], rows), "",
            f"Lungs blacked out: {blacked['scored']} of {blacked['films']} films were scored at all; the others were refused."]


def more_results() -> list[str]:
    """Source confounding, one view at a time, the variant without non-commercial films."""
    path = RESULTS / "findings-extra.json"
    if not path.exists():
        return []
    extra = json.loads(path.read_text())
    lines = []
    for title, note, rows in extra["tables"]:
        lines += [f"## {title}", "", note, "", *table(rows[0], rows[1:]), ""]
    return lines
