"""Film lists and the pixel cache.

Reads the shared manifest, keeps its patient-disjoint split and takes two more steps:
every patient who appears in the test photos leaves training, and a tenth of the training
patients is set aside as `calibrate`, so that thresholds are not fitted on what they are judged on.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

CACHE_PX = 256
FINDINGS = ["abnormal", "tuberculosis", "covid19", "pneumonia", "effusion", "cardiomegaly", "atelectasis", "consolidation", "edema", "infiltration", "nodule", "mass",
            "pleural_thickening", "fibrosis", "pneumothorax"]
OPACITY = {"pneumonia", "infiltration", "consolidation", "edema"}
SHORT = {"shenzhen": "shenzhen", "nih-chestxray14": "nih", "kermany": "kermany", "ieee8023-covid-chestxray": "ieee8023", "covid-cxnet": "covidcxnet"}
UNKNOWN = -1


@dataclass(frozen=True)
class Film:
    """One radiograph of the manifest. `labels` holds 1, 0 or UNKNOWN per finding."""

    file: str
    source: str
    patient: str
    view: str
    split: str
    licence: str
    raw: frozenset[str]
    note: str

    @property
    def labels(self) -> list[int]:
        return [label(self, f) for f in FINDINGS]

    @property
    def commercial(self) -> bool:
        """False where the film's terms, as far as they were seen, rule out or leave open commercial use."""
        return self.source in ("nih", "kermany", "covidcxnet") or self.licence in ("CC BY", "CC BY 4.0", "CC BY-SA", "listed as authorized for everyone")

    @property
    def child(self) -> int:
        """1 for a child below 13 years, 0 for an adult, UNKNOWN between and where no age is given."""
        if self.source == "kermany" or "paediatric" in self.note:
            return 1
        if self.source == "nih":
            age = int(self.note.removeprefix("age "))
            return 1 if age < 13 else 0 if age >= 18 else UNKNOWN
        return UNKNOWN if self.source == "shenzhen" else 0

    @property
    def oriented(self) -> bool:
        """False where the repository's copies are turned or mirrored already."""
        return "augmented" not in self.note


def label(film: Film, finding: str) -> int:
    """What this film may teach about this finding. UNKNOWN where its source never looked, or has one class only."""
    raw, source = film.raw, film.source
    if finding == "abnormal":
        # COVID-CXNet has no normals: any answer there would teach the source.
        return UNKNOWN if source == "covidcxnet" else int("normal" not in raw)
    if finding == "tuberculosis":
        if source == "shenzhen":
            return int("tuberculosis" in raw)
        return 0 if source == "nih" and "normal" in raw else UNKNOWN
    if finding == "covid19":
        # Films from before 2020 are true negatives; children and 128 px films are left out, being too easy to tell apart.
        if source in ("ieee8023", "covidcxnet"):
            return int("covid19" in raw)
        return 0 if source == "nih" else UNKNOWN
    if finding == "pneumonia":
        if source in ("nih", "kermany"):
            return int(bool(raw & OPACITY))
        if source == "ieee8023" and "covid19" not in raw:
            return int("pneumonia" in raw)
        return UNKNOWN
    return int(finding in raw) if source == "nih" else UNKNOWN


def test_photo_films(photos: Path) -> set[str]:
    """File stems of the films behind the rendered test photos."""
    stems = set()
    for truth in sorted(photos.glob("*.json")):
        source = json.loads(truth.read_text()).get("source")
        if source:
            stems.add(Path(source).stem)
    return stems


def is_calibration(patient: str) -> bool:
    return hashlib.sha256(patient.encode()).digest()[0] < 26


def read_films(data: Path, photos: Path) -> list[Film]:
    """All films with split train, calibrate, val or `test-photo` (the last is never trained on)."""
    with (data / "manifest.csv").open(newline="") as handle:
        rows = list(csv.DictReader(handle))
    stems = test_photo_films(photos)
    held = {r["patient_id"] for r in rows if r["source_dataset"] == "nih-chestxray14" and Path(r["file"]).stem in stems}
    films = []
    for r in rows:
        split = r["split"]
        if split == "train" and r["patient_id"] in held:
            split = "test-photo"
        elif split == "train" and is_calibration(r["patient_id"]):
            split = "calibrate"
        films.append(Film(r["file"], SHORT[r["source_dataset"]], r["patient_id"], r["view"], split, r["licence"], frozenset(r["labels"].split(";")), r["note"]))
    return films


def read_gate(data: Path) -> list[tuple[str, str, str]]:
    """(file, kind, split) of the pictures that are not frontal chest films.

    The manifest keeps only natural photos for val; a quarter of the other kinds is set aside here, by patient.
    """
    with (data / "gate_manifest.csv").open(newline="") as handle:
        rows = list(csv.DictReader(handle))
    out = []
    for r in rows:
        kind = r["note"].split(";")[0]
        held = kind != "natural photo" and hashlib.sha256(("gate" + r["patient_id"]).encode()).digest()[0] < 64
        out.append((r["file"], kind, "val" if held else r["split"]))
    return out


def squash(gray: np.ndarray, size: int) -> np.ndarray:
    """Whole picture to a square, averaging when it shrinks: what the appliance does before inference."""
    shrink = min(gray.shape) >= size
    return cv2.resize(gray, (size, size), interpolation=cv2.INTER_AREA if shrink else cv2.INTER_LINEAR)


def load_pixels(data: Path, files: list[str], cache: Path) -> np.ndarray:
    """uint8 [n, 256, 256] for the files, from the cache where it holds exactly these files."""
    key = hashlib.sha256("\n".join(files).encode()).hexdigest()[:16]
    path = cache / f"pixels-{CACHE_PX}-{key}.npy"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        pixels = np.empty((len(files), CACHE_PX, CACHE_PX), np.uint8)
        for i, name in enumerate(tqdm(files, desc="decode", mininterval=5)):
            gray = cv2.imread(str(data / name), cv2.IMREAD_GRAYSCALE)
            if gray is None:
                raise FileNotFoundError(data / name)
            pixels[i] = squash(gray, CACHE_PX)
        partial = path.with_suffix(".partial.npy")
        np.save(partial, pixels)
        partial.replace(path)
    return np.load(path, mmap_mode="r")
