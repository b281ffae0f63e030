"""Train the lung segmentation network. Resumes from the last finished epoch when it is started again.

Truth: human outlines of both lungs (`masks.csv`; they follow the chest wall and include the lung behind the heart and
the diaphragm's dome). They exist for one collection only, so every film goes through strong changes of light and frame.
"""

from __future__ import annotations

import csv
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset
from tqdm import tqdm

import augment
from common import Average, arguments, groups, log_row, prepare, save, set_rate, train_mode
from films import CACHE_PX, Film, read_films, squash
from lite0 import LungsNet, load_imagenet

REPEATS = 6


def read_masks(data: Path, films: list[Film]) -> tuple[list[Film], np.ndarray, np.ndarray]:
    """Films that have an outline, their pixels and their masks: uint8 [n, 256, 256] and [n, 256, 256, 2], 0 or 255."""
    by_file = {f.file: f for f in films}
    with (data / "masks.csv").open(newline="") as handle:
        rows = list(csv.DictReader(handle))
    chosen, pixels, masks = [], [], []
    for row in rows:
        both = sides(squash(cv2.imread(str(data / row["mask"]), cv2.IMREAD_GRAYSCALE), CACHE_PX))
        if both is None:
            continue
        chosen.append(by_file[row["image"]])
        pixels.append(squash(cv2.imread(str(data / row["image"]), cv2.IMREAD_GRAYSCALE), CACHE_PX))
        masks.append(both)
    return chosen, np.stack(pixels), np.stack(masks)


def sides(mask: np.ndarray) -> np.ndarray | None:
    """One mask of both lungs to [h, w, 2]: left of the picture, right of the picture. None when there are not two."""
    count, labels, stats, centres = cv2.connectedComponentsWithStats((mask > 127).astype(np.uint8))
    largest = sorted(range(1, count), key=lambda i: -stats[i, cv2.CC_STAT_AREA])[:2]
    if len(largest) < 2 or stats[largest[1], cv2.CC_STAT_AREA] < 0.01 * mask.size:
        return None
    largest.sort(key=lambda i: centres[i][0])
    return np.stack([np.where(labels == i, 255, 0).astype(np.uint8) for i in largest], -1)


