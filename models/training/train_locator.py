"""Train the film locator: where a film lies in a photo. Resumes from the last finished epoch when it is started again.

Learns from rendered photos (`--rendered` folders of the shared renderer, with its truth beside each photo) and from pictures
without a film. Test sets are rendered with other seeds and, for the shared ones, from films that train nothing.
The corners come in the film's own order: upper left, upper right, lower right, lower left of the upright radiograph.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset
from tqdm import tqdm

import augment
from common import Average, arguments, groups, log_row, prepare, save, set_rate, start_from, train_mode
from films import read_gate
from lite0 import LocatorNet, load_imagenet
from regions import largest

# Photos are kept at this size, whatever their shape was: corners are in shares of the sides.
KEPT_PX = 320
# Spread of a corner's target, cells of the output.
SPREAD = 1.2
REPEATS = 3
HELD_SHARE = 12


class Photos:
    """Photos of some folders as squares; corners are shares of the sides, NaN without a film."""

    def __init__(self, folders: list[Path]):
        squares, corners, names = [], [], []
        for folder in folders:
            for truth_path in sorted(folder.rglob("*.json")):
                truth = json.loads(truth_path.read_text())
                photo = truth_path.with_suffix(".jpg")
                if not isinstance(truth, dict) or "corners" not in truth or not photo.exists():
                    continue
                # OpenCV turns the photo by its EXIF tag, as the truth's `corners` expects.
                grey = cv2.imread(str(photo), cv2.IMREAD_GRAYSCALE)
                if grey is None:
                    continue
                h, w = grey.shape
                squares.append(cv2.resize(grey, (KEPT_PX, KEPT_PX), interpolation=cv2.INTER_AREA))
                found = truth["corners"] or np.full((4, 2), np.nan)
                corners.append(np.array(found, np.float32) / np.array([w, h], np.float32))
                names.append(str(photo))
        self.squares, self.corners, self.names = np.stack(squares), np.stack(corners), names


def natural(data: Path, split: str) -> np.ndarray:
    """Pictures that show no film at all."""
    files = [f for f, kind, s in read_gate(data) if kind == "natural photo" and s == split]
    return np.stack([cv2.resize(cv2.imread(str(data / f), cv2.IMREAD_GRAYSCALE), (KEPT_PX, KEPT_PX), interpolation=cv2.INTER_AREA) for f in files])


class Views(Dataset):
    """Other views of the photos: turned, mirrored, nearer, farther, from the side, in other light."""

    def __init__(self, squares: np.ndarray, corners: np.ndarray, order: np.ndarray, size: int, seed: int):
        self.squares, self.corners, self.order, self.size, self.seed = squares, corners, order, size, seed

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, i: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        rng = np.random.default_rng([self.seed, i])
        g, quad = self.squares[self.order[i]], self.corners[self.order[i]]
        g, quad = view(g, quad, self.size, rng)
        if rng.random() < 0.7:
            g = augment.tone(g, rng, 0.8)
        if rng.random() < 0.4:
            g = augment.light(g, rng, 0.25)
        if rng.random() < 0.5:
            g = augment.camera(g, rng)
        half = self.size // 2
        mask = np.zeros((half, half), np.uint8)
        if not np.isnan(quad).any():
            cv2.fillConvexPoly(mask, np.round(quad * half * 16).astype(np.int32), 255, shift=4)
        return g, mask, quad.astype(np.float32)


def view(g: np.ndarray, quad: np.ndarray, size: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    n = g.shape[0]
    base = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    # Most photos are taken upright; the film's own order of corners is learned from how it lies, so turns stay the exception.
    a = np.deg2rad(rng.normal(0, 7)) + np.pi / 2 * int(rng.integers(4)) * (rng.random() < 0.15)
    zoom = float(np.exp(rng.normal(0.02, 0.14)))
    stretch = np.exp(rng.normal(0, 0.12, 2))
    spin = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    to = ((base - 0.5) * stretch * zoom) @ spin.T + 0.5 + rng.normal(0, 0.05, (1, 2)) + rng.normal(0, 0.025, (4, 2))
    if rng.random() < 0.04:
        to[:, 0] = 1 - to[:, 0]
    m = cv2.getPerspectiveTransform(base * n, (to * size).astype(np.float32))
    mode = cv2.BORDER_REFLECT_101 if rng.random() < 0.3 else cv2.BORDER_CONSTANT
    out = cv2.warpPerspective(g, m, (size, size), flags=cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR, borderMode=mode, borderValue=int(rng.integers(256)))
    if np.isnan(quad).any():
        return out, quad
    moved = cv2.perspectiveTransform((quad[None] * n).astype(np.float32), m)[0]
    return out, moved / size


def losses(masks: torch.Tensor, corners: torch.Tensor, present: torch.Tensor, want: torch.Tensor, quad: torch.Tensor) -> torch.Tensor:
    """Mask by cross-entropy and Dice; each corner inside the picture as a place among all cells; presence by cross-entropy."""
    film = ~torch.isnan(quad).any(-1).any(-1)
    p = masks[:, 0].sigmoid()
    entropy = F.binary_cross_entropy_with_logits(masks[:, 0], want, reduction="none").mean((1, 2))
    dice = 1 - (2 * (p * want).sum((1, 2)) + 20) / ((p + want).sum((1, 2)) + 20)
    n = corners.shape[-1]
    inside = (film[:, None, None] & (quad > 0) & (quad < 1)).all(-1)
    cells = torch.arange(n, device=corners.device) + 0.5
    centre = torch.nan_to_num(quad) * n
    bell = torch.exp(-((cells[None, None, :] - centre[..., :1]) ** 2) / (2 * SPREAD**2)), torch.exp(-((cells[None, None, :] - centre[..., 1:]) ** 2) / (2 * SPREAD**2))
    target = (bell[1][..., :, None] * bell[0][..., None, :]).flatten(2)
    target = target / target.sum(-1, keepdim=True).clamp(min=1e-6)
    place = -(target * corners.flatten(2).log_softmax(-1)).sum(-1)
    place = (place * inside).sum() / inside.sum().clamp(min=1)
    there = F.binary_cross_entropy_with_logits(present[:, 0], film.float())
    return entropy.mean() + dice.mean() + 0.6 * place + 0.5 * there


# Cells around a corner of the mask in which the maps are asked, and to either side of the highest of them.
NEAR, REACH = 6, 2
# Least probability that the maps give to a corner near a corner of the mask; below it the mask's own corner stays.
SEEN_MIN = 0.15


def corners_of(mask: np.ndarray, maps: np.ndarray) -> np.ndarray | None:
    """[4, 2] shares of the sides in the film's own order, or None without a mask. As `src/infer/locator.rs`.

    The mask says where the four corners are, the maps say where exactly and which is which: of the eight orders
    the one to which the four maps together give most. A map for itself may point at two corners at once.
    """
    n = mask.shape[-1]
    ys, xs = np.nonzero(largest(mask > 0))
    if len(xs) < 20:
        return None
    cells = np.stack([xs, ys], 1).astype(np.float32)
    rect = cv2.boxPoints(cv2.minAreaRect(cells))
    across, down = rect[1] - rect[0], rect[3] - rect[0]
    sides = np.stack([across / (across @ across), down / (down @ down)], 1)
    placed = cells @ sides
    rough = [cells[(placed @ np.array(way, np.float32)).argmax()] for way in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    p = np.exp(maps - maps.max((1, 2), keepdims=True))
    p /= p.sum((1, 2), keepdims=True)
    any_corner = p.sum(0)
    found, share = np.empty((4, 2), np.float32), np.empty((4, 4))
    for i, (x, y) in enumerate(rough):
        x, y = int(x), int(y)
        y0, y1, x0, x1 = max(0, y - NEAR), min(n, y + NEAR + 1), max(0, x - NEAR), min(n, x + NEAR + 1)
        share[i] = p[:, y0:y1, x0:x1].sum((1, 2))
        near = any_corner[y0:y1, x0:x1]
        if near.sum() < SEEN_MIN:
            found[i] = ((x + 0.5) / n, (y + 0.5) / n)
            continue
        py, px = np.unravel_index(int(near.argmax()), near.shape)
        py, px = py + y0, px + x0
        y0, y1, x0, x1 = max(0, py - REACH), min(n, py + REACH + 1), max(0, px - REACH), min(n, px + REACH + 1)
        w = any_corner[y0:y1, x0:x1]
        gy, gx = np.mgrid[y0:y1, x0:x1]
        found[i] = ((w * (gx + 0.5)).sum() / w.sum() / n, (w * (gy + 0.5)).sum() / w.sum() / n)
    orders = [np.roll(np.arange(4)[::step], turn) for step in (1, -1) for turn in range(4)]
    return found[max(orders, key=lambda order: share[order, np.arange(4)].sum())]


@torch.no_grad()
def judge(net: LocatorNet, squares: np.ndarray, corners: np.ndarray, size: int, device: torch.device) -> dict:
    net.eval()
    errors, ordered, areas, there = [], [], [], []
    for g, quad in zip(squares, corners):
        x = torch.from_numpy(augment.to_input(cv2.resize(g, (size, size), interpolation=cv2.INTER_AREA)[None])).to(device)
        masks, maps, present = (v[0].cpu().numpy() for v in net(x))
        film = not np.isnan(quad).any()
        there.append((float(present[0]) > 0) == film)
        if not film:
            continue
        found = corners_of(masks[0], maps)
        if found is None:
            errors.append(1.0)
            continue
        diagonal = (np.linalg.norm(quad[0] - quad[2]) + np.linalg.norm(quad[1] - quad[3])) / 2
        each = [np.linalg.norm(np.roll(found, r, 0) - quad, axis=1).mean() / diagonal for r in range(4)]
        each += [np.linalg.norm(np.roll(found[::-1], r, 0) - quad, axis=1).mean() / diagonal for r in range(4)]
        errors.append(min(each))
        ordered.append(int(np.argmin(each)) == 0)
        n = masks.shape[-1]
        want = np.zeros((n, n), np.uint8)
        cv2.fillConvexPoly(want, np.round(quad * n * 16).astype(np.int32), 1, shift=4)
        got = masks[0] > 0
        areas.append((got & (want > 0)).sum() / max(1, (got | (want > 0)).sum()))
    return {"corner_median": round(float(np.median(errors)), 4), "corner_over_3pc": round(float(np.mean(np.array(errors) > 0.03)), 4),
            "in_order": round(float(np.mean(ordered)), 4), "mask_iou": round(float(np.mean(areas)), 4), "present_right": round(float(np.mean(there)), 4)}


def main() -> None:
    p = arguments(__doc__, size=192, epochs=10, rate=1e-3)
    p.add_argument("--rendered", type=Path, nargs="+", required=True, help="folders of rendered photos that may train")
    p.add_argument("--check", type=Path, nargs="*", default=[], help="folders of rendered photos that are only judged, after the last epoch")
    args = p.parse_args()
    device = prepare(args)
    photos = Photos(args.rendered)
    held = np.arange(len(photos.names)) % HELD_SHARE == 0
    empty = natural(args.data, "train")[::2]
    squares = np.concatenate([photos.squares[~held], empty])
    corners = np.concatenate([photos.corners[~held], np.full((len(empty), 4, 2), np.nan, np.float32)])
    print(f"{(~held).sum()} photos, {held.sum()} held back, {len(empty)} pictures without a film", flush=True)
    net = LocatorNet()
    load_imagenet(net.backbone)
    start_from(net, args.work, args.start)
    net = net.to(device, memory_format=torch.channels_last)
    train_mode(net, args.freeze)
    optimiser = torch.optim.AdamW(groups(net, args.rate, 0.02))
    average = Average(net, 0.99)
    checkpoint, curve = args.work / "locator.pt", args.work / "locator-curve.csv"
    first = 0
    if checkpoint.exists():
        old = torch.load(checkpoint, map_location=device, weights_only=True)
        net.load_state_dict(old["net"])
        optimiser.load_state_dict(old["optimiser"])
        average.state, average.steps, first = old["average"], old["steps"], old["epoch"] + 1
    best = LocatorNet().to(device, memory_format=torch.channels_last)
    for epoch in range(first, args.epochs):
        began = time.monotonic()
        rng = np.random.default_rng([args.seed, epoch])
        film = ~np.isnan(corners).any((1, 2))
        order = np.concatenate([np.tile(np.flatnonzero(film), REPEATS), np.flatnonzero(~film)])
        order = rng.permutation(order)[:args.limit or None]
        loader = DataLoader(Views(squares, corners, order, args.size, args.seed * 1000 + epoch), args.batch, num_workers=args.workers, drop_last=True,
                            collate_fn=lambda rows: tuple(torch.from_numpy(np.stack(c)) for c in zip(*rows)))
        train_mode(net, args.freeze)
        total = 0.0
        bar = tqdm(loader, desc=f"epoch {epoch + 1}/{args.epochs}", mininterval=20)
        for n, (seen, mask, quad) in enumerate(bar):
            set_rate(optimiser, epoch * len(loader) + n, args.epochs * len(loader))
            x = ((seen.to(device).float() / 255 - augment.MEAN) / augment.STD)[:, None].to(memory_format=torch.channels_last)
            loss = losses(*net(x), mask.to(device).float() / 255, quad.to(device))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            average.update(net)
            total += float(loss)
            bar.set_postfix(loss=f"{total / (n + 1):.3f}", refresh=False)
        best.load_state_dict(average.state)
        row = {"epoch": epoch + 1, "loss": round(total / len(loader), 4), "seconds": round(time.monotonic() - began, 1),
               **judge(best, photos.squares[held], photos.corners[held], args.size, device)}
        print(row, flush=True)
        log_row(curve, row)
        save(checkpoint, {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average.state, "steps": average.steps, "epoch": epoch, "size": args.size})
    for folder in args.check:
        test = Photos([folder])
        best.load_state_dict(average.state)
        print(folder.name, json.dumps(judge(best, test.squares, test.corners, args.size, device)))


if __name__ == "__main__":
    main()
