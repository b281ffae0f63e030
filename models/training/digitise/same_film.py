"""Recall and false alarms of the same-film search, on photographed films against all films of the shared set.

Writes the two record files that `digitise-same-film` reads, runs it, and prints figures by source. Films of one patient
are other films; films that a source published twice are printed, so that a person can look at them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "models/training"))

import regions  # noqa: E402
from films import load_pixels, read_films  # noqa: E402
from photo_pairs import CORNER_MAX, read_photos  # noqa: E402

LIKENESS_MIN = 0.58


def record(grey: np.ndarray, box: np.ndarray) -> bytes:
    return np.ascontiguousarray(grey).tobytes() + np.asarray(box, np.float32).tobytes()


def write_films(path: Path, pixels: np.ndarray, boxes: np.ndarray) -> None:
    with path.open("wb") as out:
        for grey, box in zip(pixels, boxes):
            out.write(record(grey, box))


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, default=ROOT / "../shared/cxr")
    p.add_argument("--photos", type=Path, default=ROOT / "../shared/photos")
    p.add_argument("--work", type=Path, default=ROOT / ".venv-training/work")
    p.add_argument("--program", type=Path, default=ROOT / "target/release/examples/digitise-same-film")
    p.add_argument("--out", type=Path, required=True, help="folder for the record files and the answers")
    p.add_argument("--split", default="train")
    args = p.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    films = read_films(args.data, args.photos)
    number = {film.file: i for i, film in enumerate(films)}
    pixels = load_pixels(args.data, [film.file for film in films], args.work / "cache")
    write_films(args.out / "films.bin", pixels, np.load(args.work / "cache/boxes-films.npy"))
    # The appliance makes fingerprints of accepted photos only.
    photos = [photo for photo in read_photos(args.work, args.split) if photo.verdict == "accept"]
    lungs = regions.Lungs()
    grey = [cv2.imread(str(photo.radiograph), cv2.IMREAD_GRAYSCALE) for photo in photos]
    write_films(args.out / "photos.bin", np.stack(grey), np.concatenate([lungs.boxes(g[None]) for g in grey]))
    command = [str(args.program), str(args.out / "films.bin"), str(args.out / "photos.bin")]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    (args.out / "answers.txt").write_text("\n".join(lines))

    rows = []
    for photo, line in zip(photos, lines):
        own = number[photo.film]
        alike = {int(film): float(likeness) for film, likeness in (pair.split(":") for pair in line.split()[1:])}
        strangers = {i: v for i, v in alike.items() if films[i].patient != films[own].patient}
        worst = max(strangers, key=strangers.get, default=None)
        rows.append((films[own].source, photo.error <= CORNER_MAX, alike.get(own, 0.0), strangers.get(worst, 0.0)))
        if worst is not None and strangers[worst] >= LIKENESS_MIN:
            print(f"look at: {films[own].file} and {films[worst].file}, likeness {strangers[worst]:.2f}")
    print(json.dumps({"films": len(films), "photos": len(rows)}))
    for source in ["all", *sorted({row[0] for row in rows})]:
        here = [row for row in rows if source in ("all", row[0])]
        found = np.mean([row[2] >= LIKENESS_MIN for row in here])
        alarms = np.mean([row[3] >= LIKENESS_MIN for row in here])
        print(f"{source:12} photos {len(here):4}  found {found:.3f}  alarms for strangers {alarms:.4f}")


if __name__ == "__main__":
    main()
