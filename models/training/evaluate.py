"""Figures of the networks, those of findings through the appliance itself: `evaluate.py calibrate|figures|extra|orientation|lungs|locator`.

`fieldray evaluate` reads films and photos as it would in a clinic; this script writes its lists, fits the calibration on
`calibrate` films and gathers the figures on `val` films. `val` chooses nothing. Results go to models/training/results.
Photos come from `photo_pairs.py --keep`.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import beta
from sklearn.linear_model import LogisticRegression

import extra_figures
import locator_figures
import lungs_figures
import orientation_figures
from common import ROOT
from films import FINDINGS, Film, read_films
from metrics import sigmoid
from photo_pairs import FOLDERS

RESULTS = ROOT / "models/training/results"
# Within these (finding, source) pairs both classes exist in one place, so the AUC cannot be the source's doing.
PAIRS = [("abnormal", "nih"), ("abnormal", "shenzhen"), ("abnormal", "kermany"), ("tuberculosis", "shenzhen"), ("covid19", "ieee8023"),
         ("pneumonia", "nih"), ("pneumonia", "kermany"), *((f, "nih") for f in FINDINGS[4:])]
# Share of films with, and without, a finding that the call must not get wrong: the rest is undecided.
COVERAGE = 0.90
# Sensitivity of the threshold on the calibration films. 0.90: WHO target product profile for a TB triage test.
SENSITIVITY = {"tuberculosis": 0.90}
SENSITIVITY_OTHER = 0.85
# Two photos of one film differ by about this much, in calibrated logits: nearer to the threshold nothing is called.
JITTER = 0.25
# How sure the band must be of its coverage, given how few films it was drawn from.
CONFIDENCE = 0.80
# Below this many films a quantile is taken from a normal distribution instead of the films themselves.
FEW = 25


@dataclass(frozen=True)
class Program:
    """`fieldray` with a state folder in which some packs are in use."""

    path: Path
    state: Path

    def run(self, *arguments: str | Path, check: bool = True) -> str:
        done = subprocess.run([str(self.path), *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=check)
        return done.stdout

    def use(self, pack: Path) -> None:
        """Signs a copy of a pack with a key of this folder's own, installs it and reads with it."""
        key = self.state / "try.key"
        if not key.exists():
            (self.state / "models/keys").mkdir(parents=True)
            self.run("models", "keygen", key)
            shutil.copy(key.with_suffix(".pub"), self.state / "models/keys/try.pub")
        copy = self.state / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(pack, copy)
        self.run("models", "sign", copy, "--key", key)
        said = self.run("models", "install", copy, "--state", self.state)
        self.run("models", "use", said.split()[0], "--state", self.state)

    def evaluate(self, name: str, manifest: Path, images: Path, *more: str | Path) -> list[dict]:
        """One run; its scores go to <state>/<name>.csv."""
        packs = ["--state", self.state] if (self.state / "models").exists() else []
        lines = self.run("evaluate", "--manifest", manifest, "--images", images, "--json", "--scores", self.state / f"{name}.csv", *packs, *more, check=False)
        return [json.loads(line) for line in lines.splitlines()]


def unlabelled(film: Film) -> str:
    """Findings that this film's source says nothing about, or has one class of only."""
    return ";".join(f for f in FINDINGS if (f, film.source) not in PAIRS)


