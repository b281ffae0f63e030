"""Train the orientation network: turn and mirroring, inverted grey scale, frontal chest film or not, and of what kind.

Labels are free: upright films are turned, mirrored and inverted here. Resumes like `train_findings.py`.
"""

from __future__ import annotations

import time

import numpy as np
import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset
from tqdm import tqdm

import augment
import nonchest
import phantoms
from common import Average, arguments, groups, log_row, prepare, save, set_rate, start_from, train_mode
from films import CACHE_PX, UNKNOWN, Film, load_pixels, read_films, read_gate
from lite0 import KINDS, OrientationNet, load_imagenet

# Phantom chests an epoch: they must pass the gate.
PHANTOMS = 160
DRAWS = {"nih": 1900, "kermany": 1100, "shenzhen": 420, "ieee8023": 350, "covidcxnet": 260}
# Drawn per epoch from what is no frontal chest film. Few bone films exist: they repeat a lot.
OTHERS = {"natural photo": 420, "lateral chest X-ray": 260, "CT slice": 160, "bone X-ray": 120, "drawn": 240, "fragment": 160, "two films": 320}
INVERTED_SHARE = 0.3
# The few NIH children say more than Kermany's many: there, children and adults come from one place.
CHILD_WEIGHT = {"nih": (1.0, 12.0), "kermany": (0.0, 0.4), "ieee8023": (0.5, 4.0), "covidcxnet": (0.3, 4.0)}


class Turned(Dataset):
    """One epoch of films in random orientation, mixed with what is no chest film."""

    def __init__(self, pixels: np.ndarray, films: list[Film], gate: np.ndarray, lateral: np.ndarray, plan: list[tuple[str, int]], size: int, seed: int):
        self.pixels, self.films, self.gate, self.lateral, self.plan, self.size, self.seed = pixels, films, gate, lateral, plan, size, seed

    def __len__(self) -> int:
        return len(self.plan)

    def __getitem__(self, i: int) -> tuple[np.ndarray, int, int, int, np.ndarray, np.ndarray]:
        rng = np.random.default_rng([self.seed, i])
        kind, index = self.plan[i]
        chest = kind in ("film", "phantom")
        kinds, weight = np.zeros(len(KINDS), np.float32), np.array([1, 1, 0], np.float32)
        if kind == "phantom":
            g, weight[:] = phantoms.chest(rng, CACHE_PX), 0
        elif chest:
            g = np.asarray(self.pixels[index])
            film = self.films[index]
            if film.child != UNKNOWN:
                kinds[2], weight[2] = film.child, CHILD_WEIGHT[film.source][film.child]
        elif kind == "two films":
            g = nonchest.two_films(np.asarray(self.pixels[index]), np.asarray(self.pixels[int(rng.integers(len(self.pixels)))]), rng)
            kinds[1] = 1
        elif kind == "fragment":
            g = nonchest.fragment(np.asarray(self.pixels[index]), rng)
        elif kind == "drawn":
            g = nonchest.drawn(rng, CACHE_PX)
        else:
            g = np.asarray(self.gate[index])
            kinds[0] = self.lateral[index]
        return *example(g, chest, self.size, rng), kinds, weight


def example(g: np.ndarray, chest: bool, size: int, rng: np.random.Generator) -> tuple[np.ndarray, int, int, int]:
    """(square, orientation, inverted, chest)."""
    if chest and rng.random() < 0.5:
        # A second helping of letters: for this network they are the worst shortcut.
        g = augment.mark(g, rng)
    g = augment.phone(g, rng)
    orientation, inverted = int(rng.integers(8)), int(rng.random() < INVERTED_SHARE)
    g = augment.orient(g, orientation)
    if inverted:
        g = augment.invert(g, rng)
    return augment.to_square(g, size), orientation, inverted, int(chest)


def plan(films: list[Film], gate: list[tuple[str, str, str]], rng: np.random.Generator, limit: int) -> list[tuple[str, int]]:
    """(kind, index) of one epoch, shuffled."""
    out: list[tuple[str, int]] = []

    def add(kind: str, here: list[int], count: int) -> None:
        while count > 0:
            chosen = rng.permutation(here)[:count]
            out.extend((kind, int(i)) for i in chosen)
            count -= len(chosen)

    for source, count in DRAWS.items():
        add("film", [i for i, f in enumerate(films) if f.source == source], count)
    out.extend([("phantom", 0)] * PHANTOMS)
    for kind, count in OTHERS.items():
        if kind == "drawn":
            out.extend([("drawn", 0)] * count)
        elif kind in ("fragment", "two films"):
            add(kind, list(range(len(films))), count)
        else:
            add("gate", [i for i, g in enumerate(gate) if g[1] == kind], count)
    mixed = [out[i] for i in rng.permutation(len(out))]
    return mixed[:limit] if limit else mixed


