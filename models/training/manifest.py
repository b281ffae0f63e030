"""The text of a pack's manifest.toml (schema 2)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

LICENCES = {
    "nih": ("nih-chestxray14", "NIH Clinical Center release; attribution requested"),
    "shenzhen": ("shenzhen", "NLM research release; no open licence seen"),
    "kermany": ("kermany", "CC BY 4.0 (Mendeley Data rscbjbr9sj); not restated where the films were found"),
    "ieee8023": ("ieee8023-covid-chestxray", "mixed: CC BY-NC-SA and CC BY-NC-ND for many films, not stated for many others"),
    "covidcxnet": ("covid-cxnet", "CC BY 4.0 by its collectors; films of third parties"),
}
WEIGHTS_LICENCE = "Research use only: trained in part on films released for research or for non-commercial use (see training). ImageNet start weights: Apache-2.0."


def value(v: object) -> str:
    if isinstance(v, (list, tuple)):
        return "[" + ", ".join(value(x) for x in v) + "]"
    if isinstance(v, str):
        return json.dumps(v, ensure_ascii=False)
    return repr(v)


def table(rows: dict) -> str:
    return "".join(f"{k} = {value(v)}\n" for k, v in rows.items())


def head(name: str, version: str, use: str, failures: list[str], inputs: dict, licence: str = WEIGHTS_LICENCE) -> str:
    top = table({"schema": 2, "id": name, "version": version, "kind": name, "licence": licence, "intended_use": use})
    top += "known_failures = [\n" + "".join(f"  {value(f)},\n" for f in failures) + "]\n"
    return top + "\n[input]\n" + table({"name": "radiograph", **inputs, "mean": 0.5, "std": 0.25})


def square(size: int) -> dict:
    return {"width": size, "height": size}


def training(counts: Counter) -> str:
    return "".join("\n[[training]]\n" + table({"source": LICENCES[s][0], "images": n, "licence": LICENCES[s][1]}) for s, n in sorted(counts.items()))


def data_notes(counts: Counter) -> list[str]:
    """The same for a model card."""
    rows = [f"| {LICENCES[s][0]} | {n} | {LICENCES[s][1]} |" for s, n in sorted(counts.items())]
    return ["", "## Training films", "", "| source | films | licence as seen |", "|---|---|---|", *rows, "",
            "The films behind the rendered test photos, and every other film of those patients, were taken out of training.", "", f"Licence of the weights: {WEIGHTS_LICENCE}"]


def write(folder: Path, text: str, card: list[str]) -> None:
    """Card first: the manifest names its digest. The pack must be signed again afterwards."""
    (folder / "CARD.md").write_text("\n".join(card) + "\n")
    files = {f'"{name}"': hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("model.onnx", "golden.json", "CARD.md")}
    (folder / "manifest.toml").write_text(text.rstrip() + "\n\n[files]\n" + table(files))