def write_list(path: Path, rows: list[tuple[str, Film]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["file", "source_dataset", "labels", "unlabelled", "film"])
        for file, film in rows:
            writer.writerow([file, film.source, ";".join(sorted(film.raw)), unlabelled(film), film.file])
    return path


def lists(args: argparse.Namespace) -> dict[str, Path]:
    """CSV lists of digital films and of photos by split."""
    films = read_films(args.data, args.photos)
    out = {}
    judged = [f for f in films if f.source != "covidcxnet"]
    for split in ("calibrate", "val"):
        out[split] = write_list(args.work / f"lists/{split}.csv", [(f.file, f) for f in judged if f.split == split])
    by_name = {f.file: f for f in films}
    for split in ("calibrate", "val", "repeat"):
        rows = []
        for folder in sorted((args.work / "rendered").glob(f"{split}-*")):
            source = folder.name.split("-")[1]
            for truth in sorted(folder.glob("*.json")):
                film = by_name.get(f"{FOLDERS.get(source)}/{json.loads(truth.read_text())['source']}")
                if film:
                    rows.append((f"{folder.name}/{truth.stem}.jpg", film))
        out[f"{split}-photos"] = write_list(args.work / f"lists/{split}-photos.csv", rows)
    return out


@dataclass
class Scores:
    """Logits of one run: by finding, the source, truth and logit of each film."""

    rows: dict[str, list[tuple[str, bool, float]]]

    @classmethod
    def read(cls, path: Path) -> Scores:
        rows: dict[str, list[tuple[str, bool, float]]] = {}
        with path.open(newline="") as handle:
            for r in csv.DictReader(handle):
                p = min(max(float(r["score"]), 1e-6), 1 - 1e-6)
                rows.setdefault(r["finding"], []).append((r["source"], r["positive"] == "true", float(np.log(p / (1 - p)))))
        return cls(rows)

    def of(self, finding: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Logits, truth, and weights that give every source with both classes, and both classes in it, the same say."""
        rows = self.rows[finding]
        source = np.array([r[0] for r in rows])
        y, z = np.array([r[1] for r in rows]), np.array([r[2] for r in rows])
        w = np.zeros(len(rows))
        for s in set(source):
            here = source == s
            if y[here].any() and not y[here].all():
                for value in (True, False):
                    w[here & (y == value)] = 1 / (here & (y == value)).sum()
        return z[w > 0], y[w > 0], w[w > 0]


def band_end(values: np.ndarray, weight: np.ndarray) -> float:
    """Below it lie at most `1 - COVERAGE` of new films."""
    order = np.argsort(values)
    below = np.cumsum(weight[order]) / weight.sum()
    return float(values[order][min(len(values) - 1, int(np.searchsorted(below, cautious(1 - COVERAGE, weight))))])


def quantile(values: np.ndarray, weight: np.ndarray, share: float) -> float:
    if len(values) < FEW:
        mean = np.average(values, weights=weight)
        spread = np.sqrt(np.average((values - mean) ** 2, weights=weight) * len(values) / max(1, len(values) - 1))
        return float(mean + spread * {0.1: -1.2816, 0.15: -1.0364, 0.9: 1.2816}[round(share, 2)])
    order = np.argsort(values)
    below = np.cumsum(weight[order]) / weight.sum()
    return float(values[order][min(len(values) - 1, int(np.searchsorted(below, share)))])


def cautious(share: float, weight: np.ndarray) -> float:
    """The share to cut off so that no more than `share` of new films lie beyond, with `CONFIDENCE`.

    Training-conditional coverage of conformal prediction (Vovk, 2012): what lies below the k-th of n values is distributed as
    Beta(k, n - k + 1).
    """
    n = int(round(weight.sum() ** 2 / (weight ** 2).sum()))
    k = max((k for k in range(1, n + 1) if beta.cdf(share, k, n - k + 1) >= CONFIDENCE), default=1)
    # Just below k of n: a quantile takes the first value at which at least that share is reached.
    return (k - 0.5) / n


def fit(finding: str, z: np.ndarray, y: np.ndarray, w: np.ndarray) -> dict:
    """Platt scale and offset; threshold at the wanted sensitivity; a band from both classes' quantiles.

    The band is class-conditional conformal prediction (Vovk et al., 2005): a film is undecided where neither "with" nor
    "without" can be ruled out at the stated coverage.
    """
    model = LogisticRegression(C=10.0).fit(z[:, None], y, sample_weight=w / w.mean())
    scale, offset = max(float(model.coef_[0, 0]), 0.05), float(model.intercept_[0])
    s = scale * z + offset
    at = quantile(s[y], w[y], 1 - SENSITIVITY.get(finding, SENSITIVITY_OTHER))
    # Below `low` fewer than a tenth of the films with the finding lie, above `high` fewer than a tenth of those without.
    low = band_end(s[y], w[y])
    high = -band_end(-s[~y], w[~y])
    low, high = min(low, at - JITTER), max(high, at + JITTER)
    p = [round(float(sigmoid(np.array(v))), 4) for v in (at, low, high)]
    return {"scale": round(scale, 4), "offset": round(offset, 4), "threshold": p[0], "indeterminate": [p[1], p[2]],
            "calibration_positive": int(y.sum()), "calibration_negative": int((~y).sum())}


def calibrate(args: argparse.Namespace) -> None:
    """Needs the pack of `args.pack` with an identity calibration (`cards.py draft`)."""
    program = Program(args.program, args.work / f"state-{args.name}")
    program.state.mkdir(parents=True, exist_ok=True)
    if not args.refit:
        program.use(args.pack)
        where = lists(args)
        program.evaluate("calibrate", where["calibrate"], args.data)
        program.evaluate("calibrate-photos", where["calibrate-photos"], args.work / "rendered", "--film", "find", "--also-refused")
    settings = {}
    for channel, name in (("digital", "calibrate"), ("phone", "calibrate-photos")):
        scores = Scores.read(program.state / f"{name}.csv")
        settings[channel] = {f: fit(f, *scores.of(f)) for f in FINDINGS if scores.of(f)[1].sum() > 1}
    write(f"calibration-{args.name}", settings)


def figures(args: argparse.Namespace) -> None:
    """All figures of the findings card, from the packs that the program has built in, or of `--pack`."""
    program = Program(args.program, args.work / f"figures-{args.name}")
    shutil.rmtree(program.state, ignore_errors=True)
    program.state.mkdir(parents=True)
    if args.pack:
        program.use(args.pack)
    where = lists(args)
    rendered = args.work / "rendered"
    photo = ["--film", "find", "--against", program.state / "digital.csv"]
    report = {
        "digital": program.evaluate("digital", where["val"], args.data),
        "phone": program.evaluate("phone", where["val-photos"], rendered, *photo),
        "phone_all": program.evaluate("phone-all", where["val-photos"], rendered, *photo, "--also-refused"),
        "repeat": program.evaluate("repeat", where["repeat-photos"], rendered, "--film", "find", "--also-refused"),
    }
    if not args.short:
        adults = args.work / "lists/val-adults.csv"
        lines = where["val"].read_text().splitlines()
        adults.write_text("\n".join([lines[0], *(line for line in lines if ",nih," in line or ",shenzhen," in line)]) + "\n")
        for change in ("corners", "borders", "marks", "lungs"):
            report[change] = program.evaluate(change, adults, args.data, "--alter", change, "--against", program.state / "digital.csv")
        report["lungs_blacked_out"] = {"films": len(lines) - 1, "scored": len(list(csv.DictReader((program.state / "lungs.csv").open()))) // len(FINDINGS)}
    write(f"findings-{args.name}", report)


def write(name: str, report: dict) -> None:
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(report, indent=1) + "\n")
    print(RESULTS / f"{name}.json")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("what", choices=["calibrate", "figures", "extra", "orientation", "lungs", "locator"])
    p.add_argument("--data", type=Path, default=ROOT / "../shared/cxr")
    p.add_argument("--photos", type=Path, default=ROOT / "../shared/photos")
    p.add_argument("--work", type=Path, default=ROOT / ".venv-training/work")
    p.add_argument("--program", type=Path, default=ROOT / "target/release/fieldray")
    p.add_argument("--pack", type=Path, help="folder of a pack to judge instead of the built-in one")
    p.add_argument("--name", default="shipped", help="names the result files")
    p.add_argument("--refit", action="store_true", help="for calibrate: from the scores of the last time")
    p.add_argument("--short", action="store_true", help="without the shortcut tests")
    p.add_argument("--model", type=Path, help="another orientation network")
    p.add_argument("--rendered", type=Path, nargs="*", default=[], help="for the locator: folders of rendered photos that trained nothing")
    p.add_argument("--trained-on", type=int, default=0, help="for the locator: photos that trained it")
    p.add_argument("--contrast-min", type=float, default=4.0, help="as the lung pack's manifest has it")
    args = p.parse_args()
    if args.what == "orientation":
        write("orientation", orientation_figures.figures(args))
    elif args.what == "extra":
        write("findings-extra", extra_figures.figures(args))
    elif args.what == "lungs":
        write("lungs", lungs_figures.figures(args))
    elif args.what == "locator":
        write("locator", {"trained_on": args.trained_on, **locator_figures.figures(args)})
    else:
        {"calibrate": calibrate, "figures": figures}[args.what](args)


if __name__ == "__main__":
    main()
