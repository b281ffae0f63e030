"""An int8 copy of the findings network (static QDQ), to find out whether it would be faster: it does not ship.

Scales come from films of the training split. Prints how far the scores move; `bench_infer.py` times it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

import augment
import regions
from common import ROOT
from films import FINDINGS, load_pixels, read_films
from sklearn.metrics import roc_auc_score

SCALE_FILMS = 200


class Seen(CalibrationDataReader):
    """Films as the network sees them."""

    def __init__(self, pixels: np.ndarray, boxes: np.ndarray, size: int):
        self.rows = iter([{"radiograph": augment.to_input(regions.seen(np.asarray(g), b, size)[None])} for g, b in zip(pixels, boxes)])

    def get_next(self) -> dict | None:
        return next(self.rows, None)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, default=ROOT / "../shared/cxr")
    p.add_argument("--photos", type=Path, default=ROOT / "../shared/photos")
    p.add_argument("--work", type=Path, default=ROOT / ".venv-training/work")
    p.add_argument("--network", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    args = p.parse_args()
    films = read_films(args.data, args.photos)
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    boxes = regions.boxes_of(args.work, pixels, "films")
    size = onnxruntime.InferenceSession(str(args.network)).get_inputs()[0].shape[2]
    rng = np.random.default_rng(20)
    train = rng.choice([i for i, f in enumerate(films) if f.split == "train"], SCALE_FILMS, replace=False)
    prepared = args.out.with_suffix(".prepared.onnx")
    quant_pre_process(str(args.network), str(prepared), skip_symbolic_shape=True)
    quantize_static(str(prepared), str(args.out), Seen(pixels[train], boxes[train], size), quant_format=QuantFormat.QDQ, per_channel=True,
                    activation_type=QuantType.QInt8, weight_type=QuantType.QInt8, calibrate_method=CalibrationMethod.Percentile)
    prepared.unlink()
    val = [i for i, f in enumerate(films) if f.split == "val" and f.source in ("nih", "shenzhen")]
    said = {}
    for name, path in (("fp32", args.network), ("int8", args.out)):
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        said[name] = np.stack([session.run(["logits"], {"radiograph": augment.to_input(regions.seen(np.asarray(pixels[i]), boxes[i], size)[None])})[0][0] for i in val])
    print(f"{args.network.stat().st_size / 1e6:.1f} MB, int8 {args.out.stat().st_size / 1e6:.1f} MB; {len(val)} films")
    for finding, source in (("abnormal", "nih"), ("tuberculosis", "shenzhen"), ("pneumonia", "nih"), ("effusion", "nih"), ("cardiomegaly", "nih")):
        k = FINDINGS.index(finding)
        here = [(n, films[i].labels[k]) for n, i in enumerate(val) if films[i].source == source]
        y = [label for _, label in here]
        rows = [n for n, _ in here]
        areas = {name: roc_auc_score(y, s[rows, k]) for name, s in said.items()}
        shift = np.median(np.abs(1 / (1 + np.exp(-said["int8"][rows, k])) - 1 / (1 + np.exp(-said["fp32"][rows, k]))))
        print(f"{finding:14} {source:9} AUC fp32 {areas['fp32']:.3f}, int8 {areas['int8']:.3f}; median shift of the score {shift:.3f}")


if __name__ == "__main__":
    main()
