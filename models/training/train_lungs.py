"""Train the lung network in two stages. Each resumes from its last finished epoch when it is started again.

`--stage outlines`: two lung masks from human outlines (`masks.csv`; they follow the chest wall and include the lung behind
the heart). They exist for one collection only, so every film goes through strong changes of light and frame.
`--stage opacities`: adds the opacity mask. Films without findings of the other collections get the first stage's lungs as
truth and opacities drawn by `opacity.draw`; outlined films go on teaching the lungs alone.
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
import opacity
from common import Average, arguments, groups, log_row, prepare, save, set_rate, train_mode
from films import CACHE_PX, Film, load_pixels, read_films, squash
from lite0 import LungsNet, load_imagenet

REPEATS = 6
# Outlined films and films without findings seen in an epoch of the second stage.
SECOND = {"outlines": 500, "nih": 450, "shenzhen": 350, "kermany": 250}
DRAWN_SHARE = 0.7


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
    """Films in `order` with their masks [.., 2]; those with `clear` are without findings and get opacities drawn on."""

    def __init__(self, pixels: np.ndarray, masks: np.ndarray, clear: np.ndarray, order: np.ndarray, size: int, seed: int, outputs: int):
        self.pixels, self.masks, self.clear, self.order, self.size, self.seed, self.outputs = pixels, masks, clear, order, size, seed, outputs

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, i: int) -> tuple[np.ndarray, np.ndarray, np.float32]:
        rng = np.random.default_rng([self.seed, i])
        film = self.order[i]
        g, m = self.pixels[film], self.masks[film]
        if self.outputs > 2:
            lungs, drawn = m > 127, np.zeros(g.shape, bool)
            if self.clear[film] and rng.random() < DRAWN_SHARE:
                g, drawn = opacity.draw(g, lungs, rng)
            m = np.concatenate([m, np.where(drawn, 255, 0).astype(np.uint8)[..., None]], -1)
        if rng.random() < 0.5:
            g, m = np.ascontiguousarray(g[:, ::-1]), np.ascontiguousarray(m[:, ::-1, [1, 0, 2][:self.outputs]])
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
        return augment.to_square(g, self.size), np.ascontiguousarray(half.transpose(2, 0, 1)), np.float32(self.clear[film])


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
        got = (net(x)[0, :2] > 0).cpu().numpy().any(0)
        want = cv2.resize(m, (size // 2, size // 2), interpolation=cv2.INTER_AREA).max(-1) > 127
        out.append(2 * (got & want).sum() / max(1, got.sum() + want.sum()))
    return np.array(out)


@torch.no_grad()
def outline(net: LungsNet, pixels: np.ndarray, size: int, device: torch.device) -> np.ndarray:
    """Lungs by the network, as `read_masks` gives them by hand."""
    net.eval()
    out = np.empty((*pixels.shape, 2), np.uint8)
    for start in range(0, len(pixels), 32):
        batch = np.stack([augment.to_square(np.asarray(g), size) for g in pixels[start:start + 32]])
        soft = net(torch.from_numpy(augment.to_input(batch)).to(device))[:, :2].sigmoid().cpu().numpy()
        for i, pair in enumerate(soft):
            large = [cv2.resize(side, (CACHE_PX, CACHE_PX)) for side in pair]
            out[start + i] = np.stack([np.where(side > 0.5, 255, 0) for side in large], -1)
    return out


@torch.no_grad()
def opacity_error(net: LungsNet, pixels: np.ndarray, masks: np.ndarray, size: int, device: torch.device) -> float:
    """Mean error of the share of lung affected, percentage points, on held-out kinds of drawn opacities; a third is left clear."""
    net.eval()
    errors = []
    for i, (g, m) in enumerate(zip(pixels, masks)):
        rng = np.random.default_rng([77, i])
        lungs, drawn = m > 127, np.zeros(g.shape, bool)
        if i % 3:
            g, drawn = opacity.draw_held_out(g, lungs, rng)
        p = net(torch.from_numpy(augment.to_input(augment.to_square(g, size)[None])).to(device))[0].sigmoid().cpu().numpy()
        lung = p[:2].max(0) > 0.5
        errors.append(abs(100 * ((p[2] > 0.5) & lung).sum() / max(1, lung.sum()) - 100 * drawn.sum() / lungs.any(-1).sum()))
    return float(np.mean(errors))


def second_stage(args, films: list[Film], device: torch.device) -> tuple[list[Film], np.ndarray, np.ndarray]:
    """Films without findings with the first stage's lungs; those in which it sees no two lungs are left out."""
    clear = [f for f in films if "normal" in f.raw and f.source in SECOND and f.split in ("train", "calibrate")]
    pixels = load_pixels(args.data, [f.file for f in clear], args.work / "cache")
    first = LungsNet(2).to(device)
    first.load_state_dict(torch.load(args.work / "lungs.pt", map_location=device, weights_only=True)["average"])
    masks = outline(first, pixels, args.size, device)
    areas = (masks > 127).mean((1, 2))
    good = [i for i, pair in enumerate(areas) if pair.min() > 0.03]
    return [clear[i] for i in good], np.asarray(pixels)[good], masks[good]


