"""Photograph films by the renderer and bring them back through the appliance's own digitiser.

One photo a film (`--repeat` gives more). What comes back is what the findings network meets in a clinic: corners that are
a little off, a window chosen from the photo, panel light, moire, JPEG. Only films whose split allows it are taken, so
photos of `train` films train, those of `calibrate` films calibrate and those of `val` films judge.
Needs the shared renderer and a built `fieldray`. Goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from common import ROOT
from films import CACHE_PX, Film, read_films, squash

FOLDERS = {"shenzhen": "shenzhen", "nih": "nih", "kermany": "kermany", "ieee8023": "ieee8023", "covidcxnet": "covidcxnet"}
# Films photographed per split and source; the rest of the training films is imitated by `augment`.
PLAN = {
    "train": {"nih": 320, "shenzhen": 280, "ieee8023": 80, "kermany": 80, "covidcxnet": 40},
    "calibrate": {"nih": 400, "shenzhen": 400, "ieee8023": 100, "kermany": 40},
    "val": {"nih": 400, "shenzhen": 400, "ieee8023": 100, "kermany": 60},
}
CHUNK = 40
# Photos that train end as squares of 256 px; those that judge must stand the quality gate.
TRAINED_MEGAPIXELS, JUDGED_MEGAPIXELS = 0.9, 1.5
# Films of each source that are photographed ten times.
REPEATED = 9
# Corners farther off than this, in shares of the film's diagonal, show another field: no pair.
CORNER_MAX = 0.06


@dataclass(frozen=True)
class Photo:
    """One photo of a film that came back as a radiograph. `error` is the mean corner error over the film's diagonal."""

    film: str
    radiograph: Path
    verdict: str
    error: float
    oriented: bool
    scene: str

    @property
    def usable(self) -> bool:
        return self.oriented and self.error <= CORNER_MAX


def choose(films: list[Film], split: str, source: str, count: int, seed: int) -> list[Film]:
    here = [f for f in films if f.split == split and f.source == source]
    order = np.random.default_rng([seed, len(here)]).permutation(len(here))
    return [here[i] for i in order[:count]]


def render(data: Path, simulator: Path, photos: Path, listed: Path, count: int, source: str, seed: int, megapixels: float) -> None:
    subprocess.run([sys.executable, str(simulator), "--sources", str(data / FOLDERS[source]), "--source-list", str(listed), "--out", str(photos), "--count",
                    str(count), "--fault", "none", "--profile", "wide", "--megapixels", str(megapixels), "--seed", str(seed)], check=True, stdout=subprocess.DEVNULL)


def keep(data: Path, simulator: Path, folder: Path, names: list[str], source: str, seed: int) -> None:
    """Renders one chunk and leaves the photos, for `fieldray evaluate` to read."""
    partial = folder.with_suffix(".partial")
    partial.mkdir(parents=True, exist_ok=True)
    listed = partial / "films.txt"
    listed.write_text("\n".join(names))
    render(data, simulator, partial, listed, len(names), source, seed, JUDGED_MEGAPIXELS)
    partial.rename(folder)


