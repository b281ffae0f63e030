"""Write a trained checkpoint as ONNX: `export.py findings|orientation|lungs`.

The graph is written node by node instead of traced. Normalisation is folded into the convolutions,
the uneven padding goes into them too, and the batch is fixed to one: fewer, simpler nodes for the appliance.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

import augment
import regions
from common import ROOT, mean_weights
from films import FINDINGS, load_pixels, read_films
from lite0 import KINDS, Backbone, Decoder, FindingsNet, LocatorNet, LungsNet, OrientationNet, SameConv

OPSET = 13
TOLERANCE = 1e-4


class Graph:
    """Collects nodes and weights; every method returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.constant("zero", np.array(0, np.float32))
        self.constant("six", np.array(6, np.float32))

    def constant(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, inputs: list[str], output: str | None = None, **attributes: object) -> str:
        name = output or f"{op.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [name], name=f"n{len(self.nodes)}_{op}", **attributes))
        return name

    def clip(self, x: str) -> str:
        return self.add("Clip", [x, "zero", "six"])

    def conv(self, x: str, conv: nn.Conv2d, bn: nn.BatchNorm2d | None = None, output: str | None = None) -> str:
        weight = conv.weight.detach().double()
        bias = conv.bias.detach().double() if conv.bias is not None else torch.zeros(len(weight), dtype=torch.float64)
        if bn is not None:
            gain = bn.weight.double() / (bn.running_var.double() + bn.eps).sqrt()
            weight, bias = weight * gain.view(-1, 1, 1, 1), (bias - bn.running_mean.double()) * gain + bn.bias.double()
        n = len(self.nodes)
        w = self.constant(f"w{n}", weight.detach().float().numpy())
        b = self.constant(f"b{n}", bias.detach().float().numpy())
        uneven = conv.uneven if isinstance(conv, SameConv) else None
        begin, end = uneven or (conv.padding[0], conv.padding[0])
        return self.add("Conv", [x, w, b], output, kernel_shape=list(conv.kernel_size), strides=list(conv.stride), group=conv.groups,
                        pads=[begin, begin, end, end])

    def linear(self, x: str, layer: nn.Linear, output: str | None = None) -> str:
        n = len(self.nodes)
        w = self.constant(f"w{n}", layer.weight.detach().float().numpy())
        b = self.constant(f"b{n}", layer.bias.detach().float().numpy())
        return self.add("Gemm", [x, w, b], output, transB=1)

    def backbone(self, x: str, net: Backbone) -> str:
        return self.levels(x, net)[-1]

    def levels(self, x: str, net: Backbone) -> list[str]:
        """As `Backbone.levels`."""
        x = self.clip(self.conv(x, net.stem[0], net.stem[1]))
        out = []
        for block in net.blocks:
            if block.depthwise[0].stride[0] > 1:
                out.append(x)
            y = x if isinstance(block.expand, nn.Identity) else self.clip(self.conv(x, block.expand[0], block.expand[1]))
            y = self.clip(self.conv(y, block.depthwise[0], block.depthwise[1]))
            y = self.conv(y, block.project[0], block.project[1])
            x = self.add("Add", [x, y]) if block.skip else y
        return [*out, x]

    def decoder(self, levels: list[str], net: Decoder) -> str:
        scales = self.constant("twice", np.array([1, 1, 2, 2], np.float32))
        x = levels[-1]
        for skip, step in zip(reversed(levels[:-1]), net.steps):
            x = self.add("Resize", [x, "", scales], mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor")
            x = self.clip(self.conv(self.add("Concat", [x, skip], axis=1), step[0], step[1]))
        return x

    def model(self, name: str, size: int, outputs: dict[str, list[int]]) -> onnx.ModelProto:
        def value(n: str, s: list[int]) -> onnx.ValueInfoProto:
            return helper.make_tensor_value_info(n, TensorProto.FLOAT, s)

        graph = helper.make_graph(self.nodes, name, [value("radiograph", [1, 1, size, size])], [value(n, s) for n, s in outputs.items()], self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="fieldray-training")
        model.ir_version = 8
        onnx.checker.check_model(model, full_check=True)
        return model


def findings_graph(net: FindingsNet, size: int) -> onnx.ModelProto:
    """Logits are means of the maps; the maps that come out are what is more than on films without findings."""
    g = Graph()
    x = g.backbone("radiograph", net.backbone)
    x = g.clip(g.conv(x, net.head[0], net.head[1]))
    maps = g.conv(x, net.maps)
    g.add("Flatten", [g.add("GlobalAveragePool", [maps])], "logits", axis=1)
    g.add("Sub", [maps, g.constant("usual", net.usual.numpy()[None])], "maps")
    k = len(FINDINGS)
    return g.model("findings", size, {"logits": [1, k], "maps": [1, k, size // 32, size // 32]})


def orientation_graph(net: OrientationNet, size: int) -> onnx.ModelProto:
    g = Graph()
    x = g.backbone("radiograph", net.backbone)
    x = g.clip(g.conv(x, net.squeeze[0], net.squeeze[1]))
    k = int(net.pool.kernel_size)
    x = g.add("AveragePool", [x], kernel_shape=[k, k], strides=[k, k])
    x = g.clip(g.linear(g.add("Flatten", [x], axis=1), net.hidden[0]))
    g.linear(x, net.orientation, "orientation")
    g.linear(x, net.inverted, "inverted")
    g.linear(x, net.chest, "chest")
    g.linear(x, net.kinds, "kinds")
    return g.model("orientation", size, {"orientation": [1, 8], "inverted": [1, 1], "chest": [1, 1], "kinds": [1, len(KINDS)]})


def lungs_graph(net: LungsNet, size: int) -> onnx.ModelProto:
    g = Graph()
    g.conv(g.decoder(g.levels("radiograph", net.backbone), net.decoder), net.masks, output="masks")
    return g.model("lungs", size, {"masks": [1, net.masks.out_channels, size // 2, size // 2]})


def locator_graph(net: LocatorNet, size: int) -> onnx.ModelProto:
    g = Graph()
    levels = g.levels("radiograph", net.backbone)
    fine = g.decoder(levels, net.decoder)
    g.conv(fine, net.mask, output="mask")
    g.conv(fine, net.corners, output="corners")
    pooled = g.add("Flatten", [g.add("GlobalAveragePool", [levels[-1]])], axis=1)
    g.linear(pooled, net.present, "present")
    return g.model("locator", size, {"mask": [1, 1, size // 2, size // 2], "corners": [1, 4, size // 2, size // 2], "present": [1, 1]})


GRAPHS = {"findings": findings_graph, "orientation": orientation_graph, "lungs": lungs_graph, "locator": locator_graph}
CHECKPOINTS = {"findings": "findings", "orientation": "orientation", "lungs": "lungs-opacity", "locator": "locator"}
VERSIONS = {"findings": "2.0.0", "orientation": "2.0.0", "lungs": "1.0.0", "locator": "1.0.0"}
# Films without findings, by source, whose maps are the usual ones.
USUAL = {"nih": 400, "shenzhen": 200, "kermany": 150}
# Maps are too large to list; a strided sample of them is as good a fingerprint.
SAMPLED = {"masks": 97, "mask": 97, "corners": 397}


def build(what: str, size: int) -> nn.Module:
    return {"findings": lambda: FindingsNet(len(FINDINGS)), "orientation": lambda: OrientationNet(size), "lungs": LungsNet, "locator": LocatorNet}[what]()


def usual_maps(args: argparse.Namespace, net: FindingsNet, size: int) -> torch.Tensor:
    """Mean maps [findings, h, w] of training films without findings: what a map looks like where nothing is."""
    films = read_films(args.data, args.photos)
    pixels = load_pixels(args.data, [f.file for f in films], args.work / "cache")
    boxes = regions.boxes_of(args.work, pixels, "films")
    chosen: list[int] = []
    for source, count in USUAL.items():
        chosen += [i for i, f in enumerate(films) if f.source == source and f.split == "train" and "normal" in f.raw][:count]
    total = torch.zeros(())
    with torch.no_grad():
        for at in range(0, len(chosen), 32):
            seen = np.stack([regions.seen(np.asarray(pixels[i]), regions.shipped(boxes[i]), size) for i in chosen[at:at + 32]])
            total = total + net(torch.from_numpy(augment.to_input(seen)))[1].sum(0)
    return total / len(chosen)


def golden_inputs(size: int) -> dict[str, np.ndarray]:
    """Phantoms that any language rebuilds exactly, fed as the normalised tensor."""
    ramp = (np.arange(size, dtype=np.float32) / np.float32(size - 1)) * np.float32(2) - np.float32(1)
    y, x = np.mgrid[0:size, 0:size]
    checker = np.where((x // 16 + y // 16) % 2 == 0, 1, -1).astype(np.float32)
    return {"ramp_x": np.tile(ramp, (size, 1)), "ramp_y": np.tile(ramp[:, None], (1, size)), "checker16": checker}


def golden(session: onnxruntime.InferenceSession, kind: str, size: int) -> dict:
    cases = []
    for name, phantom in golden_inputs(size).items():
        out = session.run(None, {"radiograph": phantom[None, None]})
        values = {o.name: [round(float(v), 6) for v in out[i].ravel()[::SAMPLED.get(o.name, 1)]] for i, o in enumerate(session.get_outputs()) if o.name != "maps"}
        cases.append({"phantom": name, **values})
    return {
        "description": f"Outputs of model.onnx ({kind}) under ONNX Runtime on phantoms fed as the normalised tensor, S = {size}. ramp_x: value at (y, x) = x/(S-1)*2-1; "
                       "ramp_y: the same along y; checker16: +1 and -1 in squares of 16 px, +1 at the top left. Compare with an absolute tolerance of 1e-3: "
                       "engines sum in a different order.",
        "tolerance": 1e-3,
        # Of these outputs every n-th value is listed.
        "stride": {o.name: SAMPLED[o.name] for o in session.get_outputs() if o.name in SAMPLED},
        "cases": cases,
    }


def largest_difference(net: nn.Module, session: onnxruntime.InferenceSession, size: int) -> float:
    """PyTorch against ONNX Runtime on phantoms and random squares."""
    rng = np.random.default_rng(0)
    squares = [*golden_inputs(size).values(), *(rng.uniform(-2, 2, (size, size)).astype(np.float32) for _ in range(5))]
    worst = 0.0
    with torch.no_grad():
        for s in squares:
            made = net(torch.from_numpy(s)[None, None])
            if isinstance(net, FindingsNet):
                made = (made[0], made[1] - net.usual)
            for a, b in zip(made if isinstance(made, tuple) else (made,), session.run(None, {"radiograph": s[None, None]})):
                worst = max(worst, float(np.abs(a.numpy() - b).max()))
    return worst


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("what", choices=sorted(GRAPHS))
    p.add_argument("--data", type=Path, default=ROOT / "../shared/cxr")
    p.add_argument("--photos", type=Path, default=ROOT / "../shared/photos")
    p.add_argument("--work", type=Path, default=ROOT / ".venv-training/work")
    p.add_argument("--checkpoint", help="name of the checkpoint in the work folder; default is the network's name")
    p.add_argument("--mean", nargs="+", metavar="NAME", help="checkpoints of one run, whose averaged weights are averaged once more")
    p.add_argument("--size", type=int, help="another input size than the one trained at")
    p.add_argument("--out", type=Path, help="another folder than the model's own, for comparisons")
    args = p.parse_args()
    names = args.mean or [args.checkpoint or CHECKPOINTS[args.what]]
    state, weights = torch.load(args.work / f"{names[-1]}.pt", map_location="cpu", weights_only=True), mean_weights(args.work, names)
    size = args.size or state["size"]
    net = build(args.what, size)
    net.load_state_dict(weights)
    net.eval()
    if isinstance(net, FindingsNet):
        net.usual = usual_maps(args, net, size)
    model = GRAPHS[args.what](net, size)
    folder = args.out or ROOT / f"models/{args.what}/{VERSIONS[args.what]}"
    path = folder / "model.onnx"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.SerializeToString())
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    worst = largest_difference(net, session, size)
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB, size {size}, epoch {state['epoch'] + 1}, largest difference to PyTorch {worst:.1e}")
    if worst > TOLERANCE:
        raise SystemExit("the exported network does not compute what was trained")
    (folder / "golden.json").write_text(json.dumps(golden(session, args.what, size), indent=1) + "\n")


if __name__ == "__main__":
    main()
