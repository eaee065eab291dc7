#!/usr/bin/env python3
"""Checks an ONNX file and runs it in ONNX Runtime: run.py MODEL.onnx FOLDER.

Reads FOLDER/inputs.f32, writes FOLDER/outputs.f32, and prints the time of a row and the operators after optimisation.
"""
import collections, pathlib, sys, time

import numpy, onnx, onnxruntime

path, folder = sys.argv[1], pathlib.Path(sys.argv[2])
onnx.checker.check_model(path, full_check=True)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.log_severity_level = 3
options.optimized_model_filepath = str(folder / "optimised.onnx")
session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
shape = session.get_inputs()[0].shape
rows = numpy.fromfile(folder / "inputs.f32", numpy.float32).reshape(-1, *shape[1:])
best = 1e9
for _ in range(5):
    start = time.perf_counter()
    outputs = session.run(None, {session.get_inputs()[0].name: rows})[0]
    best = min(best, time.perf_counter() - start)
outputs.astype(numpy.float32).tofile(folder / "outputs.f32")
kinds = collections.Counter(n.op_type for n in onnx.load(folder / "optimised.onnx").graph.node)
print(f"checked; {len(rows)} rows, {best / len(rows) * 1e6:.3f} us a row on one thread;",
      " ".join(f"{n}×{k}" if n > 1 else k for k, n in kinds.items()))
