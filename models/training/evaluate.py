"""Figures for both networks, from the ONNX file that ships: `evaluate.py findings|orientation|photos`.

Calibration and thresholds come from the `calibrate` films only; `val` is judged afterwards and chooses nothing.
Writes models/training/results/<name>.json, which `export.py` turns into the manifest and the card.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

import augment
import nonchest
from common import ROOT
from films import CACHE_PX, FINDINGS, Film, load_pixels, read_films, read_gate, squash
from metrics import auc_ci, calibration_error, sigmoid, wilson

COPIES = 4
RESULTS = ROOT / "models/training/results"
# Within these (finding, source) pairs both classes exist in one place, so the AUC cannot be the source's doing.
PAIRS = [("abnormal", "nih"), ("abnormal", "shenzhen"), ("abnormal", "kermany"), ("tuberculosis", "shenzhen"), ("covid19", "ieee8023"),
         ("pneumonia", "nih"), ("pneumonia", "kermany"), ("effusion", "nih"), ("cardiomegaly", "nih")]
# Sensitivity the threshold must reach on the calibration films. 0.90: WHO target product profile for a TB triage test.
SENSITIVITY = {"tuberculosis": 0.90}
SENSITIVITY_OTHER = 0.85


class Network:
    """An ONNX file under ONNX Runtime, one square at a time, as the appliance runs it."""

    def __init__(self, path: Path, threads: int = 1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.size = self.session.get_inputs()[0].shape[2]

    def __call__(self, g: np.ndarray) -> list[np.ndarray]:
        x = augment.to_input(augment.to_square(g, self.size)[None])
        return self.session.run(None, {"radiograph": x})


def film_logits(network: Network, pixels: np.ndarray, copies: int, seed: int) -> np.ndarray:
    """[1 + copies, films, findings]: the digital original first, then copies through random phones."""
    out = np.empty((1 + copies, len(pixels), len(FINDINGS)), np.float32)
    for i, g in enumerate(tqdm(pixels, mininterval=10)):
        for c in range(1 + copies):
            seen = np.asarray(g) if c == 0 else augment.phone(np.asarray(g), np.random.default_rng([seed, i, c]))
            out[c, i] = network(seen)[0][0]
    return out


def labels_of(films: list[Film]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([f.labels for f in films]), np.array([f.source for f in films])


def balanced(y: np.ndarray, sources: np.ndarray, finding: str) -> np.ndarray:
    """Weights for calibration: every source with both classes counts the same, and so do both classes in it."""
    w = np.zeros(len(y))
    for name, source in PAIRS:
        if name == finding:
            for value in (0, 1):
                here = (sources == source) & (y == value)
                if here.any():
                    w[here] = 1 / here.sum()
    return w


def fit(finding: str, k: int, logits: np.ndarray, y: np.ndarray, sources: np.ndarray) -> dict:
    """Platt scale and offset, threshold and indeterminate band from the calibration films and their phone copies."""
    w = balanced(y[:, k], sources, finding)
    used = w > 0
    z, t, weight = logits[:, used, k], y[used, k], w[used]
    flat, target, fw = z.ravel(), np.tile(t, len(z)), np.tile(weight, len(z))
    model = LogisticRegression(C=10.0).fit(flat[:, None], target, sample_weight=fw / fw.mean())
    scale, offset = max(float(model.coef_[0, 0]), 0.1), float(model.intercept_[0])
    wanted = SENSITIVITY.get(finding, SENSITIVITY_OTHER)
    score = scale * flat + offset
    # The weighted sensitivity keeps the children's source from choosing the threshold alone.
    hits, hw = score[target == 1], fw[target == 1]
    order = np.argsort(hits)
    below = np.cumsum(hw[order]) / hw.sum()
    cut = hits[order][int(np.searchsorted(below, 1 - wanted))]
    # Two photos of one film differ by this much, so a score nearer to the threshold than this is not a call.
    shift = float(np.quantile(np.abs(scale * (z[1:] - z[:1])), 0.5))
    half = float(np.clip(shift, 0.1, 0.8))
    band = [float(sigmoid(np.array(cut + s * half))) for s in (-1, 1)]
    return {"code": finding, "scale": round(scale, 4), "offset": round(offset, 4), "threshold": round(float(sigmoid(np.array(cut))), 4),
            "indeterminate": [round(b, 4) for b in band], "calibration_positive": int((t == 1).sum()), "calibration_negative": int((t == 0).sum())}


def judge(finding: str, k: int, setting: dict, logits: np.ndarray, y: np.ndarray, sources: np.ndarray) -> dict:
    """Figures on the val films, per source, on originals and on phone copies."""
    score = sigmoid(setting["scale"] * logits[:, :, k] + setting["offset"])
    out: dict = {}
    for name, source in PAIRS:
        if name != finding:
            continue
        here = (sources == source) & (y[:, k] >= 0)
        t = y[here, k]
        clean, photos = score[0, here], score[1:, here]
        low, high = setting["indeterminate"]
        row: dict = {"digital": auc_ci(t, clean)}
        each = [auc_ci(t, p) for p in photos]
        if each and each[0]:
            row["phone_auc_mean"] = round(float(np.mean([e["auc"] for e in each])), 4)
            row["phone_first_copy"] = each[0]
        for label, s in (("digital", clean), ("phone", photos)):
            call = s >= setting["threshold"]
            tt = np.broadcast_to(t, s.shape)
            p, n = int((tt == 1).sum()), int((tt == 0).sum())
            tp, tn = int((call & (tt == 1)).sum()), int((~call & (tt == 0)).sum())
            row[f"{label}_call"] = {"sensitivity": round(tp / max(p, 1), 4), "specificity": round(tn / max(n, 1), 4),
                                    "indeterminate": round(float(((s >= low) & (s <= high)).mean()), 4)}
            if label == "digital":
                row["digital_call"] |= {"sensitivity_ci": wilson(tp, p), "specificity_ci": wilson(tn, n)}
        w = np.where(t == 1, 1 / max((t == 1).sum(), 1), 1 / max((t == 0).sum(), 1))
        row["ece_balanced"] = round(calibration_error(t, clean, w), 4)
        row["median_shift"] = round(float(np.median(np.abs(photos - clean[None]))), 4) if len(photos) else None
        row["flips"] = round(float(((photos >= setting["threshold"]) != (clean[None] >= setting["threshold"])).mean()), 4) if len(photos) else None
        out[source] = row
    return out


def shortcut_tests(network: Network, pixels: np.ndarray, films: list[Film], settings: list[dict], photos: int = 150) -> dict:
    """Mean score change when marks near the edge are blacked out, when text is added, and mean score with the lungs' half of the film blacked out."""
    rng = np.random.default_rng(5)
    pick = rng.permutation([i for i, f in enumerate(films) if f.source in ("nih", "shenzhen")])[:photos]
    scale = np.array([s["scale"] for s in settings])
    offset = np.array([s["offset"] for s in settings])

    def scores(change) -> np.ndarray:
        return np.array([sigmoid(scale * network(change(np.asarray(pixels[i]).copy()))[0][0] + offset) for i in pick])

    def corners(g: np.ndarray) -> np.ndarray:
        n = g.shape[0] // 8
        for a in (slice(0, n), slice(-n, None)):
            for b in (slice(0, n), slice(-n, None)):
                g[a, b] = 0
        return g

    plain = scores(lambda g: g)
    blurred = scores(lambda g: augment.bottleneck(g))
    corner, text = scores(corners), scores(lambda g: augment.mark(g, rng))
    out = {}
    for k, finding in enumerate(FINDINGS):
        out[finding] = {name: round(float(np.abs(v[:, k] - plain[:, k]).mean()), 4) for name, v in (("corners_black", corner), ("marks_added", text), ("through_128px", blurred))}
    return out


