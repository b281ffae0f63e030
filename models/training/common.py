"""What both training scripts share: arguments, seeds, averaging, checkpoints, curves."""

from __future__ import annotations

import argparse
import csv
import math
import os
import random
from pathlib import Path

import numpy as np
import torch
from torch import nn

ROOT = Path(__file__).resolve().parents[2]


def arguments(description: str, **defaults: float) -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(description=description)
    p.add_argument("--data", type=Path, default=ROOT / "../shared/cxr", help="folder with manifest.csv")
    p.add_argument("--photos", type=Path, default=ROOT / "../shared/photos", help="test photos; their films are kept out of training")
    p.add_argument("--work", type=Path, default=ROOT / ".venv-training/work", help="pixel cache, checkpoints and curves; never committed")
    p.add_argument("--size", type=int, default=int(defaults["size"]))
    p.add_argument("--epochs", type=int, default=int(defaults["epochs"]))
    p.add_argument("--batch", type=int, default=32)
    p.add_argument("--rate", type=float, default=defaults["rate"])
    p.add_argument("--start", nargs="+", metavar="NAME", help="checkpoints in the work folder to start from the mean of, instead of ImageNet")
    p.add_argument("--freeze", type=int, default=4, help="stem and first blocks left as ImageNet made them; they cost most of the time")
    p.add_argument("--seed", type=int, default=20)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--workers", type=int, default=1)
    p.add_argument("--limit", type=int, default=0, help="films per epoch, for a quick try")
    return p


def prepare(args: argparse.Namespace) -> torch.device:
    torch.set_num_threads(args.threads)
    random.seed(args.seed)
    np.random.seed(args.seed)
    torch.manual_seed(args.seed)
    args.work.mkdir(parents=True, exist_ok=True)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def mean_weights(work: Path, names: list[str]) -> dict[str, torch.Tensor]:
    """Averaged weights of one or more checkpoints, averaged once more."""
    states = [torch.load(work / f"{name}.pt", map_location="cpu", weights_only=True)["average"] for name in names]
    return {k: sum(s[k] for s in states) / len(states) if v.dtype.is_floating_point else v for k, v in states[-1].items()}


def start_from(net: nn.Module, work: Path, names: list[str] | None) -> None:
    """Weights of earlier runs, for a second stage."""
    if names:
        net.load_state_dict(mean_weights(work, names))


def train_mode(net: nn.Module, frozen: int) -> None:
    """Training mode, except for the frozen first layers and their statistics."""
    net.train()
    for part in [net.backbone.stem, *net.backbone.blocks][:frozen]:
        part.requires_grad_(False).eval()


def groups(net: nn.Module, rate: float, decay: float) -> list[dict]:
    """New layers learn five times faster than the ImageNet ones; gains and biases are not decayed."""
    out = []
    for fresh in (False, True):
        for flat in (False, True):
            chosen = [p for n, p in net.named_parameters() if n.startswith(("backbone", "head")) != fresh and (p.ndim < 2) == flat and p.requires_grad]
            out.append({"params": chosen, "peak": rate * (5 if fresh else 1), "weight_decay": 0.0 if flat else decay})
    return out


def set_rate(optimiser: torch.optim.Optimizer, step: int, steps: int) -> None:
    """Short warm-up, then half a cosine down to zero."""
    warm = max(1, steps // 20)
    factor = (step + 1) / warm if step < warm else 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, steps - warm)))
    for g in optimiser.param_groups:
        g["lr"] = g["peak"] * factor


class Average:
    """Exponential mean of weights and of normalisation statistics."""

    def __init__(self, net: nn.Module, keep: float):
        self.keep = keep
        self.state = {k: v.detach().clone() for k, v in net.state_dict().items()}
        self.steps = 0

    @torch.no_grad()
    def update(self, net: nn.Module) -> None:
        self.steps += 1
        keep = min(self.keep, self.steps / (self.steps + 9))
        for k, v in net.state_dict().items():
            if v.dtype.is_floating_point:
                self.state[k].lerp_(v, 1 - keep)
            else:
                self.state[k].copy_(v)


def save(path: Path, content: dict) -> None:
    """Whole file or none: a run may be killed at any moment."""
    partial = path.with_suffix(".partial")
    torch.save(content, partial)
    os.replace(partial, path)


def log_row(path: Path, row: dict) -> None:
    fresh = not path.exists()
    with path.open("a", newline="") as handle:
        writer = csv.DictWriter(handle, fieldnames=list(row))
        if fresh:
            writer.writeheader()
        writer.writerow(row)
