"""Train the findings network. Resumes from the last finished epoch when it is started again."""

from __future__ import annotations

import time

import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset
from tqdm import tqdm

import augment
from common import Average, arguments, groups, log_row, prepare, save, set_rate, start_from, train_mode
from films import FINDINGS, UNKNOWN, Film, load_pixels, read_films
from lite0 import FindingsNet, load_imagenet

# Films drawn per epoch and source. Kermany would be most of the pool and is children only.
DRAWS = {"nih": 1800, "shenzhen": 1000, "kermany": 700, "ieee8023": 400, "covidcxnet": 250}
# How much a source's verdict on a finding counts. Low where the source itself gives the answer away.
TRUST = {("tuberculosis", "nih"): 0.15, ("covid19", "nih"): 0.3, ("covid19", "covidcxnet"): 0.3, ("abnormal", "ieee8023"): 0.3, ("pneumonia", "ieee8023"): 0.3}
POSITIVE_WEIGHT_MAX = 6.0


def weights(films: list[Film]) -> np.ndarray:
    """Weight per film and finding: classes balanced inside each source, so that knowing the source is worth nothing."""
    labels = np.array([f.labels for f in films])
    sources = np.array([f.source for f in films])
    out = np.zeros(labels.shape, np.float32)
    for k, finding in enumerate(FINDINGS):
        for source in DRAWS:
            here = sources == source
            positive, negative = here & (labels[:, k] == 1), here & (labels[:, k] == 0)
            trust = TRUST.get((finding, source), 1.0)
            out[negative, k] = trust
            out[positive, k] = trust
            if positive.any() and negative.any():
                ratio = negative.sum() / positive.sum()
                out[positive, k] *= np.clip(ratio, 1 / POSITIVE_WEIGHT_MAX, POSITIVE_WEIGHT_MAX)
    return out


class Photos(Dataset):
    """Films of one epoch, each through its own random phone."""

    def __init__(self, pixels: np.ndarray, films: list[Film], order: np.ndarray, size: int, seed: int):
        self.pixels, self.order, self.size, self.seed = pixels, order, size, seed
        self.labels = np.array([f.labels for f in films], np.float32)
        self.weights = weights(films)
        # NIH normals teach "not tuberculosis" only when they are as blurred as the TB films.
        self.tb = FINDINGS.index("tuberculosis")
        self.sharp = np.array([f.source != "shenzhen" for f in films])

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, i: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        rng = np.random.default_rng([self.seed, i])
        film = self.order[i]
        g = np.asarray(self.pixels[film])
        weight = self.weights[film].copy()
        if self.sharp[film]:
            if rng.random() < 0.5:
                g = augment.bottleneck(g)
            else:
                weight[self.tb] = 0
        if rng.random() < 0.3:
            g = np.ascontiguousarray(g[:, ::-1])
        return augment.to_square(augment.phone(g, rng), self.size), self.labels[film], weight


def draw(films: list[Film], rng: np.random.Generator, limit: int) -> np.ndarray:
    """Indices of one epoch. Inside a source, rarer label sets are drawn more often."""
    order = []
    for source, count in DRAWS.items():
        here = np.array([i for i, f in enumerate(films) if f.source == source])
        kinds = [tuple(films[i].labels) for i in here]
        frequency = {k: kinds.count(k) for k in set(kinds)}
        p = np.array([frequency[k] ** -0.35 for k in kinds])
        # Without replacement while the source lasts: nearly every film is seen each epoch.
        while count > 0:
            take = min(count, len(here))
            order.append(rng.choice(here, take, replace=False, p=p / p.sum()))
            count -= take
    mixed = rng.permutation(np.concatenate(order))
    return mixed[:limit] if limit else mixed


@torch.no_grad()
def predict(net: FindingsNet, pixels: np.ndarray, size: int, device: torch.device) -> np.ndarray:
    net.eval()
    out = []
    for start in range(0, len(pixels), 64):
        batch = np.stack([augment.to_square(np.asarray(g), size) for g in pixels[start:start + 64]])
        out.append(net(torch.from_numpy(augment.to_input(batch)).to(device))[0].float().cpu().numpy())
    return np.concatenate(out)