def findings(args: argparse.Namespace) -> None:
    network = Network(args.model or ROOT / "models/findings/1.0.0/model.onnx")
    films = read_films(args.data, args.photos)
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    chosen = {s: [i for i, f in enumerate(films) if f.split == s] for s in ("calibrate", "val")}
    logits = {s: film_logits(network, pixels[i], args.copies, 100 + len(s)) for s, i in chosen.items()}
    part = {s: [films[j] for j in i] for s, i in chosen.items()}
    y_cal, s_cal = labels_of(part["calibrate"])
    y_val, s_val = labels_of(part["val"])
    settings = [fit(f, k, logits["calibrate"], y_cal, s_cal) for k, f in enumerate(FINDINGS)]
    report = {"size": network.size, "copies": args.copies, "settings": settings,
              "val": {f: judge(f, k, settings[k], logits["val"], y_val, s_val) for k, f in enumerate(FINDINGS)},
              "shortcuts": shortcut_tests(network, pixels[chosen["val"]], part["val"], settings),
              "source_confounding": confounding(logits["val"][0], y_val, s_val),
              "windowing": {s: windowing(network, pixels[chosen[s]], part[s], settings) for s in chosen},
              "within_view": within_view(logits["val"][0], y_val, part["val"])}
    write(args.out or "findings", report)


