#!/usr/bin/env python3
# Copyright 2026 The Avocet authors
# SPDX-License-Identifier: Apache-2.0
"""Write the trained detector as an ONNX file.

    python export.py RUN/last.pt ../../../models/parcels/end2end.onnx

The moving average of the weights is what is written, with batch norm and the division by 255 folded
into the convolutions, so that the file takes pictures of 0..255.
"""

import argparse
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from model import Exported, Parcels

SIZE = 640
LIMIT = 1_000_000


def fold(module):
    """Fold every batch norm that follows a convolution into it."""
    for child in module.children():
        fold(child)
    if isinstance(module, nn.Sequential):
        for i in range(len(module) - 1):
            if isinstance(module[i], nn.Conv2d) and isinstance(module[i + 1], nn.BatchNorm2d):
                module[i] = fuse_conv_bn_eval(module[i], module[i + 1])
                module[i + 1] = nn.Identity()


def load(checkpoint):
    """The averaged network of a checkpoint, folded and ready to export."""
    net = Parcels()
    net.load_state_dict(torch.load(checkpoint, map_location="cpu")["average"])
    net.eval()
    fold(net)
    net.stage4[0][0].weight.data /= 255
    net.scale = 1
    return Exported(net)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("onnx", type=Path)
    args = parser.parse_args()
    net = load(args.checkpoint)
    warnings.filterwarnings("ignore", category=torch.jit.TracerWarning)  # sizes are meant to be constants
    torch.onnx.export(net, torch.zeros(1, 3, SIZE, SIZE), str(args.onnx), opset_version=13,
                      input_names=["images"], output_names=["output"],
                      dynamic_axes={"images": {0: "batch"}, "output": {0: "batch"}})
    pictures = torch.rand(2, 3, SIZE, SIZE) * 255
    with torch.no_grad():
        expected = net(pictures).numpy()
    graph = onnx.load(args.onnx)
    for dimension, extent in zip(graph.graph.output[0].type.tensor_type.shape.dim[1:], expected.shape[1:]):
        dimension.dim_value = extent
    onnx.save(graph, args.onnx)
    onnx.checker.check_model(graph)
    session = onnxruntime.InferenceSession(str(args.onnx), providers=["CPUExecutionProvider"])
    error = float(np.abs(session.run(None, {"images": pictures.numpy()})[0] - expected).max())
    size = args.onnx.stat().st_size
    parameters = sum(p.numel() for p in net.parameters())
    print(f"{args.onnx}: {size} bytes, {parameters} parameters, off by {error:.1e} from PyTorch")
    if size >= LIMIT or error > 1e-2:
        raise SystemExit(f"the file must stay below {LIMIT} bytes and agree with PyTorch")


if __name__ == "__main__":
    main()
