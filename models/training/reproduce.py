"""Every figure of the model cards once more, from the networks that ship, compared with the ones in `results/`.

    reproduce.py [WHAT ...]        WHAT: findings extra orientation lungs locator

Needs the shared films; photos that are not there yet are rendered (an hour). Exits with 1 when a figure differs.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import evaluate
from common import ROOT

# Runs of two machines differ in the last bits, and a score near a threshold may then fall on its other side.
TOLERANCE = 0.006
# What is judged, the arguments, and the file in `results/` that holds its figures.
PARTS = {
    "findings": (["figures"], "findings-shipped"),
    "extra": (["extra"], "findings-extra"),
    "orientation": (["orientation"], "orientation"),
    "lungs": (["lungs"], "lungs"),
    "locator": (["locator"], "locator"),
}


def name_of(n: int, value: object) -> str:
    """What a row of a list is called: by what it is about where it says so, so that a row more changes no other row's name."""
    if isinstance(value, dict) and "label" in value:
        return f"{value['label']}@{value.get('source', '')}"
    if isinstance(value, list) and value and isinstance(value[0], str):
        return value[0]
    return str(n)


def numbers(value: object, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number of a JSON value, also inside the texts of tables, with where it stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from numbers(inner, f"{path}/{name_of(n, inner)}")
    elif isinstance(value, str):
        for n, number in enumerate(re.findall(r"[0-9]+\.[0-9]+|[0-9]+", value)):
            yield f"{path}#{n}", float(number)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, float(value)


def compare(name: str, fresh: Path) -> int:
    """Prints what differs; returns how many figures do. Times are not compared, nor sets of photos that only one side has."""
    old = dict(numbers(json.loads((ROOT / f"models/training/results/{name}.json").read_text())))
    new = dict(numbers(json.loads(fresh.read_text())))
    both = [key for key in old if key in new and not key.rsplit("/", 1)[-1].startswith("ms_")]
    off = [key for key in both if abs(old[key] - new[key]) > TOLERANCE * max(1.0, abs(old[key]))]
    for key in off[:40]:
        print(f"  {name}{key}: {old[key]} in the card's figures, {new[key]} now")
    print(f"{name}: {len(both)} figures compared, {len(off)} differ; {len(old) - len(both)} of the card's were not made again")
    return len(off)


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("what", nargs="*", choices=list(PARTS), default=list(PARTS))
    p.add_argument("--program", type=Path, default=ROOT / "target/release/fieldray")
    p.add_argument("--work", type=Path, default=ROOT / ".venv-training/work")
    args = p.parse_args()
    here = Path(__file__).parent
    photos = [sys.executable, here / "photo_pairs.py", "--program", args.program, "--work", args.work]
    subprocess.run([*photos, "--keep", "--split", "calibrate", "val", "repeat"], check=True)
    if "lungs" in args.what:
        # Ten photos each of some films, brought back by the appliance.
        subprocess.run([*photos, "--split", "repeat"], check=True)
    differ = 0
    with tempfile.TemporaryDirectory() as scratch:
        evaluate.RESULTS = Path(scratch)
        for what in args.what:
            arguments, name = PARTS[what]
            if what == "locator":
                old = json.loads((here / "results/locator.json").read_text())
                rendered = [*sorted((args.work / "rendered").glob("val-*")), ROOT / "../shared/photos"]
                arguments = [*arguments, "--trained-on", str(old["trained_on"]), "--rendered", *map(str, rendered)]
            sys.argv = ["evaluate.py", *arguments, "--program", str(args.program), "--work", str(args.work), "--name", name.removeprefix("findings-")]
            evaluate.main()
            differ += compare(name, Path(scratch) / f"{name}.json")
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
