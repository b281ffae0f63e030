"""Fit the ranking of candidate quadrilaterals and write `src/digitise/weights.rs`.

  fit_ranking.py OUT.rs --photos DIR CANDIDATES.txt [DIR CANDIDATES.txt ...] [--empty DIR CANDIDATES.txt]

CANDIDATES.txt is what `digitise-features candidates DIR` printed. The label of a candidate is how well it
fits the true film (IoU, and whether its crop is usable); on photos without a film every label is 0. Three
small networks are trained with different seeds and written as one network that equals their mean.
"""

import argparse

import numpy as np
import torch
from torch import nn

from rendered import by_photo, number, numbers, scorer

HIDDEN = 20
SEEDS = (0, 1, 2)


def clipped_iou(sd, truth, quads, width, height):
    """IoU inside the photo, for films that leave it."""
    def turned(p):
        return p if sd.area(p) > 0 else p[::-1]

    frame = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], float)
    film = sd.clip_polygon(turned(truth), frame)
    out = []
    for quad in quads:
        seen = sd.clip_polygon(turned(quad), frame)
        if len(seen) < 3 or len(film) < 3:
            out.append(0.0)
            continue
        both = sd.clip_polygon(seen, film)
        inner = abs(sd.area(both)) if len(both) > 2 else 0.0
        out.append(inner / (abs(sd.area(seen)) + abs(sd.area(film)) - inner))
    return np.array(out)


def labels(sd, truth, quads):
    film = np.array(truth["corners"], float)
    iou = np.array([sd.quad_iou(film, quad) for quad in quads])
    if truth["measures"]["content_outside"] > 0.004:
        iou = np.maximum(iou, clipped_iou(sd, film, quads, truth["width"], truth["height"]))
    crops = [sd.usable_crop(film, truth["content"], quad) for quad in quads]
    usable = np.array([kept >= 0.97 and share >= 0.85 for kept, share in crops])
    return 0.8 * np.clip((iou - 0.82) / 0.15, 0, 1) + 0.2 * np.maximum(usable, iou > 0.95)


def load(sd, pairs, empty):
    """(features, labels) for each photo."""
    groups = []
    for photos, printed in pairs:
        for truth, table in by_photo(photos, printed):
            features = table[:, 8:]
            if empty:
                groups.append((features, np.zeros(len(features), np.float32)))
            elif truth["corners"] and truth["measures"]["content_outside"] <= 0.35:
                quads = table[:, :8].reshape(-1, 4, 2).astype(float)
                groups.append((features, labels(sd, truth, quads).astype(np.float32)))
    return groups


def fit(groups, mean, scale, seed, epochs):
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(len(mean), HIDDEN), nn.ReLU(), nn.Dropout(0.1), nn.Linear(HIDDEN, 1))
    optimiser = torch.optim.AdamW(net.parameters(), 4e-3, weight_decay=0.08)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs)
    inputs = [torch.tensor((features - mean) / scale) for features, _ in groups]
    targets = [torch.tensor(label) for _, label in groups]
    for epoch in range(epochs):
        net.train()
        order = np.random.RandomState(epoch + seed * 1000).permutation(len(groups))
        for start in range(0, len(order), 16):
            loss = torch.zeros(())
            for index in order[start:start + 16]:
                x, y = inputs[index], targets[index]
                score = net(x + 0.08 * torch.randn_like(x))[:, 0]
                weight = torch.where(y > 0.3, 4.0, 1.0)
                each = nn.functional.binary_cross_entropy_with_logits(score, y, reduction="none")
                # What is lost by choosing with these scores instead of the best candidate.
                regret = (torch.softmax(1.5 * score, 0) * (y.max() - y)).sum()
                loss = loss + (each * weight).sum() / weight.sum() + regret
            optimiser.zero_grad()
            (loss / 16).backward()
            optimiser.step()
        schedule.step()
    net.eval()
    return net


def write(path, nets, mean, scale, photos):
    w1 = torch.cat([net[0].weight for net in nets]).detach().numpy() / scale
    b1 = torch.cat([net[0].bias for net in nets]).detach().numpy() - (w1 * mean).sum(1)
    w2 = torch.cat([net[3].weight[0] / len(nets) for net in nets]).detach().numpy()
    b2 = float(sum(net[3].bias.detach() for net in nets) / len(nets))
    with open(path, "w") as out:
        out.write("//! Weights of the ranking network; written by `models/training/digitise/fit_ranking.py`, not by hand.\n//!\n")
        out.write(f"//! Fitted on {photos} rendered photos, empty boxes counted twice.\n\n")
        out.write("#![expect(clippy::approx_constant, reason = \"a fitted weight may lie near a constant\")]\n\n")
        out.write("use super::features::FEATURES;\n\n")
        out.write(f"/// Hidden units.\npub(crate) const HIDDEN: usize = {len(b1)};\n")
        out.write(f"/// Offset of the score.\npub(crate) const OUT_BIAS: f32 = {number(b2)};\n")
        out.write("/// Per hidden unit: offset, weight in the score, weights of the features.\n#[rustfmt::skip]\n")
        out.write("pub(crate) const UNITS: [(f32, f32, [f32; FEATURES]); HIDDEN] = [\n")
        for bias, weight, row in zip(b1, w2, w1):
            out.write(f"    ({number(bias)}, {number(weight)}, [{numbers(row)}]),\n")
        out.write("];\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--photos", nargs="+", required=True)
    parser.add_argument("--empty", nargs="+", default=[])
    parser.add_argument("--scorer", default="../shared/tools/score_digitise.py")
    parser.add_argument("--epochs", type=int, default=110)
    a = parser.parse_args()
    sd = scorer(a.scorer)
    pairs = lambda flat: list(zip(flat[::2], flat[1::2]))
    groups = load(sd, pairs(a.photos), False) + 2 * load(sd, pairs(a.empty), True)
    everything = np.concatenate([features for features, _ in groups])
    mean, scale = everything.mean(0), everything.std(0) + 1e-3
    nets = [fit(groups, mean, scale, seed, a.epochs) for seed in SEEDS]
    write(a.out, nets, mean, scale, len(groups))
    print(f"{len(groups)} photos, {everything.shape[1]} features: {a.out}")


if __name__ == "__main__":
    main()
