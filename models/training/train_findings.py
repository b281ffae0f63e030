"""Train the findings network. Resumes from the last finished epoch when it is started again."""

from __future__ import annotations

import time
from pathlib import Path

import cv2
import numpy as np
import torch
from sklearn.metrics import roc_auc_score
from torch.nn import functional as F
from torch.utils.data import DataLoader, Dataset
from tqdm import tqdm

import augment
import regions
from common import Average, arguments, groups, log_row, prepare, save, set_rate, start_from, train_mode
from films import FINDINGS, UNKNOWN, Film, load_pixels, read_films
from lite0 import FindingsNet, load_imagenet
from photo_pairs import read_photos

# Films drawn per epoch and source. Kermany would be most of the pool and is children only.
DRAWS = {"nih": 950, "shenzhen": 520, "kermany": 330, "ieee8023": 230, "covidcxnet": 100}
# How much a source's verdict on a finding counts. Low where the source itself gives the answer away.
TRUST = {("tuberculosis", "nih"): 0.15, ("covid19", "nih"): 0.3, ("covid19", "covidcxnet"): 0.3, ("abnormal", "ieee8023"): 0.3, ("pneumonia", "ieee8023"): 0.3}
POSITIVE_WEIGHT_MAX = 6.0
# Share of the target that comes from the teacher where there is one; the rest is the label.
TAUGHT = 0.6
# How often, and how far towards the whole film, the box around the lungs is widened.
WIDER, WIDER_MAX = 0.4, 0.5
# The rare NIH findings teach the backbone more than they will ever say themselves.
HEAD_WEIGHT = torch.tensor([1.0] * 6 + [0.35] * (len(FINDINGS) - 6))


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


class Pairs(Dataset):
    """Films of one epoch, each seen twice: as a film that was scanned well, and as one that a phone brought back.

    Where the film was photographed by the renderer and digitised by the appliance, the second look is that photo;
    else it is imitated. Both looks must score alike, which is taught besides what they show.
    """

    def __init__(self, pixels: np.ndarray, boxes: np.ndarray, photos: Photographed, films: list[Film], order: np.ndarray, size: int, seed: int, region: str,
                 taught: np.ndarray | None, two_photos: float):
        self.pixels, self.boxes, self.photos, self.order, self.size, self.seed, self.region = pixels, boxes, photos, order, size, seed, region
        # A little smoothing: the NIH labels come from report text and are wrong at times.
        self.targets = np.clip(np.array([f.labels for f in films], np.float32), 0, 1) * 0.94 + 0.03
        if taught is not None:
            self.targets = (1 - TAUGHT) * self.targets + TAUGHT * taught
        self.weights = weights(films)
        self.two_photos = two_photos
        # NIH normals teach "not tuberculosis" only when they are as blurred as the TB films.
        self.tb = FINDINGS.index("tuberculosis")
        self.sharp = np.array([f.source != "shenzhen" for f in films])

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, i: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        rng = np.random.default_rng([self.seed, i])
        film = self.order[i]
        g = np.asarray(self.pixels[film])
        weight = self.weights[film].copy()
        blur = self.sharp[film] and rng.random() < 0.5
        if self.sharp[film] and not blur:
            weight[self.tb] = 0
        mirror = rng.random() < 0.25
        photo = self.photos.draw(film, rng) if rng.random() < 0.7 else None
        other = self.photos.draw(film, rng) if rng.random() < self.two_photos else None
        scan = (g, self.boxes[film]) if other is None else other
        first = self.look(augment.bottleneck(scan[0]) if blur else scan[0], scan[1], mirror, rng, heavy=False)
        if photo is None:
            second = self.look(augment.bottleneck(g, int(rng.integers(112, 150))) if blur else g, self.boxes[film], mirror, rng, heavy=True)
        else:
            second = self.look(augment.bottleneck(photo[0]) if blur else photo[0], photo[1], mirror, rng, heavy=False)
        return first, second, self.targets[film], weight

    def look(self, g: np.ndarray, box: np.ndarray, mirror: bool, rng: np.random.Generator, heavy: bool) -> np.ndarray:
        if self.region == "frame":
            box = regions.FULL
        elif rng.random() < WIDER:
            # More of the chest wall at times: the lungs' box is never the same twice.
            share = rng.random() * WIDER_MAX
            box = (1 - share) * box + share * regions.FULL
        if heavy and rng.random() < 0.5:
            g = augment.mark(g, rng)
        g = augment.part(g, box, self.size, rng)
        if rng.random() < (0.9 if heavy else 0.5):
            g = augment.tone(g, rng, 1.0 if heavy else 0.5)
        if rng.random() < (0.7 if heavy else 0.3):
            g = augment.light(g, rng, 0.3 if heavy else 0.15)
        if heavy or rng.random() < 0.3:
            g = augment.camera(g, rng)
        if rng.random() < 0.15:
            g = augment.hide(g, rng)
        g = regions.equalise(g)
        return np.ascontiguousarray(g[:, ::-1]) if mirror else g


