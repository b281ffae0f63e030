"""Write manifests, model cards and models/README.md from the result files: no figure is typed by hand."""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from collections import Counter
from pathlib import Path

from common import ROOT
from films import FINDINGS, read_films, read_gate
from evaluate import RESULTS

VERSION = "1.0.0"
LICENCES = {
    "nih": ("nih-chestxray14", "NIH Clinical Center release; attribution requested"),
    "shenzhen": ("shenzhen", "NLM research release; no open licence seen"),
    "kermany": ("kermany", "CC BY 4.0 (Mendeley Data rscbjbr9sj); not restated where the films were found"),
    "ieee8023": ("ieee8023-covid-chestxray", "mixed: CC BY-NC-SA and CC BY-NC-ND for many films, not stated for many others"),
    "covidcxnet": ("covid-cxnet", "CC BY 4.0 by its collectors; films of third parties"),
}
WEIGHTS_LICENCE = "Research use only: trained in part on films released for research or for non-commercial use (see training). ImageNet start weights: Apache-2.0."
# A finding is assessed only if the lower end of its interval holds inside every single source, with enough positives.
ASSESSED_LOW, ASSESSED_POSITIVES = 0.70, 40
ALWAYS_HINT = {"covid19"}
ADULTS_ONLY = {"tuberculosis": 15}
PLACE = {"nih": "NIH (adults)", "shenzhen": "Shenzhen (128 px)", "kermany": "Kermany (children)", "ieee8023": "ieee8023 (published cases)"}
CAVEAT = {
    "abnormal": "Any finding against none; NIH labels come from report text.",
    "tuberculosis": "TB-consistent picture, not bacteriology; one hospital only, never tested at a second one.",
    "covid19": "COVID films come from two web collections, so this may tell collections apart: a hint only.",
    "pneumonia": "Airspace opacity of any cause; strong only in children.",
    "effusion": "Few positives, from report text.",
    "cardiomegaly": "Very few positives, from report text.",
}


def toml_value(v: object) -> str:
    if isinstance(v, (list, tuple)):
        return "[" + ", ".join(toml_value(x) for x in v) + "]"
    if isinstance(v, str):
        return json.dumps(v, ensure_ascii=False)
    return repr(v)


def table(rows: dict) -> str:
    return "".join(f"{k} = {toml_value(v)}\n" for k, v in rows.items())


def interval(a: dict) -> str:
    return f"{a['auc']:.3f} ({a['low']:.3f} to {a['high']:.3f}), {a['n_positive']} with and {a['n_negative']} without"


def evidence(finding: str, row: dict) -> str:
    parts = [f"{PLACE[s]}: AUC {interval(r['digital'])}" for s, r in row.items() if r["digital"]]
    text = f"{CAVEAT[finding]} Validation films never trained on, each source by itself: " + "; ".join(parts) + "."
    if any(r["digital"] and r["digital"]["low"] <= 0.5 for r in row.values()):
        text += " The interval includes chance."
    if status(finding, row) == "assessed":
        calls = [f"{PLACE[s]} sensitivity {r['digital_call']['sensitivity']:.2f}, specificity {r['digital_call']['specificity']:.2f}" for s, r in row.items()]
        text += " At the threshold: " + "; ".join(calls) + "; phone photos differ (see the card)."
    return text


def status(finding: str, row: dict) -> str:
    if finding in ALWAYS_HINT:
        return "hint"
    good = all(r["digital"] and r["digital"]["low"] >= ASSESSED_LOW and r["digital"]["n_positive"] >= ASSESSED_POSITIVES for r in row.values())
    return "assessed" if good else "hint"


def head(name: str, use: str, failures: list[str], size: int) -> str:
    digest = hashlib.sha256((ROOT / f"models/{name}/{VERSION}/model.onnx").read_bytes()).hexdigest()
    top = table({"schema": 1, "id": name, "version": VERSION, "kind": name, "file": "model.onnx", "sha256": digest, "licence": WEIGHTS_LICENCE, "intended_use": use})
    top += "known_failures = [\n" + "".join(f"  {toml_value(f)},\n" for f in failures) + "]\n"
    return top + "\n[input]\n" + table({"name": "radiograph", "width": size, "height": size, "mean": 0.5, "std": 0.25})


def training(counts: Counter) -> str:
    return "".join("\n[[training]]\n" + table({"source": LICENCES[s][0], "images": n, "licence": LICENCES[s][1]}) for s, n in counts.items())


