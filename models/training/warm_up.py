"""Self-supervised warm-up of the backbone on every film of the training split, without labels.

Two looks at one film, a good scan and an imitated photo, must be nearer to each other than to the looks of the other films
of the batch (NT-Xent, Chen et al. 2020, "A simple framework for contrastive learning of visual representations").
`train_findings.py --warm NAME` starts from what it leaves.
"""

from __future__ import annotations

import time

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset
from tqdm import tqdm

import augment
import regions
from common import arguments, prepare, save, set_rate, train_mode
from films import load_pixels, read_films
from lite0 import FindingsNet, load_imagenet

TEMPERATURE = 0.2


class Looks(Dataset):
    """Films of one epoch, each seen as a scan and as an imitated photo."""

    def __init__(self, pixels: np.ndarray, boxes: np.ndarray, order: np.ndarray, size: int, seed: int):
        self.pixels, self.boxes, self.order, self.size, self.seed = pixels, boxes, order, size, seed

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, i: int) -> tuple[np.ndarray, np.ndarray]:
        rng = np.random.default_rng([self.seed, i])
        film = self.order[i]
        g = np.asarray(self.pixels[film])
        return self.look(g, self.boxes[film], rng, False), self.look(g, self.boxes[film], rng, True)

    def look(self, g: np.ndarray, box: np.ndarray, rng: np.random.Generator, photo: bool) -> np.ndarray:
        share = rng.random() * 0.6
        g = augment.part(g, (1 - share) * box + share * regions.FULL, self.size, rng)
        g = augment.tone(g, rng, 1.0)
        if photo:
            g = augment.camera(augment.light(g, rng, 0.3), rng)
        g = augment.hide(g, rng) if rng.random() < 0.5 else g
        g = regions.equalise(g)
        return np.ascontiguousarray(g[:, ::-1]) if rng.random() < 0.5 else g


def contrast(a: Tensor, b: Tensor) -> Tensor:
    """NT-Xent over a batch of pairs."""
    z = F.normalize(torch.cat([a, b]), dim=1)
    near = z @ z.T / TEMPERATURE
    near.fill_diagonal_(float("-inf"))
    n = len(a)
    return F.cross_entropy(near, torch.cat([torch.arange(n, 2 * n), torch.arange(n)]).to(near.device))


def main() -> None:
    p = arguments(__doc__, size=160, epochs=1, rate=3e-4)
    p.add_argument("--name", default="warm")
    args = p.parse_args()
    device = prepare(args)
    films = read_films(args.data, args.photos)
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    boxes = regions.boxes_of(args.work, pixels, "films")
    train = np.array([i for i, f in enumerate(films) if f.split == "train"])
    net = FindingsNet(128)
    load_imagenet(net.backbone, net.head)
    net = net.to(device, memory_format=torch.channels_last)
    project = nn.Sequential(nn.ReLU(), nn.Linear(128, 64)).to(device)
    train_mode(net, args.freeze)
    taught = [*(q for q in net.parameters() if q.requires_grad), *project.parameters()]
    optimiser = torch.optim.AdamW([{"params": taught, "peak": args.rate}], args.rate, weight_decay=0.03)
    began = time.monotonic()
    for epoch in range(args.epochs):
        order = np.random.default_rng([args.seed, epoch]).permutation(train)
        order = order[:args.limit] if args.limit else order
        loader = DataLoader(Looks(pixels, boxes, order, args.size, args.seed * 1000 + epoch), 2 * args.batch, num_workers=args.workers, drop_last=True,
                            collate_fn=lambda rows: tuple(torch.from_numpy(np.stack(c)) for c in zip(*rows)))
        total = 0.0
        bar = tqdm(loader, desc=f"warm-up {epoch + 1}/{args.epochs}", mininterval=20)
        for n, (one, two) in enumerate(bar):
            set_rate(optimiser, epoch * len(loader) + n, args.epochs * len(loader))
            both = torch.cat([one, two]).to(device)
            x = ((both.float() / 255 - augment.MEAN) / augment.STD)[:, None].to(memory_format=torch.channels_last)
            a, b = project(net(x)[0]).chunk(2)
            loss = contrast(a, b)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            total += float(loss)
            bar.set_postfix(loss=f"{total / (n + 1):.3f}", refresh=False)
        print(f"epoch {epoch + 1}: loss {total / len(loader):.3f}, {len(order)} films, {time.monotonic() - began:.0f} s", flush=True)
    save(args.work / f"{args.name}.pt", net.backbone.state_dict())


if __name__ == "__main__":
    main()