class Photographed:
    """Photos of training films that came back straight, as 256 px squares with their lungs' boxes."""

    def __init__(self, work: Path, films: list[Film]):
        index = {f.file: i for i, f in enumerate(films)}
        self.of: dict[int, list[int]] = {}
        pixels = []
        for photo in read_photos(work, "train"):
            if photo.usable and photo.film in index:
                self.of.setdefault(index[photo.film], []).append(len(pixels))
                pixels.append(cv2.imread(str(photo.radiograph), cv2.IMREAD_GRAYSCALE))
        self.pixels = np.stack(pixels) if pixels else np.empty((0, 256, 256), np.uint8)
        boxes = regions.Lungs().boxes(self.pixels) if pixels else np.empty((0, 4), np.float32)
        self.boxes = np.where(np.isnan(boxes), regions.FULL, boxes)

    def draw(self, film: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray] | None:
        choices = self.of.get(film)
        if not choices:
            return None
        i = choices[int(rng.integers(len(choices)))]
        return self.pixels[i], self.boxes[i]


def draw(films: list[Film], rng: np.random.Generator, limit: int) -> np.ndarray:
    """Indices of one epoch. Inside a source, rarer label sets are drawn more often."""
    order = []
    for source, count in DRAWS.items():
        here = np.array([i for i, f in enumerate(films) if f.source == source])
        if len(here) == 0:
            continue
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
def predict(net: FindingsNet, pixels: np.ndarray, boxes: np.ndarray, size: int, device: torch.device) -> np.ndarray:
    net.eval()
    out = []
    for start in range(0, len(pixels), 64):
        batch = np.stack([regions.seen(np.asarray(g), b, size) for g, b in zip(pixels[start:start + 64], boxes[start:start + 64])])
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
    p = arguments(__doc__, size=160, epochs=12, rate=4e-4)
    p.add_argument("--name", default="findings")
    p.add_argument("--agree", type=float, default=1.0, help="weight of the demand that both looks at a film score alike")
    p.add_argument("--region", choices=["lungs", "frame"], default="lungs", help="box around the lungs, or the whole film")
    p.add_argument("--teacher", action="store_true", help="learn also what teach.py left in the work folder: the same answer for scan and photo")
    p.add_argument("--scratch", action="store_true", help="start from random weights instead of ImageNet")
    p.add_argument("--lite", type=int, choices=[0, 1, 2], default=0, help="size of the backbone; only 0 is exported")
    p.add_argument("--no-photos", action="store_true", help="imitate every photo instead of using rendered and digitised ones")
    p.add_argument("--mix", type=float, default=0.0, help="mix-up: parameter of the beta distribution, 0 for none")
    p.add_argument("--warm", metavar="NAME", help="backbone weights left in the work folder by warm_up.py")
    p.add_argument("--commercial", action="store_true", help="only sources whose terms do not rule out commercial use")
    args = p.parse_args()
    device = prepare(args)
    films = read_films(args.data, args.photos)
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    boxes = regions.boxes_of(args.work, pixels, "films") if args.region == "lungs" else np.tile(regions.FULL, (len(films), 1))
    train = [i for i, f in enumerate(films) if f.split == "train" and (f.commercial or not args.commercial)]
    # The curve is judged on the calibration films; val is left for the final figures.
    check = [i for i, f in enumerate(films) if f.split == "calibrate" and (f.source != "kermany" or i % 4 == 0)]
    check_films, check_pixels, check_boxes = [films[i] for i in check], pixels[check], boxes[check]
    train_films, train_pixels, train_boxes = [films[i] for i in train], pixels[train], boxes[train]
    taught = None
    if args.teacher:
        teacher = np.load(args.work / "teacher.npz")
        said = dict(zip(teacher["files"], 1 / (1 + np.exp(-teacher["logits"]))))
        taught = np.stack([said[f.file] for f in train_films]).astype(np.float32)
    net = FindingsNet(len(FINDINGS), args.lite)
    if not args.scratch:
        load_imagenet(net.backbone, net.head, args.lite)
    if args.warm:
        net.backbone.load_state_dict(torch.load(args.work / f"{args.warm}.pt", map_location="cpu", weights_only=True))
    start_from(net, args.work, args.start)
    net.backbone.set_drop(0.1)
    net = net.to(device, memory_format=torch.channels_last)
    freeze = 0 if args.scratch else args.freeze
    train_mode(net, freeze)
    optimiser = torch.optim.AdamW(groups(net, args.rate, 0.03))
    average = Average(net, 0.995)
    checkpoint, curve = args.work / f"{args.name}.pt", args.work / f"{args.name}-curve.csv"
    first = 0
    if checkpoint.exists():
        old = torch.load(checkpoint, map_location=device, weights_only=True)
        net.load_state_dict(old["net"])
        optimiser.load_state_dict(old["optimiser"])
        average.state, average.steps, first = old["average"], old["steps"], old["epoch"] + 1

    judge = FindingsNet(len(FINDINGS), args.lite).to(device, memory_format=torch.channels_last)
    for epoch in range(first, args.epochs):
        began = time.monotonic()
        # Read anew: more photos may have come in meanwhile.
        photos = Photographed(args.work, [] if args.no_photos else train_films)
        print(f"{len(train)} films, photos of {len(photos.of)} of them", flush=True)
        order = draw(train_films, np.random.default_rng([args.seed, epoch]), args.limit)
        loader = DataLoader(Pairs(train_pixels, train_boxes, photos, train_films, order, args.size, args.seed * 1000 + epoch, args.region,
                                  taught, 0.3 if args.teacher else 0.0), args.batch, num_workers=args.workers,
                            drop_last=True, collate_fn=lambda rows: tuple(torch.from_numpy(np.stack(c)) for c in zip(*rows)))
        train_mode(net, freeze)
        total, apart, steps = 0.0, 0.0, args.epochs * len(loader)
        bar = tqdm(loader, desc=f"epoch {epoch + 1}/{args.epochs}", mininterval=20)
        for n, (one, two, target, weight) in enumerate(bar):
            set_rate(optimiser, epoch * len(loader) + n, steps)
            both = torch.cat([one, two]).to(device)
            x = ((both.float() / 255 - augment.MEAN) / augment.STD)[:, None].to(memory_format=torch.channels_last)
            target, weight = target.to(device), weight.to(device)
            if args.mix > 0:
                # Both looks of a film are mixed with the same other film, so that they still must agree.
                share, other = float(np.random.beta(args.mix, args.mix)), torch.randperm(len(one))
                x = share * x + (1 - share) * x[torch.cat([other, other + len(one)])]
                mixed = share * weight + (1 - share) * weight[other]
                target = (share * weight * target + (1 - share) * weight[other] * target[other]) / mixed.clamp(min=1e-6)
                weight = mixed
            logits, _ = net(x)
            target, weight = target.repeat(2, 1), weight.repeat(2, 1)
            each = F.binary_cross_entropy_with_logits(logits, target, reduction="none") * weight * HEAD_WEIGHT.to(device)
            a, b = logits.sigmoid().chunk(2)
            disagreement = ((a - b) ** 2).mean(0).sum()
            # Normalised per finding: a rare finding must not drown.
            loss = (each.sum(0) / weight.sum(0).clamp(min=4)).sum() + args.agree * disagreement
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            average.update(net)
            total += float(loss)
            apart += float((a - b).abs()[:, 0].mean())
            bar.set_postfix(loss=f"{total / (n + 1):.3f}", apart=f"{apart / (n + 1):.3f}", refresh=False)
        judge.load_state_dict(average.state)
        areas = quick_auc(predict(judge, check_pixels, check_boxes, args.size, device), check_films)
        print(epoch + 1, areas, flush=True)
        log_row(curve, {"epoch": epoch + 1, "loss": round(total / len(loader), 4), "apart": round(apart / len(loader), 4), "seconds": round(time.monotonic() - began, 1), **areas})
        content = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "average": average.state, "steps": average.steps, "epoch": epoch, "size": args.size,
                   "region": args.region}
        save(checkpoint, content)
        save(args.work / f"{args.name}-e{epoch + 1}.pt", {**{k: content[k] for k in ("average", "epoch", "size", "region")}, "lite": args.lite})


if __name__ == "__main__":
    main()
