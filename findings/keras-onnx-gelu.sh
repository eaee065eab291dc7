#!/usr/bin/env bash
# Keras 3.15.1 on TensorFlow 2.21.0, Model.export(format="onnx"): a network with the activation "gelu" is written as a file
# with the operator Erfc, which ONNX does not have. export returns as if all were well, says that the file was saved, and
# exits with 0; the only sign is a line of tf2onnx's log. The checker and ONNX Runtime refuse the file.
#
# Seen on 2026-11-30: operators Erfc, MatMul, Mul, Neg; "No Op registered for Erfc". "silu" and "mish" are written right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check keras==3.15.1 tensorflow-cpu==2.21.0 tf2onnx==1.17.0 \
  onnx==1.23.2 onnxruntime==1.32.0 numpy==2.4.6
cd "$folder"
KERAS_BACKEND=tensorflow TF_CPP_MIN_LOG_LEVEL=3 "$folder/venv/bin/python" - <<'PYTHON'
import keras
import numpy as np
import onnx
import onnxruntime
import tensorflow

print("Keras", keras.__version__, "TensorFlow", tensorflow.__version__)
refused = {}
for activation in ["gelu", "silu"]:
    network = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation)])
    network(np.zeros((1, 4), "float32"))
    network.export(activation + ".onnx", format="onnx")
    kinds = sorted({node.op_type for node in onnx.load(activation + ".onnx").graph.node})
    try:
        onnxruntime.InferenceSession(activation + ".onnx", providers=["CPUExecutionProvider"])
        refused[activation] = ""
    except Exception as error:
        refused[activation] = str(error)
    print("%s: %s; ONNX Runtime: %s" % (activation, ", ".join(kinds), refused[activation][-80:] or "takes it"))
assert "Erfc" in refused["gelu"] and not refused["silu"], "the behaviour has changed"
PYTHON
