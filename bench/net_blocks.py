#!/usr/bin/env python3
"""Runs a bare network with OpenVINO's own Python API, as ../shared/bench/net_only.py does, in blocks on demand.

usage: net_blocks.py FILE EXTENTS     needs: pip install openvino numpy
Reads how many runs a block has, a line each; answers their median in nanoseconds.
"""
import sys
import time

import numpy as np
import openvino as ov

shape = [int(extent) for extent in sys.argv[2].split(",")]
core = ov.Core()
model = core.read_model(sys.argv[1])
model.reshape({model.inputs[0]: shape})
options = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
request = core.compile_model(model, "CPU", options).create_infer_request()
request.set_input_tensor(ov.Tensor(np.random.default_rng(0).random(shape, np.float32)))
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        start = time.perf_counter_ns()
        request.infer()
        times.append(time.perf_counter_ns() - start)
    print(sorted(times)[len(times) // 2], flush=True)