@torch.no_grad()
def quick_check(net: OrientationNet, pixels: np.ndarray, films: list[Film], size: int, device: torch.device) -> dict[str, float]:
    """Turn, mirror and inverted accuracy on degraded films, for the curve."""
    net.eval()
    rows = [example(np.asarray(g), True, size, np.random.default_rng([7, i])) for i, g in enumerate(pixels)]
    logits, inverted, chest, kinds = [], [], [], []
    for start in range(0, len(rows), 64):
        x = torch.from_numpy(augment.to_input(np.stack([r[0] for r in rows[start:start + 64]]))).to(device)
        for store, value in zip((logits, inverted, chest, kinds), net(x)):
            store.append(value.float().cpu().numpy())
    guess = np.concatenate(logits).argmax(1)
    truth = np.array([r[1] for r in rows])
    flat = np.concatenate(inverted)[:, 0] > 0
    out = {}
    for source in [*DRAWS, "all"]:
        here = np.array([source in (f.source, "all") for f in films])
        out[f"turn/{source}"] = round(float((guess // 2 == truth // 2)[here].mean()), 4)
        out[f"mirror/{source}"] = round(float((guess % 2 == truth % 2)[here].mean()), 4)
    out["inverted/all"] = round(float((flat == np.array([r[2] for r in rows])).mean()), 4)
    child = np.concatenate(kinds)[:, 2] > 0
    for source in ("nih", "kermany"):
        for value, name in ((1, "children"), (0, "adults")):
            here = np.array([f.source == source and f.child == value for f in films])
            if here.any():
                out[f"child/{source} {name}"] = round(float(child[here].mean()), 4)
    out["chest/films"] = round(float((np.concatenate(chest) > 0).mean()), 4)
    return out


def main() -> None:
    p = arguments(__doc__, size=128, epochs=4, rate=1e-3)
    p.add_argument("--name", default="orientation")
    p.set_defaults(freeze=3)
    args = p.parse_args()
    device = prepare(args)
    films = read_films(args.data, args.photos)
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    gate = read_gate(args.data)
    gate_pixels = load_pixels(args.data, [g[0] for g in gate], args.work / "cache")
    train = [i for i, f in enumerate(films) if f.split == "train" and f.oriented]
    check = [i for i, f in enumerate(films) if f.split == "calibrate" and f.oriented]
    gate_train = [i for i, g in enumerate(gate) if g[2] == "train"]
    check_films, check_pixels = [films[i] for i in check], pixels[check]
    train_films, train_pixels = [films[i] for i in train], pixels[train]
    gate, gate_pixels = [gate[i] for i in gate_train], gate_pixels[gate_train]
    lateral = np.array([g[1].startswith("lateral") for g in gate], np.float32)

    net = OrientationNet(args.size)
    load_imagenet(net.backbone)
    start_from(net, args.work, args.start)
    train_mode(net, args.freeze)
    net = net.to(device, memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(groups(net, args.rate, 0.02))
    average = Average(net, 0.995)
    checkpoint, curve = args.work / f"{args.name}.pt", args.work / f"{args.name}-curve.csv"
    first = 0
    if checkpoint.exists():
        old = torch.load(checkpoint, map_location=device, weights_only=True)
        net.load_state_dict(old["net"])
        optimiser.load_state_dict(old["optimiser"])
        average.state, average.steps, first = old["average"], old["steps"], old["epoch"] + 1

    judge = OrientationNet(args.size).to(device, memory_format=torch.channels_last)
    for epoch in range(first, args.epochs):
        began = time.monotonic()
        order = plan(train_films, gate, np.random.default_rng([args.seed, epoch]), args.limit)
        loader = DataLoader(Turned(train_pixels, train_films, gate_pixels, lateral, order, args.size, args.seed * 1000 + epoch), args.batch, num_workers=args.workers,
                            drop_last=True, collate_fn=lambda rows: tuple(torch.from_numpy(np.stack(c)) for c in zip(*rows)))
        train_mode(net, args.freeze)
        total, steps = 0.0, args.epochs * len(loader)
        bar = tqdm(loader, desc=f"epoch {epoch + 1}/{args.epochs}", mininterval=10)
        for n, (squares, orientation, inverted, chest, kinds, weight) in enumerate(bar):
            set_rate(optimiser, epoch * len(loader) + n, steps)
            x = ((squares.to(device).float() / 255 - augment.MEAN) / augment.STD)[:, None].to(memory_format=torch.channels_last)
            a, b, c, d = net(x)
            kinds, weight = kinds.to(device), weight.to(device)
            orientation, inverted, chest = orientation.to(device), inverted.to(device).float(), chest.to(device).float()
            count = chest.sum().clamp(min=1)
            loss = (F.cross_entropy(a, orientation, reduction="none", label_smoothing=0.02) * chest).sum() / count
            loss = loss + 0.5 * (F.binary_cross_entropy_with_logits(b[:, 0], inverted, reduction="none") * chest).sum() / count
            loss = loss + 0.5 * F.binary_cross_entropy_with_logits(c[:, 0], chest)
            each = F.binary_cross_entropy_with_logits(d, kinds, reduction="none") * weight
            loss = loss + 0.4 * (each.sum(0) / weight.sum(0).clamp(min=4)).sum()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            average.update(net)
            total += float(loss.detach())
            bar.set_postfix(loss=f"{total / (n + 1):.3f}", refresh=False)
        judge.load_state_dict(average.state)
        figures = quick_check(judge, check_pixels, check_films, args.size, device)
        log_row(curve, {"epoch": epoch + 1, "loss": round(total / len(loader), 4), "seconds": round(time.monotonic() - began, 1), **figures})
        print(epoch + 1, figures, flush=True)
        save(checkpoint, {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average.state, "steps": average.steps,
                          "epoch": epoch, "size": args.size, "seed": args.seed, "epochs": args.epochs})
        # Each epoch's averaged weights stay: export can take the mean of two of them.
        save(args.work / f"{args.name}-e{epoch + 1}.pt", {"average": average.state, "epoch": epoch, "size": args.size})


if __name__ == "__main__":
    main()