def findings(args: argparse.Namespace) -> None:
    r = json.loads((RESULTS / "findings.json").read_text())
    counts = Counter(f.source for f in read_films(args.data, args.photos) if f.split == "train")
    use = "Second look for the person who decides, on one upright frontal chest radiograph digitised from film. It orders and annotates; it does not diagnose."
    tb = r["val"]["tuberculosis"]["shenzhen"]
    failures = [
        "Tuberculosis was learned at one hospital, at 128 px: expect a lower AUC at any other hospital; it has not been measured at one.",
        "The COVID-19 output was learned from web collections and may answer to the collection instead of the disease.",
        "Children: the opacity output is tuned by films of small children; tuberculosis is not assessed under 15 years.",
        "Small nodules, pneumothorax, fractures, lines and tubes are not assessed.",
        "Lateral films, two films in one picture, films turned or mirrored by mistake: run the orientation network first.",
        "Very dark, washed-out or strongly glared photos move the scores: grade the film first.",
    ]
    out = head("findings", use, failures, r["size"]) + "\n[outputs]\n" + table({"logits": "logits", "maps": "maps"})
    for k, s in enumerate(r["settings"]):
        row = r["val"][s["code"]]
        out += "\n[[finding]]\n" + table({"code": s["code"], "index": k, "status": status(s["code"], row), "scale": s["scale"], "offset": s["offset"],
                                          "threshold": s["threshold"], "indeterminate": s["indeterminate"], "min_age_years": ADULTS_ONLY.get(s["code"], 0),
                                          "evidence": evidence(s["code"], row)})
    folder = ROOT / f"models/findings/{VERSION}"
    (folder / "manifest.toml").write_text(out + training(counts))
    lines = ["# Findings network 1.0.0", "",
             f"EfficientNet-Lite0 with one gray channel, {r['size']} × {r['size']} px, six outputs and their maps. Written by `models/training/cards.py`.", "",
             "## Use", "", use, "", "## Figures on validation films", "",
             "Patients were never trained on. Each row is one source by itself, so a network that only knows the source would score 0.5.",
             f"“Phone copy” is the same film through {r['copies']} random imitations of a phone photo (`augment.py`); it is a simulation.", "",
             "| finding | source | AUC, digital original (95 % CI) | mean AUC, phone copies | sensitivity / specificity at the threshold, original | the same, phone copies | indeterminate, phone | median score shift | calls that flip |",
             "|---|---|---|---|---|---|---|---|---|"]
    for code, row in r["val"].items():
        for source, a in row.items():
            if a["digital"]:
                d, ph = a["digital_call"], a["phone_call"]
                lines.append(f"| {code} | {PLACE[source]} | {interval(a['digital'])} | {a['phone_auc_mean']:.3f} | {d['sensitivity']:.2f} / {d['specificity']:.2f} | "
                             f"{ph['sensitivity']:.2f} / {ph['specificity']:.2f} | {ph['indeterminate']:.2f} | {a['median_shift']:.3f} | {a['flips']:.3f} |")
    ci = tb["digital_call"]
    lines += ["", f"Tuberculosis at its threshold, originals: sensitivity 95 % CI {ci['sensitivity_ci'][0]:.2f} to {ci['sensitivity_ci'][1]:.2f}, "
              f"specificity {ci['specificity_ci'][0]:.2f} to {ci['specificity_ci'][1]:.2f}.", "",
              "## Inside one view (NIH)", "", "The NIH normals are mostly bedside (AP) films, so the view could give the answer away. Inside one view:", "",
              "| finding and view | AUC |", "|---|---|"]
    lines += [f"| {k} | {interval(v) if v else 'too few films'} |" for k, v in r["within_view"].items()]
    lines += ["", "## Does it know the source?", "", "| question | AUC |", "|---|---|"]
    lines += [f"| {k} | {interval(v) if v else 'too few films'} |" for k, v in r["source_confounding"].items()]
    lines += ["", "An AUC far from 0.5 in the first row says that the tuberculosis output also answers to where the film comes from.", "",
              "## Shortcuts: mean absolute change of the score (NIH and Shenzhen validation films)", "",
              "| finding | corners blacked out | marks and letters added | through 128 px |", "|---|---|---|---|"]
    lines += [f"| {k} | {v['corners_black']:.3f} | {v['marks_added']:.3f} | {v['through_128px']:.3f} |" for k, v in r["shortcuts"].items()]
    lines += ["", "## Grey scale stretched (0.5 to 99.5 percentile) before scoring, or not", "", "One phone copy of each adult validation film, both ways.", "",
              "| finding / source | AUC as it is | AUC stretched | median score shift to the original as it is | both stretched |", "|---|---|---|---|---|"]
    lines += [f"| {k} | {v['auc']:.3f} | {v['auc_stretched']:.3f} | {v['median_shift']:.3f} | {v['median_shift_stretched']:.3f} |" for k, v in r["windowing"]["val"].items()]
    lines += ["", "## Calibration and thresholds", "",
              "A tenth of the training patients was set aside (`calibrate`). Scale and offset (Platt), threshold and indeterminate band were fitted on these films and their phone copies, "
              "with both classes and all sources weighted alike: a score is not the chance of disease at any clinic's prevalence. "
              "The threshold reaches a sensitivity of 0.90 (tuberculosis) or 0.85 (others) on the calibration films. The band is the median change between an original and its phone copy.", "",
              "| finding | status | threshold | band | calibration films with / without | balanced calibration error on validation |", "|---|---|---|---|---|---|"]
    for s in r["settings"]:
        row = r["val"][s["code"]]
        ece = ", ".join(f"{src} {a['ece_balanced']:.3f}" for src, a in row.items())
        lines.append(f"| {s['code']} | {status(s['code'], row)} | {s['threshold']:.3f} | {s['indeterminate'][0]:.3f} to {s['indeterminate'][1]:.3f} | "
                     f"{s['calibration_positive']} / {s['calibration_negative']} | {ece} |")
    lines += ["", f"*Assessed* means: inside every single source the lower end of the AUC interval is at least {ASSESSED_LOW:.2f}, with at least {ASSESSED_POSITIVES} positive films. "
              "COVID-19 is a hint whatever its figures.", "", "## Known failures", ""] + [f"- {f}" for f in failures]
    lines += card_data(counts) + photo_note()
    (folder / "CARD.md").write_text("\n".join(lines) + "\n")