def windowing(network: Network, pixels: np.ndarray, films: list[Film], settings: list[dict]) -> dict:
    """Should the appliance stretch the grey scale (0.5 to 99.5 percentile) before scoring? One phone copy of each adult film, both ways."""
    here = [i for i, f in enumerate(films) if f.source in ("nih", "shenzhen")]
    y, sources = labels_of([films[i] for i in here])
    scale, offset = (np.array([s[k] for s in settings]) for k in ("scale", "offset"))
    plain, stretched, shift, shift_stretched = [], [], [], []
    for n, i in enumerate(here):
        g = np.asarray(pixels[i])
        copy = augment.phone(g, np.random.default_rng([77, n]))
        a, b, c, d = (network(v)[0][0] for v in (g, copy, windowed(g), windowed(copy)))
        plain.append(b)
        stretched.append(d)
        shift.append(np.abs(sigmoid(scale * a + offset) - sigmoid(scale * b + offset)))
        shift_stretched.append(np.abs(sigmoid(scale * c + offset) - sigmoid(scale * d + offset)))
    out = {}
    for finding, source in PAIRS:
        if source in ("nih", "shenzhen"):
            k = FINDINGS.index(finding)
            keep = (sources == source) & (y[:, k] >= 0)
            areas = [auc_ci(y[keep, k], np.array(v)[keep, k]) for v in (plain, stretched)]
            out[f"{finding}/{source}"] = {"auc": areas[0] and areas[0]["auc"], "auc_stretched": areas[1] and areas[1]["auc"],
                                          "median_shift": round(float(np.median(np.array(shift)[keep, k])), 4), "median_shift_stretched": round(float(np.median(np.array(shift_stretched)[keep, k])), 4)}
    return out


def confounding(logits: np.ndarray, y: np.ndarray, sources: np.ndarray) -> dict:
    """Does a head tell sources apart where it should not? 0.5 would be a head that knows nothing of the source."""
    tb, covid = FINDINGS.index("tuberculosis"), FINDINGS.index("covid19")
    abnormal = FINDINGS.index("abnormal")
    normal = y[:, abnormal] == 0
    out = {}
    for name, k, a, b in (("tuberculosis head: Shenzhen normals against NIH normals", tb, (sources == "shenzhen") & normal, (sources == "nih") & normal),
                          ("tuberculosis head: NIH abnormal against NIH normal", tb, (sources == "nih") & ~normal, (sources == "nih") & normal),
                          ("covid19 head: ieee8023 not COVID against NIH abnormal", covid, (sources == "ieee8023") & (y[:, covid] == 0), (sources == "nih") & ~normal)):
        keep = a | b
        out[name] = auc_ci(a[keep].astype(int), logits[keep, k])
    return out


