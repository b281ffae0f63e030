"""Turn a TorchXRayVision DenseNet-121 into an ONNX file and a manifest that `fieldray models import` takes.

On a machine with internet:

    pip install -r requirements.txt
    python convert_torchxrayvision.py --weights densenet121-res224-all --out txrv
    fieldray models import txrv/model.onnx --manifest txrv/manifest.toml --card txrv/CARD.md --state STATE

The classifier is moved in front of the pooling, where it gives one map for each class: its mean is the class's logit, as before,
and the appliance has a heatmap at the cost of one small convolution. The operating point that the weights come with becomes 0.5.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
import torchxrayvision
from torch import Tensor, nn

# TorchXRayVision's names and the appliance's.
FINDINGS = {
    "Atelectasis": "atelectasis", "Consolidation": "consolidation", "Infiltration": "infiltration", "Pneumothorax": "pneumothorax", "Edema": "edema",
    "Emphysema": "emphysema", "Fibrosis": "fibrosis", "Effusion": "effusion", "Pneumonia": "pneumonia", "Pleural_Thickening": "pleural_thickening",
    "Cardiomegaly": "cardiomegaly", "Nodule": "nodule", "Mass": "mass", "Hernia": "hernia", "Lung Lesion": "lung_lesion", "Fracture": "fracture",
    "Lung Opacity": "lung_opacity", "Enlarged Cardiomediastinum": "enlarged_cardiomediastinum",
}
SIZE = 224


class Mapped(nn.Module):
    """Logits and class activation maps of a DenseNet without its operating points."""

    def __init__(self, net: torchxrayvision.models.DenseNet):
        super().__init__()
        self.features = net.features
        classes, channels = net.classifier.weight.shape
        self.maps = nn.Conv2d(channels, classes, 1)
        self.maps.weight.data.copy_(net.classifier.weight.data[:, :, None, None])
        self.maps.bias.data.copy_(net.classifier.bias.data)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        maps = self.maps(torch.relu(self.features(x)))
        return maps.mean(dim=(2, 3)), maps


def labels_of(net: torchxrayvision.models.DenseNet) -> list[str]:
    """Without weights the package names its usual classes."""
    return list(getattr(net, "pathologies", net.targets))


def manifest(name: str, version: str, net: torchxrayvision.models.DenseNet, licence: str, photos: bool) -> str:
    thresholds, labels = net.op_threshs, labels_of(net)
    text = f'''schema = 2
id = "{name}"
version = "{version}"
kind = "findings"
licence = "{licence}"
intended_use = "Second look by a network trained elsewhere; nothing was measured at this site yet."
known_failures = ["Never measured on photos of films, nor on this site's patients.", "It sees the whole film squashed to a square, where its training cropped a square out of it."]

[input]
name = "radiograph"
width = {SIZE}
height = {SIZE}
# The package scales grey to -1024..1024: (grey / 255 - 0.5) * 2048.
mean = 0.5
std = {1 / 2048}

[outputs]
logits = "logits"
maps = "maps"
count = {len(labels)}
'''
    for index, label in enumerate(labels):
        at = float(thresholds[index]) if thresholds is not None else 0.5
        if not label or not np.isfinite(at):
            continue
        # logit(score) = logit - logit(operating point), so that the operating point becomes 0.5.
        offset = -float(np.log(at / (1 - at)))
        text += f'\n[[finding]]\ncode = "{FINDINGS[label]}"\nindex = {index}\nstatus = "hint"\nmin_age_years = 15\nevidence = "Not measured at this site."\n'
        for channel in ("digital", "phone") if photos else ("digital",):
            text += f'\n[[finding.channel]]\nchannel = "{channel}"\nscale = 1.0\noffset = {offset:.6f}\nthreshold = 0.5\nindeterminate = [0.4, 0.6]\n'
    return text + '\n[[training]]\nsource = "as the weights\' authors describe it"\nimages = 1\nlicence = "as the weights\' authors describe it"\n'


def convert(net: torchxrayvision.models.DenseNet, path: Path) -> float:
    """Writes the ONNX file; returns the largest difference of a logit to the package's own forward pass."""
    net.eval()
    mapped = Mapped(net).eval()
    x = (torch.rand(1, 1, SIZE, SIZE, generator=torch.Generator().manual_seed(0)) - 0.5) * 2048
    with torch.no_grad():
        own = net.classifier(net.features2(x))
        difference = float((mapped(x)[0] - own).abs().max() / own.abs().max())
    torch.onnx.export(mapped, (x,), str(path), input_names=["radiograph"], output_names=["logits", "maps"], opset_version=13, dynamo=False)
    return difference


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--weights", help="the package's name of some weights; without it the weights are random, for a trial of the path")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--id", default="torchxrayvision")
    p.add_argument("--version", default="1.0.0")
    p.add_argument("--licence", default="see https://github.com/mlmed/torchxrayvision for the licence of these weights")
    p.add_argument("--photos", action="store_true", help="score photos of films too, with the thresholds of digital films: only after you measured that")
    args = p.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    net = torchxrayvision.models.DenseNet(weights=args.weights)
    difference = convert(net, args.out / "model.onnx")
    (args.out / "manifest.toml").write_text(manifest(args.id, args.version, net, args.licence, args.photos))
    (args.out / "CARD.md").write_text(f"# {args.id} {args.version}\n\nTorchXRayVision DenseNet-121, weights {args.weights or 'random: a trial, it knows nothing'}. Nothing was measured at this site.\n")
    print(f"{args.out}/model.onnx: {(args.out / 'model.onnx').stat().st_size / 1e6:.1f} MB, largest relative difference to the package {difference:.1e}")


if __name__ == "__main__":
    main()
