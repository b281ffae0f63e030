"""Fit the glare, occlusion and backlight scores and write `src/quality/weights.rs`.

  fit_quality.py OUT.rs DIR CLUES.txt [DIR CLUES.txt ...]

CLUES.txt is what `digitise-features clues DIR` printed. A photo counts as faulty from the renderer's own
retake limit on and as good below its accept limit; what lies between is left out. Prints the cross-validated
AUC and the recall at 2 % false alarms among photos to accept. Needs scikit-learn beside requirements.txt.
"""

import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from rendered import number, numbers, rows

# Fault: the renderer's measure, its accept limit, its retake limit, the groups of clues that may speak.
FAULTS = {
    "glare": ("glare_area", 0.012, 0.035, ("surround", "levels", "blobs", "reflections")),
    "occluded": ("content_covered", 0.02, 0.045, ("surround", "levels", "blobs", "columns", "crossings")),
    "backlight": ("backlight_dark", 0.03, 0.12, ("surround", "levels", "blobs", "crossings", "bands")),
}
GROUPS = {
    "surround": range(0, 4), "levels": range(4, 14), "blobs": range(14, 25), "columns": range(25, 29),
    "crossings": range(29, 36), "bands": range(36, 39), "reflections": range(39, 47),
}
# Below this confidence of location the clues describe something else than the film.
CONFIDENCE_MIN = 0.3


def model():
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.1, class_weight="balanced", max_iter=3000))


def main():
    out, *pairs = sys.argv[1:]
    data = [row for photos, printed in zip(pairs[::2], pairs[1::2]) for row in rows(photos, printed)]
    data = [(truth, values) for truth, values in data if values[0] > CONFIDENCE_MIN]
    clues = np.array([values[1:] for _, values in data])
    good = np.array([t["expect"]["verdict"] == "accept" and not t["expect"]["borderline"] for t, _ in data])
    with open(out, "w") as file:
        file.write("//! Weights of the fitted quality scores; written by `models/training/digitise/fit_quality.py`, not by\n")
        file.write(f"//! hand.\n//!\n//! Logistic regression (L2, balanced) on {len(data)} rendered photos.\n\nuse super::clues::CLUES;\n")
        for fault, (measure, accept, retake, groups) in FAULTS.items():
            truth = np.array([t["measures"][measure] for t, _ in data])
            clear = (truth >= retake) | (truth <= accept)
            faulty = (truth >= retake)[clear]
            columns = np.array([index for group in groups for index in GROUPS[group]])
            x, to_accept = clues[clear][:, columns], good[clear]
            held_out = np.zeros(len(faulty))
            for train, test in StratifiedKFold(5, shuffle=True, random_state=1).split(x, faulty):
                held_out[test] = model().fit(x[train], faulty[train]).predict_proba(x[test])[:, 1]
            limit = np.percentile(held_out[~faulty & to_accept], 98)
            recall = (held_out[faulty] > limit).mean()
            print(f"{fault}: {faulty.sum()} faulty, AUC {roc_auc_score(faulty, held_out):.3f}, recall {recall:.2f} at 2 % false alarms, limit {limit:.2f}")
            fitted = model().fit(x, faulty)
            weights = fitted[1].coef_[0] / fitted[0].scale_
            offset = fitted[1].intercept_[0] - (weights * fitted[0].mean_).sum()
            row = np.zeros(clues.shape[1])
            row[columns] = weights
            file.write(f"\n/// Offset and weights of the clues for `{fault}`.\n#[rustfmt::skip]\n")
            file.write(f"pub(super) const {fault.upper()}: (f32, [f32; CLUES]) = ({number(offset)}, [{numbers(row)}]);\n")


if __name__ == "__main__":
    main()