def card_data(counts: Counter) -> list[str]:
    rows = [f"| {LICENCES[s][0]} | {n} | {LICENCES[s][1]} |" for s, n in counts.items()]
    return ["", "## Training films", "", "| source | films | licence as seen |", "|---|---|---|", *rows, "",
            "The films behind the rendered test photos, and every other film of those patients, were taken out of training.", "",
            f"Licence of the weights: {WEIGHTS_LICENCE}"]


def photo_note() -> list[str]:
    path = RESULTS / "photos.json"
    if not path.exists():
        return []
    r = json.loads(path.read_text())
    lines = ["", "## Rendered test photos, straightened with their true corners", "",
             f"{r['photos']} rendered photos of NIH films that were kept out of training; no weight and no threshold was chosen by them. Poor photos that the appliance would send back are counted too. Turn right {r['turn_right']}, mirroring right {r['mirror_right_at_half']} "
             f"({r['turned']} turned, {r['mirrored']} mirrored), grey scale right {r['grey_scale_right']} ({r['inverted']} inverted), accepted as chest film {r['chest_accepted_at_half']}. "
             "Orientation wholly right when mirroring is undone only from a confidence of "
             + ", ".join(f"{c}: {n}" for c, n in r["right_by_mirror_confidence"].items()) + "."]
    if r["score_shift_median"]:
        lines += ["", f"Scores of {r['accept_photos_compared']} good photos against their digital originals:", "", "| finding | median score shift | calls that flip |", "|---|---|---|"]
        lines += [f"| {f} | {r['score_shift_median'][f]:.3f} | {r['call_flips'][f]} |" for f in FINDINGS]
    return lines


