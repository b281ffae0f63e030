"""The appliance's geometric steps beside the same steps written with OpenCV and NumPy: one photo after the other, taking turns.

    bench_opencv.py --program target/release/fieldray --photos FOLDER --megapixels 12

Steps: decode the JPEG, reduce it, find straight edges, pair them to quadrilaterals and choose one, place its sides on the
finer copy, straighten it without aliasing to at most 2048 px, look for moire, even the light by what the panel shows around the
film, crop the exposed field, set the window, and measure sharpness, exposure and colour. The networks are left out on both
sides. The OpenCV version does the same work at the same sizes; it is there to be timed, and finds films less well.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from pathlib import Path

import cv2
import numpy as np

FINE, LONG, LINES = 1440, 2048, 18
LUMA = np.array([0.114, 0.587, 0.299], np.float32)
# The appliance's stages that have a counterpart here; the networks (find, orient, lungs) have none.
GEOMETRIC = ("decode", "locate", "rectify", "judge")


def view(light: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    log = np.log(light + max(1e-4, 0.012 * float(np.quantile(light[::4, ::4], 0.98))))
    log = cv2.blur(cv2.blur(log, (3, 3)), (3, 3))
    return log, 0.5 * cv2.filter2D(log, -1, np.float32([[-1, 0, 1]])), 0.5 * cv2.filter2D(log, -1, np.float32([[-1], [0], [1]]))


def straight_edges(gx: np.ndarray, gy: np.ndarray) -> tuple[list, list]:
    """The strongest lines of both runs as (rho, theta)."""
    strength = np.hypot(gx, gy)
    edges = ((strength > max(0.012, float(np.quantile(strength, 0.92)))) * 255).astype(np.uint8)
    found = cv2.HoughLines(edges, 1.5, np.pi / 360, 60)
    level, upright = [], []
    for rho, theta in (found.reshape(-1, found.shape[-1])[:400, :2] if found is not None else []):
        runs = level if np.pi / 4 <= theta <= 3 * np.pi / 4 else upright
        if len(runs) < LINES and all(abs(rho - r) > 8 or abs(theta - t) > 0.07 for r, t in runs):
            runs.append((float(rho), float(theta)))
    return level, upright


def support(gx: np.ndarray, gy: np.ndarray, p: np.ndarray, q: np.ndarray, places: int = 48) -> np.ndarray:
    """Mean step of log light across the sides from p to q, [n, 2] each."""
    t = np.linspace(0.03, 0.97, places)[None, :, None]
    at = (p[:, None] + t * (q - p)[:, None]).astype(np.float32)
    n = np.stack([-(q - p)[:, 1], (q - p)[:, 0]], 1) / np.maximum(1e-6, np.linalg.norm(q - p, axis=1))[:, None]
    maps = np.ascontiguousarray(at[..., 0]), np.ascontiguousarray(at[..., 1])
    across = cv2.remap(gx, *maps, cv2.INTER_LINEAR) * n[:, :1] + cv2.remap(gy, *maps, cv2.INTER_LINEAR) * n[:, 1:]
    return np.clip(across * np.sign(across.sum(1, keepdims=True)), 0, 0.25).mean(1)


def choose(gx: np.ndarray, gy: np.ndarray) -> np.ndarray | None:
    """The quadrilateral of two level and two upright lines whose weakest side is strongest."""
    level, upright = (np.array(lines) for lines in straight_edges(gx, gy))
    h, w = gx.shape
    if len(level) < 2 or len(upright) < 2:
        return None
    # Crossing of each level line with each upright one.
    (r1, t1), (r2, t2) = (level.T[:, :, None], upright.T[:, None, :])
    det = np.cos(t1) * np.sin(t2) - np.cos(t2) * np.sin(t1)
    at = np.stack([(r1 * np.sin(t2) - r2 * np.sin(t1)) / det, (r2 * np.cos(t1) - r1 * np.cos(t2)) / det], -1)
    inside = ((at > -0.05 * w).all(-1) & (at[..., 0] < 1.05 * w) & (at[..., 1] < 1.05 * h))

    def sides(points: np.ndarray, axis: int, share: float) -> np.ndarray:
        """Support between the second crossings of every line; -1 where they are too near or turned about."""
        lines, n = points.shape[:2]
        p, q = np.broadcast_to(points[:, :, None], (lines, n, n, 2)), np.broadcast_to(points[:, None], (lines, n, n, 2))
        fit = q[..., axis] - p[..., axis] > share
        out = np.full((lines, n, n), -1.0)
        if fit.any():
            out[fit] = support(gx, gy, p[fit], q[fit])
        return out

    across, down = sides(at, 0, 0.2 * w), sides(at.transpose(1, 0, 2), 1, 0.2 * h)
    # [top, bottom, left, right]
    score = np.minimum(np.minimum(across[:, None], across[None]), np.minimum(down.transpose(1, 2, 0)[:, :, :, None], down.transpose(1, 2, 0)[:, :, None]))
    fine = inside[:, None, :, None] & inside[:, None, None] & inside[None, :, :, None] & inside[None, :, None]
    score = np.where(fine, score, -1.0)
    i, k, j, m = np.unravel_index(score.argmax(), score.shape)
    return np.stack([at[i, j], at[i, m], at[k, m], at[k, j]]) if score[i, k, j, m] > 0 else None


def refine(gx: np.ndarray, gy: np.ndarray, quad: np.ndarray) -> np.ndarray:
    """Every side onto the strongest edge near it, as a parabola; neighbours are crossed."""
    reach = int(np.clip(0.012 * np.sqrt(cv2.contourArea(quad.astype(np.float32))), 3, 14))
    t = np.linspace(0.02, 0.98, 72)
    for _ in range(2):
        lines = []
        for i in range(4):
            p, q = quad[i], quad[(i + 1) % 4]
            n = np.array([-(q - p)[1], (q - p)[0]]) / np.linalg.norm(q - p)
            offsets = np.arange(-reach, reach + 0.5, 0.5)
            at = (p + t[:, None] * (q - p))[:, None] + offsets[None, :, None] * n
            maps = at[..., 0].astype(np.float32), at[..., 1].astype(np.float32)
            across = np.abs(cv2.remap(gx, *maps, cv2.INTER_LINEAR) * n[0] + cv2.remap(gy, *maps, cv2.INTER_LINEAR) * n[1])
            found, weight = offsets[across.argmax(1)], across.max(1)
            for _ in range(8):
                curve = np.polyfit(2 * t - 1, found, 2, w=np.sqrt(weight + 1e-6))
                off = found - np.polyval(curve, 2 * t - 1)
                weight = across.max(1) / (1 + (off / 1.5) ** 2)
            a, b = (p + n * np.polyval(curve, -1), q + n * np.polyval(curve, 1))
            lines.append(np.cross([*a, 1], [*b, 1]))
        quad = np.stack([(x := np.cross(lines[i - 1], lines[i]))[:2] / x[2] for i in range(4)])
    return quad


def straighten(photo: np.ndarray, quad: np.ndarray, long: int) -> np.ndarray:
    width = (np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2
    height = (np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
    scale = min(1.0, long / max(width, height))
    x, y, w, h = cv2.boundingRect(quad.astype(np.float32))
    x0, y0, x1, y1 = max(0, x - 3), max(0, y - 3), min(photo.shape[1], x + w + 3), min(photo.shape[0], y + h + 3)
    part = photo[y0:y1, x0:x1]
    if scale < 1 / 1.15:
        part = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    else:
        scale = 1.0
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    to = np.float32([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]])
    m = cv2.getPerspectiveTransform(((quad - (x0, y0)) * scale).astype(np.float32), to)
    return cv2.warpPerspective(part, m, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def moire(film: np.ndarray) -> bool:
    h, w = film.shape
    window = np.hanning(256)[:, None] * np.hanning(256)
    votes = 0
    for i in range(4):
        for j in range(2):
            y, x = (h - 256) * (2 * i + 1) // 8, (w - 256) * (2 * j + 1) // 4
            power = np.abs(np.fft.rfft2(film[y:y + 256, x:x + 256] * window)) ** 2
            far = power[35:222, 35:]
            votes += bool(far.max() > 60 * np.median(far) and np.median(far) > 0.5)
    return votes >= 4


def flatten(photo: np.ndarray, quad: np.ndarray, film: np.ndarray) -> np.ndarray:
    m = cv2.getPerspectiveTransform(np.float32([[0, 0], [1, 0], [1, 1], [0, 1]]), quad.astype(np.float32))
    t = np.linspace(0, 1, 24)
    unit = np.concatenate([np.concatenate([np.stack([t, 0 * t - d], 1), np.stack([t, 0 * t + 1 + d], 1), np.stack([0 * t - d, t], 1), np.stack([0 * t + 1 + d, t], 1)])
                           for d in (0.03, 0.06, 0.10, 0.16, 0.24)])
    at = cv2.perspectiveTransform(unit[None].astype(np.float32), m)
    inside = (at[0] >= 0).all(1) & (at[0, :, 0] < photo.shape[1]) & (at[0, :, 1] < photo.shape[0])
    seen = (cv2.remap(photo, at[..., 0], at[..., 1], cv2.INTER_LINEAR)[0] @ LUMA)
    keep = inside & (seen < 247) & (seen > 0.45 * max(1.0, float(seen.max())))
    if keep.sum() < 72:
        return film
    log = 2.2 * np.log(seen[keep] / 255)
    slope, *_ = np.linalg.lstsq(np.c_[unit[keep] - 0.5, np.ones(keep.sum())], log, rcond=None)
    h, w = film.shape
    u, v = np.linspace(-0.5, 0.5, w, dtype=np.float32), np.linspace(-0.5, 0.5, h, dtype=np.float32)
    gain = np.exp(-np.clip(slope[0] * u[None] + slope[1] * v[:, None], -0.47, 0.47) / 2.2).astype(np.float32)
    return np.clip(film * gain, 0, 255).astype(np.uint8)


def crop(film: np.ndarray) -> np.ndarray:
    small = cv2.resize(film, (256, 256), interpolation=cv2.INTER_AREA).astype(np.float32)
    rows, columns = small.std(1), small.std(0)
    inner = [np.flatnonzero(v > 0.25 * np.median(v)) for v in (rows, columns)]
    h, w = film.shape
    y0, y1, x0, x1 = inner[0][0] * h // 256, (inner[0][-1] + 1) * h // 256, inner[1][0] * w // 256, (inner[1][-1] + 1) * w // 256
    return film[y0:y1, x0:x1]


def window(film: np.ndarray) -> np.ndarray:
    counts = np.cumsum(cv2.calcHist([film], [0], None, [256], [0, 256]).ravel())
    low, high = np.searchsorted(counts, 0.005 * counts[-1]), np.searchsorted(counts, 0.995 * counts[-1])
    table = np.clip((np.arange(256) - low) * 255.0 / max(1, high - low), 0, 255).astype(np.uint8)
    return cv2.LUT(film, table)


def measure(photo: np.ndarray, quad: np.ndarray, film: np.ndarray) -> dict:
    """Width of sharp edges in eight directions, exposure, and colour and light in a patch that reaches beyond the film."""
    rows = cv2.resize(film, (int(film.shape[1] * 1024 / film.shape[0]), 1024), interpolation=cv2.INTER_AREA) if film.shape[0] > 1024 else film
    gx, gy = cv2.Sobel(rows, cv2.CV_32F, 1, 0), cv2.Sobel(rows, cv2.CV_32F, 0, 1)
    strength, angle = cv2.cartToPolar(gx, gy)
    direction = ((angle * (8 / (2 * np.pi))).astype(np.int32)) % 8
    widths, strong = [], strength > np.quantile(strength[::4, ::4], 0.98)
    for d in range(8):
        here = np.flatnonzero((direction == d) & strong)[:400]
        if len(here) < 20:
            continue
        y, x = np.divmod(here, rows.shape[1])
        t = np.arange(-8, 9, dtype=np.float32)
        at = x[:, None] + t * np.cos((d + 0.5) * np.pi / 4), y[:, None] + t * np.sin((d + 0.5) * np.pi / 4)
        profile = cv2.remap(rows, at[0].astype(np.float32), at[1].astype(np.float32), cv2.INTER_LINEAR).astype(np.float32)
        slope = np.abs(np.diff(profile, axis=1)) + 1e-3
        centre = (slope * t[:-1]).sum(1) / slope.sum(1)
        widths.append(float(np.median(np.sqrt((slope * (t[:-1] - centre[:, None]) ** 2).sum(1) / slope.sum(1)))))
    counts = cv2.calcHist([film], [0], None, [256], [0, 256]).ravel() / film.size
    wide = quad.mean(0) + 1.5 * (quad - quad.mean(0))
    patch = straighten(photo, wide, 256)
    hsv = cv2.cvtColor(patch, cv2.COLOR_BGR2HSV)
    grey = cv2.cvtColor(patch, cv2.COLOR_BGR2GRAY)
    clues = [float((grey > 246).mean()), float(hsv[..., 1].mean()), float(grey[64:192, 64:192].mean()), float(cv2.Laplacian(grey, cv2.CV_32F).var())]
    blobs = cv2.connectedComponentsWithStats((grey > 240).astype(np.uint8))[0]
    return {"widths": widths, "clipped": float(counts[246:].sum()), "clues": clues, "blobs": blobs}


def geometric(jpeg: np.ndarray) -> float:
    """Milliseconds from the bytes to the judged film."""
    began = time.perf_counter()
    photo = cv2.imdecode(jpeg, cv2.IMREAD_COLOR)
    scale = min(1.0, FINE / max(photo.shape[:2]))
    small = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    light = cv2.pow((small.astype(np.float32) @ LUMA) / 255, 2.2)
    cv2.cvtColor(cv2.resize(small, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2HSV)
    _, cgx, cgy = view(cv2.resize(light, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    _, fgx, fgy = view(light)
    quad = choose(cgx, cgy)
    if quad is not None:
        quad = refine(fgx, fgy, 2.0 * quad) / scale
        grey = cv2.cvtColor(straighten(photo, quad, LONG), cv2.COLOR_BGR2GRAY)
        if min(grey.shape) >= 256:
            moire(grey)
            film = window(crop(flatten(photo, quad, grey)))
            measure(photo, quad, film)
    return (time.perf_counter() - began) * 1000


def enlarged(path: Path, megapixels: float, folder: Path) -> Path:
    photo = cv2.imread(str(path))
    scale = (megapixels * 1e6 / (photo.shape[0] * photo.shape[1])) ** 0.5
    out = folder / path.name
    cv2.imwrite(str(out), cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR), [cv2.IMWRITE_JPEG_QUALITY, 90])
    return out


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--program", type=Path, required=True)
    p.add_argument("--photos", type=Path, required=True)
    p.add_argument("--megapixels", type=float, default=12.0)
    p.add_argument("--count", type=int, default=60)
    p.add_argument("--cores", type=int, default=2, help="cores that both may use")
    p.add_argument("--scratch", type=Path, required=True, help="folder for the enlarged copies")
    args = p.parse_args()
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:args.cores]))
    cv2.setNumThreads(args.cores)
    args.scratch.mkdir(parents=True, exist_ok=True)
    photos = [enlarged(path, args.megapixels, args.scratch) for path in sorted(args.photos.glob("*.jpg"))[:args.count]]
    ours = subprocess.Popen([str(args.program), "bench", "--turns"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    rows = []
    for n, path in enumerate([photos[0], *photos]):
        ours.stdin.write(f"{path}\n")
        ours.stdin.flush()
        times = json.loads(ours.stdout.readline())
        theirs = geometric(np.frombuffer(path.read_bytes(), np.uint8))
        # The first turn warms both up.
        if n > 0 and "judge" in times:
            rows.append((sum(times.get(stage, 0.0) for stage in GEOMETRIC), theirs, times["digitised"]))
    ours.stdin.close()
    ours.wait()
    mine, theirs, whole = np.array(rows).T
    for name, values in (("geometric steps, appliance", mine), ("geometric steps, OpenCV", theirs), ("with the networks, appliance", whole)):
        print(f"{name:30} median {np.median(values):7.0f} ms, p95 {np.quantile(values, 0.95):7.0f} ms")
    print(f"{len(rows)} photos of {args.megapixels:.0f} MP, {args.cores} core(s), taking turns; ratio of medians {np.median(mine) / np.median(theirs):.2f}, "
          f"median of ratios {np.median(mine / theirs):.2f}")


if __name__ == "__main__":
    main()