def make(data: Path, simulator: Path, program: Path, folder: Path, names: list[str], source: str, seed: int) -> None:
    """Renders and digitises one chunk of films of one source."""
    photos, out = folder / "photos", folder / "out"
    folder.mkdir(parents=True, exist_ok=True)
    listed = folder / "films.txt"
    listed.write_text("\n".join(names))
    render(data, simulator, photos, listed, len(names), source, seed, TRAINED_MEGAPIXELS)
    lines = subprocess.run([str(program), "analyze", "--json", "--out", str(out), *map(str, sorted(photos.glob("*.jpg")))], check=False, stdout=subprocess.PIPE, text=True).stdout
    rows = []
    for line in lines.splitlines():
        got = json.loads(line)
        truth = json.loads((photos / got["photo"]).with_suffix(".json").read_text())
        picture = (out / got["photo"]).with_suffix(".png")
        if not picture.exists():
            rows.append({"film": truth["source"], "picture": None, "verdict": got["verdict"], "error": 1.0, "oriented": False, "scene": truth["scene"]})
            continue
        small = folder / f"{picture.stem}.png"
        cv2.imwrite(str(small), squash(cv2.imread(str(picture), cv2.IMREAD_GRAYSCALE), CACHE_PX))
        error = corner_error(got["corners"], truth["corners"]) if got["corners"] else 1.0
        oriented = all(got[k] == truth[k] for k in ("rotation", "mirrored", "inverted"))
        rows.append({"film": truth["source"], "picture": small.name, "verdict": got["verdict"], "error": round(error, 4), "oriented": oriented, "scene": truth["scene"]})
    for spent in (*photos.iterdir(), *(out.iterdir() if out.exists() else ())):
        spent.unlink()
    (folder / "pairs.json").write_text(json.dumps(rows, indent=1))


def corner_error(found: list, truth: list) -> float:
    a, b = np.array(found, float), np.array(truth, float)
    diagonal = (np.linalg.norm(b[0] - b[2]) + np.linalg.norm(b[1] - b[3])) / 2
    return float(np.linalg.norm(a - b, axis=1).mean() / diagonal)


def read_photos(work: Path, split: str) -> list[Photo]:
    """All photos of a split that were made so far."""
    out = []
    for listed in sorted((work / "photos").glob(f"{split}-*/pairs.json")):
        source = listed.parent.name.split("-")[1]
        for row in json.loads(listed.read_text()):
            if row["picture"]:
                out.append(Photo(f"{FOLDERS[source]}/{row['film']}", listed.parent / row["picture"], row["verdict"], row["error"], row["oriented"], row["scene"]))
    return out


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, default=ROOT / "../shared/cxr")
    p.add_argument("--photos", type=Path, default=ROOT / "../shared/photos")
    p.add_argument("--simulator", type=Path, default=ROOT / "../shared/tools/film_photo_sim.py")
    p.add_argument("--program", type=Path, default=ROOT / "target/release/fieldray")
    p.add_argument("--work", type=Path, default=ROOT / ".venv-training/work")
    p.add_argument("--split", nargs="+", default=["val", "calibrate", "train", "repeat"])
    p.add_argument("--seed", type=int, default=41000)
    p.add_argument("--keep", action="store_true", help="only render, into <work>/rendered, and leave the photos there")
    args = p.parse_args()
    films = read_films(args.data, args.photos)
    jobs = []
    for split in args.split:
        for at, (source, count) in enumerate(PLAN.get(split, {}).items()):
            names = [Path(f.file).name for f in choose(films, split, source, count, args.seed)]
            jobs += [(split, source, names[i:i + CHUNK], 10 * at + i) for i in range(0, len(names), CHUNK)]
        if split == "repeat":
            # Ten photos each of a few films that took part in nothing: how far does a score move by the photo alone?
            for source in ("nih", "shenzhen"):
                names = [Path(f.file).name for f in choose(films, "val", source, REPEATED, args.seed + 1)]
                jobs += [(split, source, names, 7000 + again) for again in range(10)]
    order = {"val": 1, "calibrate": 2, "train": 3, "repeat": 4}
    # Sources take turns, so that a training that starts early sees photos of all of them.
    jobs.sort(key=lambda job: (args.split.index(job[0]), job[3]))
    bar = tqdm(jobs, desc="photographing", mininterval=10)
    for split, source, names, seed in bar:
        photo_seed = args.seed + 100_000 * order[split] + 1000 * sorted(FOLDERS).index(source) + seed
        folder = args.work / ("rendered" if args.keep else "photos") / f"{split}-{source}-{seed:05}"
        if args.keep:
            if not folder.exists():
                keep(args.data, args.simulator, folder, names, source, photo_seed)
        elif not (folder / "pairs.json").exists():
            make(args.data, args.simulator, args.program, folder, names, source, photo_seed)


if __name__ == "__main__":
    main()