def within_view(logits: np.ndarray, y: np.ndarray, films: list[Film]) -> dict:
    """NIH figures inside one view: these normals are mostly bedside films, so the view itself is a shortcut."""
    out = {}
    for finding, source in PAIRS:
        if source == "nih":
            k = FINDINGS.index(finding)
            for view in ("PA", "AP"):
                here = np.array([f.source == source and f.view == view for f in films]) & (y[:, k] >= 0)
                out[f"{finding} {view}"] = auc_ci(y[here, k], logits[here, k])
    return out


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def policy(p: np.ndarray, turn_confidence: float, mirror_confidence: float) -> np.ndarray:
    """What the appliance would do: undo a turn or a mirroring only when sure, otherwise leave the film as it lies."""
    turns, mirrored = p.reshape(-1, 4, 2).sum(2), p[:, 1::2].sum(1)
    turn = np.where(turns.max(1) >= turn_confidence, turns.argmax(1), 0)
    return turn * 2 + (mirrored >= mirror_confidence)


def orientation(args: argparse.Namespace) -> None:
    network = Network(args.model or ROOT / "models/orientation/1.0.0/model.onnx")
    films = read_films(args.data, args.photos)
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    gate = read_gate(args.data)
    gate_pixels = load_pixels(args.data, [g[0] for g in gate], args.work / "cache")
    report: dict = {"size": network.size, "val": {}, "thresholds": {}}
    for split in ("calibrate", "val"):
        here = [i for i, f in enumerate(films) if f.split == split and f.oriented]
        sources = np.array([films[i].source for i in here])
        rows = []
        for n, i in enumerate(tqdm(here, mininterval=10)):
            g = np.asarray(pixels[i])
            rng = np.random.default_rng([9, n])
            # Each film twice as a digital original and twice through a phone, in random orientations; a mirrored second look for the last.
            for kind in ("digital", "digital", "phone", "phone", "inverted"):
                seen = g if kind == "digital" else augment.phone(g, rng)
                index = int(rng.integers(8))
                seen = augment.orient(seen, index)
                if kind == "inverted":
                    seen = 255 - seen
                a, b, c = network(seen)
                flipped = network(np.ascontiguousarray(seen[:, ::-1]))[0][0] if kind != "inverted" else a[0]
                rows.append((n, kind, index, a[0], b[0, 0], c[0, 0], flipped))
        report[split] = orientation_figures(rows, sources)
        if split == "val":
            report["val"]["chest"] = chest_figures(network, rows, gate, gate_pixels, pixels[here])
        else:
            report["calibrate"]["chest"] = {}
    write(args.out or "orientation", report)


