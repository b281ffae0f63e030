"""Rendered photos with their truth, joined with what `digitise-features` printed for them."""

import collections
import importlib.util
import json
from pathlib import Path

import numpy as np


def scorer(path):
    """The photo set's own scorer, for its geometry."""
    spec = importlib.util.spec_from_file_location("score_digitise", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(photos, printed):
    """(truth, numbers) for each printed line."""
    for line in Path(printed).read_text().splitlines():
        name, *numbers = line.split()
        truth = json.loads((Path(photos) / name).with_suffix(".json").read_text())
        yield truth, np.array(numbers, np.float32)


def by_photo(photos, printed):
    """(truth, one row of numbers a candidate) for each photo."""
    groups = collections.OrderedDict()
    for truth, numbers in rows(photos, printed):
        groups.setdefault(truth["photo"], (truth, []))[1].append(numbers)
    return [(truth, np.array(numbers)) for truth, numbers in groups.values()]


def number(value):
    """A Rust float literal."""
    text = f"{value:.5g}"
    return text if "." in text or "e" in text else text + ".0"


def numbers(values):
    return ", ".join(number(value) for value in values)
