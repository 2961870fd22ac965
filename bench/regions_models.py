#!/usr/bin/env python3
"""Writes what `dev.avocet.bench.Regions` runs: a detector that always finds 16 regions, classifiers whose batch axis is
free (a perceptron, a small convolutional network, SqueezeNet), and a pipeline of the detector with each of them.

usage: regions_models.py OUT SQUEEZENET_FOLDER      needs: onnx, numpy
"""
import json
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper as nh

REGIONS = 16
RNG = np.random.default_rng(1)


def folder(out, onnx_model, steps, module, component, params, batch):
    out.mkdir(parents=True)
    onnx.save(onnx_model, out / "end2end.onnx")
    name = out.name
    (out / "deploy.json").write_text(json.dumps({"models": [
        {"name": name, "net": "end2end.onnx", "backend": "onnxruntime", "batch_size": batch}]}))
    (out / "pipeline.json").write_text(json.dumps({"pipeline": {"input": "img", "output": "out", "tasks": [
        {"type": "Task", "module": "Transform", "input": "img", "output": "prep", "transforms": steps},
        {"type": "Task", "module": "Net", "name": name, "input": "prep", "output": "raw",
         "input_map": {"img": onnx_model.graph.input[0].name}},
        {"type": "Task", "module": module, "component": component, "params": params,
         "input": ["prep", "raw"], "output": "out"}]}}, indent=1))


def steps(size):
    return [{"type": "LoadImageFromFile"}, {"type": "Resize", "size": [size, size], "keep_ratio": False},
            {"type": "Normalize", "mean": [127.5] * 3, "std": [127.5] * 3, "to_rgb": False},
            {"type": "ImageToTensor", "keys": ["img"]}]


def model(nodes, size, outputs, weights, batch):
    return h.make_model(
        h.make_graph(nodes, "bench", [h.make_tensor_value_info("img", T.FLOAT, [batch, 3, size, size])], outputs,
                     [nh.from_array(np.asarray(a), n) for n, a in weights.items()]),
        opset_imports=[h.make_opsetid("", 13)], ir_version=8)


def detector():
    side = 416
    boxes = [[x * 100 + 5, y * 100 + 5, x * 100 + 95, y * 100 + 95, 0.9] for y in range(4) for x in range(4)]
    return model([h.make_node("Identity", ["b"], ["dets"]), h.make_node("Identity", ["l"], ["labels"])], side,
                 [h.make_tensor_value_info("dets", T.FLOAT, [1, REGIONS, 5]),
                  h.make_tensor_value_info("labels", T.INT64, [1, REGIONS])],
                 {"b": np.array([boxes], np.float32), "l": np.zeros((1, REGIONS), np.int64)}, 1)


def weights(*shape):
    return (RNG.standard_normal(shape) / np.sqrt(np.prod(shape[1:]))).astype(np.float32)


def perceptron():
    nodes = [h.make_node("Flatten", ["img"], ["x0"])]
    sizes, w = [3 * 32 * 32, 1024, 1024, 100], {}
    for i in range(3):
        w[f"w{i}"] = weights(sizes[i + 1], sizes[i])
        nodes.append(h.make_node("Gemm", [f"x{i}", f"w{i}"], [f"g{i}"], transB=1))
        nodes.append(h.make_node("Relu", [f"g{i}"], [f"x{i + 1}"]) if i < 2 else h.make_node("Softmax", ["g2"], ["out"]))
    return model(nodes, 32, [h.make_tensor_value_info("out", T.FLOAT, ["n", 100])], w, "n")


def convolutions():
    nodes, w, channels = [], {}, [3, 32, 64, 128, 256]
    for i in range(4):
        w[f"w{i}"] = weights(channels[i + 1], channels[i], 3, 3)
        nodes.append(h.make_node("Conv", ["img" if i == 0 else f"x{i}", f"w{i}"], [f"c{i}"], strides=[2, 2], pads=[1] * 4))
        nodes.append(h.make_node("Relu", [f"c{i}"], [f"x{i + 1}"]))
    w["f"] = weights(100, 256)
    nodes += [h.make_node("GlobalAveragePool", ["x4"], ["m"]), h.make_node("Flatten", ["m"], ["v"]),
              h.make_node("Gemm", ["v", "f"], ["g"], transB=1), h.make_node("Softmax", ["g"], ["out"])]
    return model(nodes, 32, [h.make_tensor_value_info("out", T.FLOAT, ["n", 100])], w, "n")


def squeezenet(source, out):
    """The published network with its batch axis freed."""
    shutil.copytree(source, out)
    for file in out.iterdir():
        file.chmod(0o644)
    net = onnx.load(out / "end2end.onnx")
    for value in list(net.graph.input) + list(net.graph.output):
        value.type.tensor_type.shape.dim[0].dim_param = "n"
    del net.graph.value_info[:]
    onnx.checker.check_model(net)
    onnx.save(net, out / "end2end.onnx")
    deploy = json.loads((out / "deploy.json").read_text())
    deploy["models"][0]["batch_size"] = REGIONS
    (out / "deploy.json").write_text(json.dumps(deploy))


def main():
    out, source = Path(sys.argv[1]), Path(sys.argv[2])
    folder(out / "detector", detector(), steps(416), "mmdet", "ResizeBBox", {"score_thr": 0.3}, 1)
    for name, net in (("perceptron", perceptron()), ("convolutions", convolutions())):
        folder(out / name, net, steps(32), "mmcls", "LinearClsHead", {"topk": 5}, REGIONS)
    squeezenet(source, out / "squeezenet")
    for name in ("perceptron", "convolutions", "squeezenet"):
        (out / f"{name}.json").write_text(json.dumps(
            {"type": "Pipeline", "input": "img", "output": ["dets", "labels"], "tasks": [
                {"type": "Inference", "input": "img", "output": "dets", "params": {"model": "detector"}},
                {"type": "Pipeline", "input": ["box=*dets", "pic=+img"], "output": "*labels", "tasks": [
                    {"type": "Task", "module": "CropBox", "input": ["pic", "box"], "output": "patch"},
                    {"type": "Inference", "input": "patch", "output": "labels", "params": {"model": name}}]}]}, indent=1))


if __name__ == "__main__":
    main()