# What a mirrored look at the picture turns each orientation into: mirroring left-right turns "turn t" into "turn -t" of the mirror image.
FLIPPED = [((4 - i // 2) % 4) * 2 + (1 - i % 2) for i in range(8)]


def orientation_figures(rows: list[tuple], sources: np.ndarray) -> dict:
    kind = np.array([r[1] for r in rows])
    truth = np.array([r[2] for r in rows])
    source = sources[[r[0] for r in rows]]
    p = softmax(np.array([r[3] for r in rows]))
    second = softmax(np.array([r[6] for r in rows]))[:, FLIPPED]
    both = softmax((np.log(p + 1e-9) + np.log(second + 1e-9)) / 2)
    inverted = np.array([r[4] for r in rows])
    out: dict = {"by_source": {}, "confidence": {}}
    for name in [*sorted(set(sources)), "all"]:
        here = (source == name) | (name == "all")
        row = {}
        for k in ("digital", "phone", "inverted"):
            s = here & (kind == k)
            guess, g2 = p[s].argmax(1), both[s].argmax(1)
            turns, mirrors = p[s].reshape(-1, 4, 2).sum(2).argmax(1), p[s][:, 1::2].sum(1) > 0.5
            row[k] = {"n": int(s.sum()), "turn": round(float((turns == truth[s] // 2).mean()), 4), "mirror": round(float((mirrors == truth[s] % 2).mean()), 4),
                      "both": round(float((guess == truth[s]).mean()), 4),
                      "grey_scale": round(float(((inverted[s] > 0) == (k == "inverted")).mean()), 4)}
            if k != "inverted":
                row[k]["mirror_two_looks"] = round(float(((both[s][:, 1::2].sum(1) > 0.5) == truth[s] % 2).mean()), 4)
                row[k]["both_two_looks"] = round(float((g2 == truth[s]).mean()), 4)
        out["by_source"][name] = row
    for name, here in (("nih", source == "nih"), ("all", kind != "")):
        s = here & (kind != "inverted")
        table = []
        for c in (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98):
            turns, mirrored = p[s].reshape(-1, 4, 2).sum(2), p[s][:, 1::2].sum(1)
            t_sure, is_m = turns.max(1) >= c, truth[s] % 2 == 1
            acted = mirrored >= c
            table.append({"confidence": c, "turn_sure": round(float(t_sure.mean()), 4), "turn_right_when_sure": round(float((turns.argmax(1) == truth[s] // 2)[t_sure].mean()), 4),
                          "mirrored_noticed": round(float(acted[is_m].mean()), 4), "wrongly_mirrored": round(float(acted[~is_m].mean()), 4),
                          "right_at_field_mix": round(field_mix(policy(p[s], 0.6, c), truth[s]), 4),
                          "right_at_field_mix_two_looks": round(field_mix(policy(both[s], 0.6, c), truth[s]), 4)})
        out["confidence"][name] = table
    chest = np.array([r[5] for r in rows])
    out["chest_logit_quantiles"] = {k: [round(float(q), 3) for q in np.quantile(chest[kind == k], [0.005, 0.01, 0.02, 0.05, 0.5])] for k in ("digital", "phone")}
    out["inverted_logit_quantiles"] = {k: [round(float(q), 3) for q in np.quantile(inverted[kind == k], [0.005, 0.05, 0.5, 0.95, 0.995])] for k in ("digital", "phone", "inverted")}
    return out


def field_mix(done: np.ndarray, truth: np.ndarray) -> float:
    """Share put right if 82 % of films lie upright, 6 % in each other turn, and 8 % are mirrored: the mix of the rendered photos."""
    total = 0.0
    for i in range(8):
        here = truth == i
        if here.any():
            total += (0.82 if i < 2 else 0.06) * (0.08 if i % 2 else 0.92) * float((done[here] == i).mean())
    return total


def chest_figures(network: Network, rows: list[tuple], gate: list[tuple[str, str, str]], gate_pixels: np.ndarray, films: np.ndarray) -> dict:
    """Area and false accepts of the gate, per kind of what is not a frontal chest film."""
    rng = np.random.default_rng(31)
    chest = np.array([r[5] for r in rows if r[1] in ("digital", "phone")])
    others: dict[str, list[float]] = {}
    for (_, kind, split), g in zip(gate, gate_pixels):
        if split == "val":
            for _ in range(2):
                others.setdefault(kind, []).append(float(network(augment.orient(augment.phone(np.asarray(g), rng), int(rng.integers(8))))[2][0, 0]))
    for n in range(150):
        others.setdefault("drawn by code", []).append(float(network(nonchest.drawn(rng, CACHE_PX))[2][0, 0]))
        others.setdefault("fragment of a film", []).append(float(network(augment.phone(nonchest.fragment(np.asarray(films[n % len(films)]), rng), rng))[2][0, 0]))
    out = {}
    for kind, values in others.items():
        v = np.array(values)
        result = auc_ci(np.r_[np.ones(len(chest)), np.zeros(len(v))].astype(int), np.r_[chest, v])
        out[kind] = {"n": len(v), "auc": result["auc"] if result else None,
                     "accepted_at_probability": {str(t): round(float((sigmoid(v) >= t).mean()), 4) for t in (0.3, 0.5, 0.7, 0.9)}}
    out["films"] = {"n": len(chest), "accepted_at_probability": {str(t): round(float((sigmoid(chest) >= t).mean()), 4) for t in (0.3, 0.5, 0.7, 0.9)}}
    return out


def windowed(g: np.ndarray) -> np.ndarray:
    low, high = np.percentile(g, [0.5, 99.5])
    return np.clip((g.astype(np.float32) - low) / max(high - low, 1) * 255, 0, 255).astype(np.uint8)


def photos(args: argparse.Namespace) -> None:
    """The rendered test photos, straightened with their true corners: what is left is the networks' own error."""
    finder = Network(ROOT / "models/orientation/1.0.0/model.onnx")
    scorer = Network(ROOT / "models/findings/1.0.0/model.onnx")
    films = {Path(f.file).stem: f for f in read_films(args.data, args.photos) if f.source == "nih"}
    settings = json.loads((RESULTS / "findings.json").read_text())["settings"]
    scale, offset, cut = (np.array([s[k] for s in settings]) for k in ("scale", "offset", "threshold"))
    truth, probability, inverted, chest, shifts, flips = [], [], [], [], [], []
    for path in sorted(args.photos.glob("dev*.json")):
        t = json.loads(path.read_text())
        if not t.get("is_chest_film", True) or t.get("rotation") is None:
            continue
        gray = cv2.imread(str(path.with_suffix(".jpg")), cv2.IMREAD_GRAYSCALE)
        n = 1024
        square = np.array([[0, 0], [n, 0], [n, n], [0, n]], np.float32)
        m = cv2.getPerspectiveTransform(np.array(t["corners"], np.float32), square)
        upright = squash(windowed(cv2.warpPerspective(gray, m, (n, n), flags=cv2.INTER_LINEAR)), CACHE_PX)
        index = int(t["rotation"]) // 90 * 2 + int(t["mirrored"])
        seen = augment.orient(upright, index)
        a, b, c = finder(seen)
        truth.append(index)
        probability.append(softmax(a)[0])
        inverted.append((float(b[0, 0]), bool(t.get("inverted"))))
        chest.append(float(c[0, 0]))
        film = films.get(Path(t["source"]).stem)
        if film is not None and t["expect"]["verdict"] == "accept" and not t["expect"]["borderline"]:
            original = squash(cv2.imread(str(args.data / film.file), cv2.IMREAD_GRAYSCALE), CACHE_PX)
            one, two = (sigmoid(scale * scorer(g)[0][0] + offset) for g in (original, upright if not t.get("inverted") else 255 - upright))
            shifts.append(np.abs(one - two))
            flips.append((one >= cut) != (two >= cut))
    y, p = np.array(truth), np.array(probability)
    turns, mirrored = p.reshape(-1, 4, 2).sum(2).argmax(1), p[:, 1::2].sum(1)
    report = {"photos": len(y), "turn_right": int((turns == y // 2).sum()), "mirror_right_at_half": int(((mirrored >= 0.5) == (y % 2 == 1)).sum()),
              "turned": int((y > 1).sum()), "mirrored": int((y % 2).sum()),
              "right_by_mirror_confidence": {str(c): int((policy(p, 0.6, c) == y).sum()) for c in (0.5, 0.7, 0.8, 0.9, 0.95)},
              "grey_scale_right": int(sum((v > 0) == t for v, t in inverted)), "inverted": int(sum(t for _, t in inverted)),
              "chest_accepted_at_half": int(sum(v > 0 for v in chest)),
              "score_shift_median": dict(zip(FINDINGS, np.median(shifts, 0).round(4).tolist())) if shifts else {},
              "call_flips": dict(zip(FINDINGS, np.sum(flips, 0).tolist())) if flips else {}, "accept_photos_compared": len(shifts)}
    write("photos", report)


def write(name: str, report: dict) -> None:
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(report, indent=1) + "\n")
    print(path.name, "written")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("what", choices=["findings", "orientation", "photos"])
    p.add_argument("--data", type=Path, default=ROOT / "../shared/cxr")
    p.add_argument("--photos", type=Path, default=ROOT / "../shared/photos")
    p.add_argument("--work", type=Path, default=ROOT / ".venv-training/work")
    p.add_argument("--model", type=Path, help="another ONNX file than the one that ships")
    p.add_argument("--out", help="name of the result file, for comparisons")
    p.add_argument("--copies", type=int, default=COPIES)
    args = p.parse_args()
    {"findings": findings, "orientation": orientation, "photos": photos}[args.what](args)


if __name__ == "__main__":
    main()