def quick_auc(logits: np.ndarray, films: list[Film]) -> dict[str, float]:
    """AUC inside single sources: the pairs that matter, for the curve only."""
    out = {}
    for finding, source in [("abnormal", "nih"), ("abnormal", "shenzhen"), ("tuberculosis", "shenzhen"), ("covid19", "ieee8023"),
                            ("pneumonia", "nih"), ("effusion", "nih"), ("cardiomegaly", "nih")]:
        k = FINDINGS.index(finding)
        y = np.array([f.labels[k] if f.source == source else UNKNOWN for f in films])
        known = y >= 0
        out[f"{finding}/{source}"] = round(float(roc_auc_score(y[known], logits[known, k])), 4) if len(set(y[known])) == 2 else float("nan")
    return out


def main() -> None:
    p = arguments(__doc__, size=160, epochs=7, rate=4e-4)
    p.add_argument("--name", default="findings")
    args = p.parse_args()
    device = prepare(args)
    films = read_films(args.data, args.photos)
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    train = [i for i, f in enumerate(films) if f.split == "train"]
    # The curve is judged on the calibration films; val is left for the final figures.
    check = [i for i, f in enumerate(films) if f.split == "calibrate"]
    check_films, check_pixels = [films[i] for i in check], pixels[check]
    train_films, train_pixels = [films[i] for i in train], pixels[train]

    net = FindingsNet(len(FINDINGS))
    load_imagenet(net.backbone, net.head)
    start_from(net, args.work, args.start)
    net.backbone.set_drop(0.1)
    net = net.to(device, memory_format=torch.channels_last)
    train_mode(net, args.freeze)
    optimiser = torch.optim.AdamW(groups(net, args.rate, 0.02))
    average = Average(net, 0.995)
    checkpoint, curve = args.work / f"{args.name}.pt", args.work / f"{args.name}-curve.csv"
    first = 0
    if checkpoint.exists():
        old = torch.load(checkpoint, map_location=device, weights_only=True)
        net.load_state_dict(old["net"])
        optimiser.load_state_dict(old["optimiser"])
        average.state, average.steps, first = old["average"], old["steps"], old["epoch"] + 1

    judge = FindingsNet(len(FINDINGS)).to(device, memory_format=torch.channels_last)
    for epoch in range(first, args.epochs):
        began = time.monotonic()
        order = draw(train_films, np.random.default_rng([args.seed, epoch]), args.limit)
        loader = DataLoader(Photos(train_pixels, train_films, order, args.size, args.seed * 1000 + epoch), args.batch, num_workers=args.workers,
                            drop_last=True, collate_fn=lambda rows: tuple(torch.from_numpy(np.stack(c)) for c in zip(*rows)))
        train_mode(net, args.freeze)
        total, steps = 0.0, args.epochs * len(loader)
        bar = tqdm(loader, desc=f"epoch {epoch + 1}/{args.epochs}", mininterval=10)
        for n, (squares, labels, weight) in enumerate(bar):
            set_rate(optimiser, epoch * len(loader) + n, steps)
            x = ((squares.to(device).float() / 255 - augment.MEAN) / augment.STD)[:, None].to(memory_format=torch.channels_last)
            logits, _ = net(x)
            labels, weight = labels.to(device).clamp(min=0), weight.to(device)
            # A little smoothing: the NIH labels come from report text and are wrong at times.
            target = labels * 0.94 + 0.03
            each = F.binary_cross_entropy_with_logits(logits, target, reduction="none") * weight
            # Normalised per finding: a rare finding must not drown.
            loss = (each.sum(0) / weight.sum(0).clamp(min=4)).sum()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            average.update(net)
            total += float(loss.detach())
            bar.set_postfix(loss=f"{total / (n + 1):.3f}", refresh=False)
        judge.load_state_dict(average.state)
        aucs = quick_auc(predict(judge, check_pixels, args.size, device), check_films)
        log_row(curve, {"epoch": epoch + 1, "loss": round(total / len(loader), 4), "seconds": round(time.monotonic() - began, 1), **aucs})
        print(epoch + 1, aucs, flush=True)
        save(checkpoint, {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average.state, "steps": average.steps,
                          "epoch": epoch, "size": args.size, "seed": args.seed, "epochs": args.epochs})
        # Each epoch's averaged weights stay: export can take the mean of two of them.
        save(args.work / f"{args.name}-e{epoch + 1}.pt", {"average": average.state, "epoch": epoch, "size": args.size})


if __name__ == "__main__":
    main()
