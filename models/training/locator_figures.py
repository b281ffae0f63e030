"""Figures of the film locator, from the ONNX file that ships, under ONNX Runtime."""

from __future__ import annotations

import argparse
import time

import cv2
import numpy as np
import onnxruntime

import augment
from common import ROOT
from train_locator import Photos, corners_of


def figures(args: argparse.Namespace) -> dict:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(ROOT / "models/locator/1.0.0/model.onnx"), options, providers=["CPUExecutionProvider"])
    size = session.get_inputs()[0].shape[2]
    return {"size": size, "sets": {folder.name: of_set(session, size, Photos([folder])) for folder in args.rendered}}


def of_set(session: onnxruntime.InferenceSession, size: int, photos: Photos) -> dict:
    errors, ordered, areas, there, spent = [], [], [], [], []
    for g, quad in zip(photos.squares, photos.corners):
        x = augment.to_input(cv2.resize(g, (size, size), interpolation=cv2.INTER_AREA)[None])
        began = time.perf_counter()
        got = dict(zip((o.name for o in session.get_outputs()), session.run(None, {"radiograph": x})))
        spent.append((time.perf_counter() - began) * 1000)
        film = not np.isnan(quad).any()
        there.append((film, float(got["present"][0, 0]) > 0))
        if not film:
            continue
        found = corners_of(got["mask"][0, 0], got["corners"][0])
        if found is None:
            errors.append(1.0)
            continue
        diagonal = (np.linalg.norm(quad[0] - quad[2]) + np.linalg.norm(quad[1] - quad[3])) / 2
        turned = [np.roll(found[::step], r, 0) for step in (1, -1) for r in range(4)]
        each = [float(np.linalg.norm(t - quad, axis=1).mean() / diagonal) for t in turned]
        errors.append(min(each))
        ordered.append(int(np.argmin(each)) == 0)
        n = got["mask"].shape[-1]
        want = np.zeros((n, n), np.uint8)
        cv2.fillConvexPoly(want, np.round(quad * n * 16).astype(np.int32), 1, shift=4)
        mask = got["mask"][0, 0] > 0
        areas.append((mask & (want > 0)).sum() / max(1, (mask | (want > 0)).sum()))
    films = [seen for film, seen in there if film]
    others = [seen for film, seen in there if not film]
    e = np.array(errors)
    out = {"photos": len(there), "films": len(films), "film_seen": round(float(np.mean(films)), 4) if films else None, "others": len(others),
           "others_taken_for_films": round(float(np.mean(others)), 4) if others else None, "ms_median": round(float(np.median(spent)), 1)}
    if errors:
        out |= {"corner_median": round(float(np.median(e)), 4), "corner_p95": round(float(np.quantile(e, 0.95)), 4), "over_0.02": round(float((e > 0.02).mean()), 4),
                "over_0.05": round(float((e > 0.05).mean()), 4), "in_order": round(float(np.mean(ordered)), 4), "mask_iou": round(float(np.mean(areas)), 4)}
    return out
