"""The appliance's back end against ONNX Runtime: the same file, the same core, taking turns, and the same answers.

    bench_infer.py --program target/release/fieldray NETWORK.onnx:SIDE ...
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from pathlib import Path

import numpy as np
import onnxruntime

from export import golden_inputs


def open_runtime(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def compare(program: Path, path: Path, side: int, rounds: int, threads: int) -> dict:
    session = open_runtime(path, threads)
    name, names = session.get_inputs()[0].name, [o.name for o in session.get_outputs()]
    phantoms = [p[None, None] for p in golden_inputs(side).values()]
    ours = subprocess.Popen([str(program), "models", "time", str(path), "--side", str(side), "--answers"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    worst = 0.0
    for phantom in phantoms:
        got = json.loads(ours.stdout.readline())
        for key, value in zip(names, session.run(None, {name: phantom})):
            worst = max(worst, float(np.abs(np.array(got[key]) - value.ravel()).max() / max(1.0, np.abs(value).max())))
    times: dict[str, list[float]] = {"fieldray": [], "onnxruntime": []}
    for n in range(rounds + 5):
        ours.stdin.write("\n")
        ours.stdin.flush()
        mine = float(ours.stdout.readline())
        began = time.perf_counter()
        session.run(None, {name: phantoms[n % len(phantoms)]})
        theirs = (time.perf_counter() - began) * 1000
        if n >= 5:
            times["fieldray"].append(mine)
            times["onnxruntime"].append(theirs)
    ours.stdin.close()
    ours.wait()
    ratio = np.array(times["fieldray"]) / np.array(times["onnxruntime"])
    return {"difference": worst, "fieldray_ms": float(np.median(times["fieldray"])), "onnxruntime_ms": float(np.median(times["onnxruntime"])),
            "ratio": float(np.median(ratio)), "p90": float(np.quantile(times["fieldray"], 0.9))}


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("networks", nargs="+", help="NETWORK.onnx:SIDE")
    p.add_argument("--program", type=Path, required=True)
    p.add_argument("--rounds", type=int, default=100)
    p.add_argument("--cores", type=int, default=1, help="cores that both may use")
    args = p.parse_args()
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:args.cores]))
    print(f"{args.cores} core(s), {args.rounds} runs each, taking turns; medians")
    print(f"{'network':42} {'fieldray ms':>12} {'ONNX Runtime ms':>16} {'ratio':>7} {'p90 ms':>8} {'largest difference':>19}")
    for item in args.networks:
        path, side = item.rsplit(":", 1)
        r = compare(args.program, Path(path), int(side), args.rounds, args.cores)
        print(f"{'/'.join(Path(path).parts[-3:]):42} {r['fieldray_ms']:12.2f} {r['onnxruntime_ms']:16.2f} {r['ratio']:7.2f} {r['p90']:8.2f} {r['difference']:19.1e}")


if __name__ == "__main__":
    main()