class Outlines(Dataset):
    def __init__(self, pixels: np.ndarray, masks: np.ndarray, size: int, seed: int, length: int):
        self.pixels, self.masks, self.size, self.seed, self.length = pixels, masks, size, seed, length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, i: int) -> tuple[np.ndarray, np.ndarray]:
        rng = np.random.default_rng([self.seed, i])
        film = i % len(self.pixels)
        g, m = self.pixels[film], self.masks[film]
        if rng.random() < 0.5:
            g, m = np.ascontiguousarray(g[:, ::-1]), np.ascontiguousarray(m[:, ::-1, ::-1])
        g, m = frame(g, m, rng)
        if rng.random() < 0.4:
            g = augment.bottleneck(g, int(rng.integers(100, 160)))
        if rng.random() < 0.4:
            g = augment.mark(g, rng)
        if rng.random() < 0.9:
            g = augment.tone(g, rng, 1.2)
        if rng.random() < 0.6:
            g = augment.light(g, rng)
        g = augment.camera(g, rng)
        half = cv2.resize(m, (self.size // 2, self.size // 2), interpolation=cv2.INTER_AREA)
        return augment.to_square(g, self.size), np.ascontiguousarray(half.transpose(2, 0, 1))


def frame(g: np.ndarray, m: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Other framings: smaller children in a wide frame, crops that cut a lung, borders of the sheet, small turns."""
    n = g.shape[0]
    a = np.deg2rad(rng.normal(0, 5))
    scale = rng.uniform(0.6, 1.25) * np.exp(rng.normal(0, 0.1, 2))
    spin = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    base = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32)
    corners = ((base * scale) @ spin.T + rng.normal(0, 0.02, (4, 2)) + rng.normal(0, 0.09, (1, 2))).astype(np.float32)
    t = cv2.getPerspectiveTransform((base + 1) * n / 2, (corners + 1) * n / 2)
    edge = int(rng.choice([0, 0, 255, int(g.mean()), rng.integers(256)]))
    mode = cv2.BORDER_REPLICATE if rng.random() < 0.4 else cv2.BORDER_CONSTANT
    g = cv2.warpPerspective(g, t, (n, n), flags=cv2.INTER_LINEAR, borderMode=mode, borderValue=edge)
    return g, cv2.warpPerspective(m, t, (n, n), flags=cv2.INTER_LINEAR)


@torch.no_grad()
def dice(net: LungsNet, pixels: np.ndarray, masks: np.ndarray, size: int, device: torch.device) -> np.ndarray:
    """Dice of each film, both lungs together, at the network's output size."""
    net.eval()
    out = []
    for g, m in zip(pixels, masks):
        x = torch.from_numpy(augment.to_input(augment.to_square(g, size)[None])).to(device)
        got = (net(x)[0] > 0).cpu().numpy().any(0)
        want = cv2.resize(m, (size // 2, size // 2), interpolation=cv2.INTER_AREA).max(-1) > 127
        out.append(2 * (got & want).sum() / max(1, got.sum() + want.sum()))
    return np.array(out)


def main() -> None:
    p = arguments(__doc__, size=192, epochs=10, rate=1e-3)
    args = p.parse_args()
    device = prepare(args)
    films, pixels, masks = read_masks(args.data, read_films(args.data, args.photos))
    train = np.array([f.split == "train" for f in films])
    check = np.array([f.split == "calibrate" for f in films])
    net = LungsNet()
    load_imagenet(net.backbone)
    net = net.to(device, memory_format=torch.channels_last)
    train_mode(net, args.freeze)
    optimiser = torch.optim.AdamW(groups(net, args.rate, 0.02))
    average = Average(net, 0.99)
    checkpoint, curve = args.work / "lungs.pt", args.work / "lungs-curve.csv"
    first = 0
    if checkpoint.exists():
        old = torch.load(checkpoint, map_location=device, weights_only=True)
        net.load_state_dict(old["net"])
        optimiser.load_state_dict(old["optimiser"])
        average.state, average.steps, first = old["average"], old["steps"], old["epoch"] + 1
    judge = LungsNet().to(device, memory_format=torch.channels_last)
    length = args.limit or REPEATS * int(train.sum())
    for epoch in range(first, args.epochs):
        began = time.monotonic()
        loader = DataLoader(Outlines(pixels[train], masks[train], args.size, args.seed * 1000 + epoch, length), args.batch, shuffle=True,
                            num_workers=args.workers, drop_last=True, collate_fn=lambda rows: tuple(torch.from_numpy(np.stack(c)) for c in zip(*rows)))
        train_mode(net, args.freeze)
        total = 0.0
        bar = tqdm(loader, desc=f"epoch {epoch + 1}/{args.epochs}", mininterval=10)
        for n, (squares, half) in enumerate(bar):
            set_rate(optimiser, epoch * len(loader) + n, args.epochs * len(loader))
            x = ((squares.to(device).float() / 255 - augment.MEAN) / augment.STD)[:, None].to(memory_format=torch.channels_last)
            want = half.to(device).float() / 255
            logits = net(x)
            p_lung = logits.sigmoid()
            overlap = 2 * (p_lung * want).sum((2, 3)) + 20
            loss = F.binary_cross_entropy_with_logits(logits, want) + (1 - overlap / ((p_lung + want).sum((2, 3)) + 20)).mean()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            average.update(net)
            total += float(loss)
            bar.set_postfix(loss=f"{total / (n + 1):.3f}", refresh=False)
        judge.load_state_dict(average.state)
        held = dice(judge, pixels[check], masks[check], args.size, device)
        row = {"epoch": epoch + 1, "loss": round(total / len(loader), 4), "seconds": round(time.monotonic() - began, 1),
               "dice": round(float(held.mean()), 4), "dice_worst": round(float(held.min()), 4)}
        print(row)
        log_row(curve, row)
        save(checkpoint, {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average.state, "steps": average.steps,
                          "epoch": epoch, "size": args.size})


if __name__ == "__main__":
    main()