def orientation(args: argparse.Namespace) -> None:
    r = json.loads((RESULTS / "orientation.json").read_text())
    films = read_films(args.data, args.photos)
    counts = Counter(f.source for f in films if f.split == "train" and f.oriented)
    gate = Counter(g[1] for g in read_gate(args.data) if g[2] == "train")
    use = "Puts a digitised film upright before it is scored, notices an inverted grey scale, and refuses what is no frontal chest radiograph."
    failures = [
        "Mirroring: heart on the right side, collapsed lung, large effusion or poor contrast can look like a mirrored film; act only above mirror_confidence, else ask the technician.",
        "Films turned by about 45 degrees have no right answer.",
        "Eight bone films and few lateral films were seen in training, and no bone film was left to test on: some other radiographs will pass as chest films.",
        "A film with no visible lungs may be refused as not chest.",
        "Trained on films turned, mirrored and inverted by code, with imitated phone photos; apart from a few photographs inside the COVID collections, no real photographed film was in training or test.",
    ]
    cut = {"turn_confidence": args.turn, "mirror_confidence": args.mirror, "inverted_threshold": args.inverted, "chest_threshold": args.chest}
    out = head("orientation", use, failures, r["size"]) + "\n[outputs]\n" + table({"orientation": "orientation", "inverted": "inverted", "chest": "chest"})
    out += "\n[orientation]\n" + table(cut) + training(counts)
    out += "\n[[training]]\n" + table({"source": "gate negatives (lateral, CT, bone)", "images": sum(n for k, n in gate.items() if k != "natural photo"),
                                       "licence": "as ieee8023-covid-chestxray; bone films: not stated"})
    out += "\n[[training]]\n" + table({"source": "gate negatives (natural photos)", "images": gate["natural photo"], "licence": "ImageNet terms"})
    folder = ROOT / f"models/orientation/{VERSION}"
    (folder / "manifest.toml").write_text(out)
    lines = ["# Orientation network 1.0.0", "", f"First five stages of EfficientNet-Lite0, {r['size']} × {r['size']} px, with a head that keeps a 4 × 4 grid of position. Written by `models/training/cards.py`.", "",
             "`orientation` has eight logits, index = 2 × (turn / 90) + mirrored: the picture equals rotate_clockwise(mirror_left_right(upright), turn). "
             "To undo: rotate counter-clockwise by turn, then flip left-right if mirrored. The chance of a turn is the sum over its two indices, the chance of mirroring the sum over the four odd ones. "
             "`inverted` and `chest` are single logits; their thresholds are probabilities.", "", "## Use", "", use, "",
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
    lines += ["", "Laterals and CT slices for this table are a quarter set aside by patient; they are few, and the same patients' frontal films may have been trained on. "
              "The eight bone films are all in training: how often another bone film passes as a chest film has not been measured.",
              "", "## Known failures", ""] + [f"- {f}" for f in failures] + card_data(counts)
    lines += [f"Not chest: {', '.join(f'{n} {k}' for k, n in gate.items())}, and pages, panels, textures and shapes drawn by code (`nonchest.py`)."] + photo_note()
    (folder / "CARD.md").write_text("\n".join(lines) + "\n")


def readme(_: argparse.Namespace) -> None:
    lines = ["# Models", "", "Written by `models/training/cards.py` from the manifests. How they were trained: [training/REPORT.md](training/REPORT.md); how to repeat it: [training/README.md](training/README.md).", "",
             "## What is scored", "", "| model | finding | status | from age | evidence |", "|---|---|---|---|---|"]
    failures, orient = [], []
    for path in sorted((ROOT / "models").glob("*/*/manifest.toml")):
        m = tomllib.loads(path.read_text())
        name = f"[{m['id']} {m['version']}]({path.parent.relative_to(ROOT / 'models')}/CARD.md)"
        lines += [f"| {name} | {f['code']} | {f['status']} | {f['min_age_years']} | {f['evidence']} |" for f in m.get("finding", [])]
        failures += [f"- **{m['id']}**: {f}" for f in m["known_failures"]]
        if "orientation" in m:
            orient.append(f"- {name}: turn, mirroring, inverted grey scale, chest film or not. Thresholds: " + ", ".join(f"{k} {v}" for k, v in m["orientation"].items()) + ".")
    lines += ["", "*Assessed* findings have an interval and an operating point; *hints* are weak evidence, are shown as such and never alert.", "", "## What prepares the film", "", *orient,
              "", "## What is not scored", "",
              "Pneumothorax, nodule, mass, fibrosis, emphysema, hernia, atelectasis, pleural thickening, fractures, lines and tubes: the films at hand hold too few of them for an honest figure. "
              "Tuberculosis under 15 years. Lateral films. The share of lung affected.", "", "## Known failures", "", *failures]
    (ROOT / "models/README.md").write_text("\n".join(lines) + "\n")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, default=ROOT / "../shared/cxr")
    p.add_argument("--photos", type=Path, default=ROOT / "../shared/photos")
    p.add_argument("--turn", type=float, default=0.6)
    p.add_argument("--mirror", type=float, default=0.9)
    p.add_argument("--inverted", type=float, default=0.5)
    p.add_argument("--chest", type=float, default=0.5)
    args = p.parse_args()
    for step in (findings, orientation, readme):
        step(args)


if __name__ == "__main__":
    main()
