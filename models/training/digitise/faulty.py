"""Does bad input ever read normal? More than 500 faulty inputs through `fieldray analyze`, counted by kind.

    faulty.py --program target/release/fieldray --out FOLDER

Photos of films with every planned fault and photos without a chest film come from the shared renderer, laterals, CT slices,
bones and everyday photos from the shared gate set, the rest is drawn here: black, blank, noise, pages, panels, textures,
shapes, and photos that were cut off or damaged in the middle. An input *reads normal* when it is accepted and every assessed
finding is called below its threshold. Exits with 1 when one does. Goes on with photos that are there already.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import nonchest
from common import ROOT
from films import read_gate

SEED = 77001
FAULTS = ("blur", "glare", "underexposed", "overexposed", "cut_off", "occluded", "too_small")
EACH_FAULT, NEGATIVES, DRAWN, DAMAGED = 12, 100, 48, 48


def simulate(args: argparse.Namespace, folder: Path, *more: str) -> None:
    if not folder.exists():
        part = folder.with_name(folder.name + ".partial")
        subprocess.run([sys.executable, str(args.simulator), "--out", str(part), "--profile", "wide", "--megapixels", "1.5", *more], check=True, stdout=subprocess.DEVNULL)
        part.rename(folder)


def write(folder: Path, name: str, picture: np.ndarray) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(folder / f"{name}.jpg"), picture, [cv2.IMWRITE_JPEG_QUALITY, 88])


def draw(folder: Path) -> None:
    """Pictures that show nothing, or nothing of a chest."""
    rng = np.random.default_rng(SEED)
    kinds = {"page": nonchest.page, "panel": nonchest.panel, "texture": nonchest.texture, "shapes": nonchest.shapes}
    for name, kind in kinds.items():
        for i in range(DRAWN):
            write(folder / name, f"{name}{i:03}", cv2.resize(kind(rng, 512), (900, 1200), interpolation=cv2.INTER_CUBIC))
    for i in range(DRAWN // 4):
        level = int(rng.integers(0, 256))
        write(folder / "black", f"black{i:03}", np.clip(rng.normal(4, 2, (1200, 900)), 0, 255).astype(np.uint8))
        write(folder / "blank", f"blank{i:03}", np.full((1200, 900), level, np.uint8))
        write(folder / "noise", f"noise{i:03}", rng.integers(0, 256, (1200, 900), dtype=np.uint8))


def gate(data: Path, folder: Path) -> None:
    """Other radiographs and everyday photos, as if a phone had taken them full frame."""
    natural = 0
    for file, kind, _ in read_gate(data):
        natural += kind == "natural photo"
        if kind == "natural photo" and natural > 60:
            continue
        g = cv2.imread(str(data / file), cv2.IMREAD_COLOR)
        scale = 1200 / max(g.shape[:2])
        write(folder / kind.replace(" ", "_"), Path(file).stem, cv2.resize(g, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC))


def damage(photos: Path, folder: Path) -> None:
    """Photos cut off at a random place, with and without a forged end, and with bytes overwritten in the middle."""
    rng = np.random.default_rng(SEED + 1)
    folder.mkdir(parents=True, exist_ok=True)
    names = sorted(photos.glob("*.jpg"))
    for i in range(DAMAGED):
        whole = names[i % len(names)].read_bytes()
        at = int(len(whole) * rng.uniform(0.15, 0.9))
        how = i % 3
        if how == 0:
            bad = whole[:at]
        elif how == 1:
            bad = whole[:at] + b"\xff\xd9"
        else:
            bad = whole[:at] + bytes(rng.integers(0, 256, 400, dtype=np.uint8)) + whole[at + 400:]
        (folder / f"damaged{i:03}.jpg").write_bytes(bad)


def inputs(args: argparse.Namespace) -> dict[str, list[Path]]:
    """Faulty inputs by kind."""
    out: dict[str, list[Path]] = {}
    for i, fault in enumerate(FAULTS):
        folder = args.out / f"fault-{fault}"
        simulate(args, folder, "--sources", str(args.data / "fullsize"), "--count", str(EACH_FAULT), "--fault", fault, "--seed", str(SEED + 10 + i))
        # Some planned faults come out mild: only what the renderer's own measurements call bad is faulty.
        bad = [p for p in sorted(folder.glob("*.json")) if (e := json.loads(p.read_text())["expect"])["verdict"] == "retake" and not e["borderline"]]
        out[f"film, {fault}"] = [p.with_suffix(".jpg") for p in bad]
    simulate(args, args.out / "negatives", "--negatives", str(NEGATIVES), "--textures", str(args.data / "gate"), "--seed", str(SEED + 30))
    out["rendered, no chest film"] = sorted((args.out / "negatives").glob("*.jpg"))
    if not (args.out / "drawn").exists():
        draw(args.out / "drawn")
        gate(args.data, args.out / "gate")
        damage(args.photos, args.out / "damaged")
    for folder in (*sorted((args.out / "drawn").iterdir()), *sorted((args.out / "gate").iterdir())):
        out[folder.name.replace("_", " ")] = sorted(folder.glob("*.jpg"))
    out["damaged file"] = sorted((args.out / "damaged").glob("*.jpg"))
    return out


def analyze(program: Path, photos: list[Path]) -> dict[str, dict]:
    done = subprocess.run([str(program), "analyze", "--json", *map(str, photos)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
    return {line["path"]: line for line in lines if "verdict" in line}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--program", type=Path, default=ROOT / "target/release/fieldray")
    p.add_argument("--data", type=Path, default=ROOT / "../shared/cxr")
    p.add_argument("--photos", type=Path, default=ROOT / "../shared/photos")
    p.add_argument("--simulator", type=Path, default=ROOT / "../shared/tools/film_photo_sim.py")
    p.add_argument("--out", type=Path, default=ROOT / ".venv-training/work/faulty")
    args = p.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    pack = tomllib.loads(max((ROOT / "models/findings").glob("*/manifest.toml")).read_text())
    assessed = [f["code"] for f in pack["finding"] if f["status"] == "assessed"]
    total, normal = Counter(), []
    print(f"{'input':28} {'inputs':>7} {'not taken':>10} {'sent back':>10} {'accepted':>9} {'reads normal':>13}")
    for kind, photos in inputs(args).items():
        answers = analyze(args.program, photos) if photos else {}
        accepted = [a for a in answers.values() if a["verdict"] == "accept"]
        # Hints never raise urgency: only what is assessed keeps a film from reading normal.
        quiet = [a for a in accepted if all(a["calls"].get(f, "below") == "below" for f in assessed)]
        row = {"inputs": len(photos), "not taken": len(photos) - len(answers), "sent back": len(answers) - len(accepted), "accepted": len(accepted), "reads normal": len(quiet)}
        total.update(row)
        normal += [a["path"] for a in quiet]
        print(f"{kind:28} {row['inputs']:7} {row['not taken']:10} {row['sent back']:10} {row['accepted']:9} {row['reads normal']:13}", flush=True)
    print(f"{'all':28} {total['inputs']:7} {total['not taken']:10} {total['sent back']:10} {total['accepted']:9} {total['reads normal']:13}")
    for path in normal:
        print(f"reads normal: {path}")
    sys.exit(bool(normal))


if __name__ == "__main__":
    main()
