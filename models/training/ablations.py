"""What each choice in the findings recipe is worth: the same short training again and again, one thing changed each time.

A run is three epochs of 1,600 films, a tenth of the full training, so its figures are lower than those of the
network that ships and only say which way a choice leads. Judged on calibration and validation films together (no choice was
made by these figures), as originals and as the photos that `photo_pairs.py --keep` rendered, brought back by the appliance.
Goes on where it stopped; writes results/ablations.json.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import torch
from sklearn.metrics import roc_auc_score

import augment
import regions
from common import ROOT
from films import CACHE_PX, FINDINGS, Film, load_pixels, read_films, squash
from lite0 import FindingsNet
from photo_pairs import CORNER_MAX, FOLDERS, corner_error

SHORT = ["--epochs", "3", "--limit", "1600"]
# Name, switches, what is changed.
RUNS = [
    ("base", [], "as shipped, but short"),
    ("seed", ["--seed", "21"], "another seed: how much is noise"),
    ("scratch", ["--scratch", "--rate", "1e-3"], "random weights instead of ImageNet's"),
    ("no-photos", ["--no-photos"], "photos imitated only, none rendered and digitised"),
    ("px128", ["--size", "128"], "128 px instead of 160"),
    ("px224", ["--size", "224"], "224 px instead of 160"),
    ("mix", ["--mix", "0.2"], "mix-up"),
    ("warm", ["--warm", "warm"], "self-supervised warm-up on all training films first"),
    ("lite1", ["--lite", "1"], "Lite1"),
    ("lite2", ["--lite", "2"], "Lite2"),
]
JUDGED = [("abnormal", "nih"), ("abnormal", "shenzhen"), ("tuberculosis", "shenzhen"), ("covid19", "ieee8023"), ("pneumonia", "nih"), ("effusion", "nih"),
          ("cardiomegaly", "nih")]


def digitise(work: Path, program: Path) -> list[tuple[str, Path]]:
    """Film and radiograph of every rendered photo of a calibration or validation film that came back straight."""
    out = []
    for folder in sorted((work / "rendered").glob("*-*")):
        split, source, _ = folder.name.split("-")
        if split not in ("calibrate", "val"):
            continue
        home = work / "ablation-photos" / folder.name
        listed = home / "pairs.json"
        if not listed.exists():
            home.mkdir(parents=True, exist_ok=True)
            photos = sorted(folder.glob("*.jpg"))
            full = home / "full"
            lines = subprocess.run([str(program), "analyze", "--json", "--out", str(full), *map(str, photos)], check=False, stdout=subprocess.PIPE, text=True).stdout
            rows = []
            for line in lines.splitlines():
                got = json.loads(line)
                truth = json.loads((folder / got["photo"]).with_suffix(".json").read_text())
                picture = (full / got["photo"]).with_suffix(".png")
                straight = picture.exists() and got["corners"] and corner_error(got["corners"], truth["corners"]) <= CORNER_MAX
                if straight and all(got[k] == truth[k] for k in ("rotation", "mirrored", "inverted")):
                    cv2.imwrite(str(home / picture.name), squash(cv2.imread(str(picture), cv2.IMREAD_GRAYSCALE), CACHE_PX))
                    rows.append({"film": f"{FOLDERS[source]}/{truth['source']}", "picture": picture.name})
            for spent in full.glob("*"):
                spent.unlink()
            listed.write_text(json.dumps(rows))
        out += [(row["film"], home / row["picture"]) for row in json.loads(listed.read_text())]
    return out


@torch.no_grad()
def scores(net: FindingsNet, pixels: list[np.ndarray], boxes: np.ndarray, size: int) -> np.ndarray:
    net.eval()
    out = []
    for start in range(0, len(pixels), 64):
        batch = np.stack([regions.seen(np.asarray(g), b, size) for g, b in zip(pixels[start:start + 64], boxes[start:start + 64])])
        out.append(net(torch.from_numpy(augment.to_input(batch)))[0].numpy())
    return np.concatenate(out)


def areas(said: np.ndarray, films: list[Film]) -> dict[str, float]:
    out = {}
    for finding, source in JUDGED:
        k = FINDINGS.index(finding)
        here = [(f.labels[k], said[i, k]) for i, f in enumerate(films) if f.source == source and f.labels[k] >= 0]
        y, z = zip(*here)
        if len(set(y)) == 2:
            out[f"{finding}/{source}"] = round(float(roc_auc_score(y, z)), 4)
    return out


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, default=ROOT / "../shared/cxr")
    p.add_argument("--photos", type=Path, default=ROOT / "../shared/photos")
    p.add_argument("--work", type=Path, default=ROOT / ".venv-training/work")
    p.add_argument("--program", type=Path, default=ROOT / "target/release/fieldray")
    p.add_argument("--only", nargs="*", help="names of runs")
    args = p.parse_args()
    torch.set_num_threads(1)
    films = read_films(args.data, args.photos)
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    boxes = regions.boxes_of(args.work, pixels, "films")
    index = {f.file: i for i, f in enumerate(films)}
    judged = [i for i, f in enumerate(films) if f.split in ("calibrate", "val") and f.source in ("nih", "shenzhen", "ieee8023")]
    photographed = [(index[film], path) for film, path in digitise(args.work, args.program) if film in index and films[index[film]].source != "kermany"]
    photo_pixels = [cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) for _, path in photographed]
    photo_boxes = regions.Lungs().boxes(np.stack(photo_pixels))
    photo_boxes = np.where(np.isnan(photo_boxes), regions.FULL, photo_boxes)
    target = ROOT / "models/training/results/ablations.json"
    report = json.loads(target.read_text()) if target.exists() else {}
    for name, switches, what in RUNS:
        if name in report or (args.only and name not in args.only):
            continue
        if "--warm" in switches and not (args.work / "warm.pt").exists():
            subprocess.run([sys.executable, "warm_up.py", "--work", str(args.work)], check=True)
        run = f"ablation-{name}"
        subprocess.run([sys.executable, "train_findings.py", "--name", run, "--work", str(args.work), *SHORT, *switches], check=True)
        state = torch.load(args.work / f"{run}-e3.pt", map_location="cpu", weights_only=True)
        net = FindingsNet(len(FINDINGS), state["lite"])
        net.load_state_dict(state["average"])
        lungs = state["region"] == "lungs"
        box, photo_box = (np.stack([regions.shipped(b) if lungs else regions.FULL for b in each]) for each in (boxes, photo_boxes))
        said = scores(net, [pixels[i] for i in judged], box[judged], state["size"])
        on_photo = scores(net, photo_pixels, photo_box, state["size"])
        place = {i: n for n, i in enumerate(judged)}
        pairs = [(n, place[i]) for n, (i, _) in enumerate(photographed)]
        mine, theirs = on_photo[[a for a, _ in pairs]], said[[b for _, b in pairs]]
        shift = np.median(np.abs(1 / (1 + np.exp(-mine)) - 1 / (1 + np.exp(-theirs))), axis=0)
        of_photos = [films[i] for i, _ in photographed]
        report[name] = {"what": what, "films": len(judged), "photos": len(photographed), "originals": areas(said, [films[i] for i in judged]),
                        "photographed": areas(on_photo, of_photos), "same_films_as_originals": areas(theirs, of_photos),
                        "median_shift": {f: round(float(s), 4) for f, s in zip(FINDINGS[:6], shift)}}
        target.write_text(json.dumps(report, indent=1) + "\n")
        print(name, json.dumps(report[name]), flush=True)
        for spent in args.work.glob(f"{run}*"):
            spent.unlink()


if __name__ == "__main__":
    main()