def epoch_order(films: list[Film], clear: np.ndarray, stage: str, rng: np.random.Generator) -> np.ndarray:
    train = np.array([f.split == "train" for f in films])
    outlined = np.flatnonzero(train & ~clear)
    if stage == "outlines":
        return rng.permutation(np.tile(outlined, REPEATS))
    order = [rng.choice(outlined, SECOND["outlines"])]
    for source in ("nih", "shenzhen", "kermany"):
        here = np.flatnonzero(train & clear & np.array([f.source == source for f in films]))
        order.append(rng.choice(here, SECOND[source], replace=len(here) < SECOND[source]))
    return rng.permutation(np.concatenate(order))


def main() -> None:
    p = arguments(__doc__, size=192, epochs=10, rate=1e-3)
    p.add_argument("--stage", choices=["outlines", "opacities"], default="outlines")
    args = p.parse_args()
    device = prepare(args)
    all_films = read_films(args.data, args.photos)
    films, pixels, masks = read_masks(args.data, all_films)
    clear = np.zeros(len(films), bool)
    net = LungsNet(2 if args.stage == "outlines" else 3)
    name = "lungs" if args.stage == "outlines" else "lungs-opacity"
    if args.stage == "outlines":
        load_imagenet(net.backbone)
    else:
        more, more_pixels, more_masks = second_stage(args, all_films, device)
        films, pixels, masks = films + more, np.concatenate([pixels, more_pixels]), np.concatenate([masks, more_masks])
        clear = np.concatenate([clear, np.ones(len(more), bool)])
        old = torch.load(args.work / "lungs.pt", map_location="cpu", weights_only=True)["average"]
        for key in ("masks.weight", "masks.bias"):
            fresh = net.state_dict()[key].clone()
            fresh[:2] = old[key]
            old[key] = fresh
        net.load_state_dict(old)
    check = np.array([f.split == "calibrate" for f in films])
    drawn_check = np.flatnonzero(check & clear)[::3]
    net = net.to(device, memory_format=torch.channels_last)
    train_mode(net, args.freeze)
    optimiser = torch.optim.AdamW(groups(net, args.rate, 0.02))
    average = Average(net, 0.99)
    checkpoint, curve = args.work / f"{name}.pt", args.work / f"{name}-curve.csv"
    first = 0
    if checkpoint.exists():
        old = torch.load(checkpoint, map_location=device, weights_only=True)
        net.load_state_dict(old["net"])
        optimiser.load_state_dict(old["optimiser"])
        average.state, average.steps, first = old["average"], old["steps"], old["epoch"] + 1
    outputs = net.masks.out_channels
    judge = LungsNet(outputs).to(device, memory_format=torch.channels_last)
    for epoch in range(first, args.epochs):
        began = time.monotonic()
        order = epoch_order(films, clear, args.stage, np.random.default_rng([args.seed, epoch]))[:args.limit or None]
        loader = DataLoader(Outlines(pixels, masks, clear, order, args.size, args.seed * 1000 + epoch, outputs), args.batch, num_workers=args.workers,
                            drop_last=True, collate_fn=lambda rows: tuple(torch.from_numpy(np.stack(c)) for c in zip(*rows)))
        train_mode(net, args.freeze)
        total = 0.0
        bar = tqdm(loader, desc=f"epoch {epoch + 1}/{args.epochs}", mininterval=10)
        for n, (squares, half, known) in enumerate(bar):
            set_rate(optimiser, epoch * len(loader) + n, args.epochs * len(loader))
            x = ((squares.to(device).float() / 255 - augment.MEAN) / augment.STD)[:, None].to(memory_format=torch.channels_last)
            # A film with findings of its own teaches the lungs only: where its opacities are is not known.
            weight = torch.ones(len(x), outputs)
            if outputs > 2:
                weight[:, 2] = known
            loss = mask_loss(net(x), half.to(device).float() / 255, weight.to(device))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            average.update(net)
            total += float(loss)
            bar.set_postfix(loss=f"{total / (n + 1):.3f}", refresh=False)
        judge.load_state_dict(average.state)
        held = dice(judge, pixels[check & ~clear], masks[check & ~clear], args.size, device)
        row = {"epoch": epoch + 1, "loss": round(total / len(loader), 4), "seconds": round(time.monotonic() - began, 1),
               "dice": round(float(held.mean()), 4), "dice_worst": round(float(held.min()), 4)}
        if outputs > 2:
            row["share_error_points"] = round(opacity_error(judge, pixels[drawn_check], masks[drawn_check], args.size, device), 2)
        print(row, flush=True)
        log_row(curve, row)
        save(checkpoint, {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average.state, "steps": average.steps,
                          "epoch": epoch, "size": args.size})


def mask_loss(logits: torch.Tensor, want: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Cross-entropy and soft Dice per mask; a clear film has Dice too, by the smoothing term."""
    p = logits.sigmoid()
    entropy = F.binary_cross_entropy_with_logits(logits, want, reduction="none").mean((2, 3))
    dice_loss = 1 - (2 * (p * want).sum((2, 3)) + 20) / ((p + want).sum((2, 3)) + 20)
    return (((entropy + dice_loss) * weight).sum(0) / weight.sum(0).clamp(min=1)).mean()


if __name__ == "__main__":
    main()
