"""What finished networks say about every film, averaged: soft targets for `train_findings.py --teacher`.

Each film is looked at as it is and mirrored. A network that scores fewer findings leaves the rest to the others.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from tqdm import tqdm

import augment
import regions
from common import ROOT
from films import FINDINGS, load_pixels, read_films


def answers(network: Path, pixels: np.ndarray, boxes: np.ndarray | None) -> np.ndarray:
    """Logits [films, findings], NaN for findings the network has no output for. Without boxes it sees the whole film, tone as it is."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
    size = session.get_inputs()[0].shape[2]
    out = np.full((len(pixels), len(FINDINGS)), np.nan, np.float32)
    for i, g in enumerate(tqdm(pixels, desc=network.parent.name, mininterval=10)):
        seen = cv2.resize(np.asarray(g), (size, size), interpolation=cv2.INTER_AREA) if boxes is None else regions.seen(np.asarray(g), boxes[i], size)
        looks = [session.run(["logits"], {"radiograph": augment.to_input(look[None])})[0][0] for look in (seen, seen[:, ::-1])]
        out[i, :len(looks[0])] = np.mean(looks, axis=0)
    return out


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, default=ROOT / "../shared/cxr")
    p.add_argument("--photos", type=Path, default=ROOT / "../shared/photos")
    p.add_argument("--work", type=Path, default=ROOT / ".venv-training/work")
    p.add_argument("--frame", type=Path, nargs="*", default=[], help="networks (ONNX) that see the whole film")
    p.add_argument("--lungs", type=Path, nargs="*", default=[], help="networks (ONNX) that see the equalised box around the lungs")
    args = p.parse_args()
    films = read_films(args.data, args.photos)
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    boxes = regions.boxes_of(args.work, pixels, "films")
    said = [answers(n, pixels, None) for n in args.frame] + [answers(n, pixels, boxes) for n in args.lungs]
    np.savez(args.work / "teacher.npz", files=np.array([f.file for f in films]), logits=np.nanmean(said, axis=0))


if __name__ == "__main__":
    main()
