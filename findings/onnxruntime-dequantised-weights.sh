#!/usr/bin/env bash
# ONNX Runtime 1.32.0: a file whose weights are 8-bit integers that a DequantizeLinear makes real, before a MatMul of real
# inputs, is at the default level of optimisation not computed as it says. The pair becomes one MatMulNBits, which by its
# default accuracy level rounds the *inputs* to 8 bits too. The level 'basic' leaves the pair alone, and so does a Cast
# with a Mul in the place of the DequantizeLinear, which 'basic' folds: its weights are real in memory, four times as large.
#
# Seen on 2026-12-01: 64 rows of 512 inputs, 512 outputs, differences over the largest output: 3e-7 at the level 'basic',
# 5e-3 by default, 3e-7 by default with session.qdq_matmulnbits_accuracy_level=1 (inputs stay real); Cast and Mul:
# 5e-7. The optimised files have 0.30 MB with MatMulNBits and 1.05 MB with a folded Cast; the written ones 0.26 MB.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check onnxruntime==1.32.0 onnx==1.23.2 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import os

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import GraphOptimizationLevel as Level

WIDTH = 512
random = np.random.default_rng(1)
weights = random.integers(-127, 128, (WIDTH, WIDTH)).astype(np.int8)
scales = np.full(WIDTH, 0.01, np.float32)
rows = random.normal(size=(64, WIDTH)).astype(np.float32)
exact = rows.astype(np.float64) @ (weights * scales.astype(np.float64))


def value(name):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", WIDTH])


def write(path, nodes):
    tensors = [numpy_helper.from_array(weights, "w"), numpy_helper.from_array(scales, "s"),
               numpy_helper.from_array(np.zeros(WIDTH, np.int8), "z")]
    used = {name for node in nodes for name in node.input}
    graph = helper.make_graph(nodes, "product", [value("x")], [value("y")], [t for t in tensors if t.name in used])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


write("dequantise.onnx", [helper.make_node("DequantizeLinear", ["w", "s", "z"], ["f"], axis=1),
                          helper.make_node("MatMul", ["x", "f"], ["y"])])
write("cast.onnx", [helper.make_node("Cast", ["w"], ["f"], to=TensorProto.FLOAT),
                    helper.make_node("MatMul", ["x", "f"], ["m"]), helper.make_node("Mul", ["m", "s"], ["y"])])


def run(path, level, **entries):
    """The difference to the exact product, the operators that are left, and the bytes of the optimised file."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = level
    options.optimized_model_filepath = "optimised.onnx"
    options.log_severity_level = 3
    for key, text in entries.items():
        options.add_session_config_entry("session." + key, text)
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    error = np.abs(session.run(None, {"x": rows})[0] - exact).max() / np.abs(exact).max()
    left = [node.op_type for node in onnx.load("optimised.onnx").graph.node]
    return error, left, os.path.getsize("optimised.onnx")


print("ONNX Runtime", onnxruntime.__version__)
cases = {
    "basic": run("dequantise.onnx", Level.ORT_ENABLE_BASIC),
    "default": run("dequantise.onnx", onnxruntime.SessionOptions().graph_optimization_level),
    "accuracy level 1": run("dequantise.onnx", Level.ORT_ENABLE_ALL, qdq_matmulnbits_accuracy_level="1"),
    "cast, default": run("cast.onnx", Level.ORT_ENABLE_ALL),
}
for name, (error, left, size) in cases.items():
    print("%-17s differs by %.1g; %s, %.2f MB" % (name, error, " ".join(left), size / 1e6))
changed = "the behaviour has changed"
assert cases["basic"][0] < 1e-5 and cases["basic"][1] == ["DequantizeLinear", "MatMul"], changed
assert cases["default"][0] > 1e-3 and cases["default"][1] == ["MatMulNBits"], changed
assert cases["accuracy level 1"][0] < 1e-5 and cases["accuracy level 1"][1] == ["MatMulNBits"], changed
assert cases["cast, default"][0] < 1e-5 and cases["cast, default"][2] > 3 * os.path.getsize("cast.onnx"), changed
PYTHON
