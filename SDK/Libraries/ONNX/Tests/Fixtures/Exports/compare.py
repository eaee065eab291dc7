#!/usr/bin/env python3
"""Holds what qhost reads of this folder's files against ONNX Runtime, and prints a table.

    compare.py [--rows 1000] [NAME ...]      QHOST names the program; cc must be there

Each file goes through `qhost deploy` to the target c99, whose program is run, and to the target onnx, whose file is run in
ONNX Runtime. Rows are the recorded ones with noise. ONNX Runtime runs the file itself at two levels of optimisation.
"""
import argparse, base64, json, os, pathlib, subprocess, tempfile

import numpy, onnx, onnxruntime

here = pathlib.Path(__file__).parent
qhost = os.environ.get("QHOST", "qhost")
options = argparse.ArgumentParser()
options.add_argument("--rows", type=int, default=1000)
options.add_argument("names", nargs="*")
given = options.parse_args()
random = numpy.random.default_rng(11)
levels = {"disabled": onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL,
          "all": onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL}


def run(path, rows, level):
    settings = onnxruntime.SessionOptions()
    settings.graph_optimization_level = levels[level]
    settings.intra_op_num_threads, settings.log_severity_level = 1, 3
    session = onnxruntime.InferenceSession(str(path), settings, providers=["CPUExecutionProvider"])
    taken = session.get_inputs()[0]
    rows = rows.reshape(-1, *taken.shape[1:]).astype(numpy.float64 if "double" in taken.type else numpy.float32)
    single = taken.shape[0] == 1
    return [session.run(None, {taken.name: part}) for part in (numpy.split(rows, len(rows)) if single else [rows])]


def outputs(parts):
    return numpy.concatenate([numpy.asarray(part[0], dtype=float).reshape(
        -1, numpy.shape(part[0])[-1] if numpy.ndim(part[0]) > 1 else 1) for part in parts])


def classes(parts, names):
    labels = numpy.concatenate([part[0] for part in parts]).tolist()
    return numpy.array([names.index(str(label)) for label in labels])


def words(own, other, kind):
    """How two results agree: rows of the same class, or the largest difference relative to 1 or the size."""
    if kind == "classes":
        same = (own == other if other.ndim == 1 else other[range(len(own)), own] == other.max(1)).sum()
        return "all classes" if same == len(own) else f"{same} of {len(own)} classes"
    far = numpy.abs(own - other) / numpy.maximum(1, numpy.abs(other))
    many = (far > 1e-5).sum()
    return "0" if far.max() == 0 else f"{far.max():.0e}" + (f" ({many} of {far.size} outputs)" if many else "")


read = total = 0
print("| file | what it has | `c99` and level `disabled` | `c99` and level `all` | `onnx` and level `disabled` |")
print("|---|---|---|---|---|")
for path in sorted(here.glob("*.json")):
    name = path.stem
    if given.names and name not in given.names:
        continue
    total += 1
    entry = json.loads(path.read_text())
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        for part, text in entry["files"].items():
            (work / part).write_bytes(base64.b64decode(text))
        file = work / f"{name}.onnx"
        made = {}
        for target, more in [("c99", ["--set", "target.main=true"]), ("onnx", [])]:
            made[target] = subprocess.run([qhost, "deploy", str(file), "--target", target, "--output", str(work / target),
                                           "--quiet", *more], capture_output=True, text=True)
        if made["c99"].returncode or made["onnx"].returncode:
            text = (made["c99"].stderr or made["onnx"].stderr).strip().split(f"{file}': ")[-1]
            print(f"| `{name}` | {entry['note']} | not read: {text.replace('|', ' ')} | | |", flush=True)
            continue
        read += 1
        rows = numpy.array(entry["rows"])
        many = rows[random.integers(0, len(rows), given.rows)]
        many = (many + random.normal(size=many.shape) * rows.std(axis=0) * 0.5).astype(numpy.float32)
        subprocess.run(["cc", "-std=c99", "-O2", "network.c", "main.c", "-lm", "-o", "program"], cwd=work / "c99", check=True)
        text = "\n".join(" ".join(f"{number:.9g}" for number in row) for row in many.tolist())
        lines = subprocess.run([work / "c99" / "program"], input=text, capture_output=True, text=True, check=True)
        table = numpy.array([[float(word) for word in line.split()] for line in lines.stdout.splitlines()])
        # The digits that were printed are those of a float.
        own = table[:, 1:].astype(numpy.float32).astype(float)
        again = outputs(run(work / "onnx" / "model.onnx", many, "disabled"))
        cells = []
        for level in levels:
            parts = run(file, many, level)
            kind = entry["kind"]
            if kind == "classes":
                scores = parts[0][1]
                names = ([str(label) for label in scores[0]] if isinstance(scores, list)
                         else sorted({str(label) for part in parts for label in part[0].tolist()}))
                wanted = classes(parts, names)
            else:
                wanted = outputs(parts)
                # Only the order of the outputs is kept, and quantised probabilities may be equal.
                if any(node.op_type.endswith("Softmax") for node in onnx.load(file).graph.node):
                    kind = "classes"
            cells.append(words(table[:, 0].astype(int) if kind == "classes" else own, wanted, kind))
            if level == "disabled":
                exported = words(again.argmax(1) if kind == "classes" else again, wanted, kind)
        print(f"| `{name}` | {entry['note']} | {cells[0]} | {cells[1]} | {exported} |", flush=True)
print(f"\n{read} of {total} files are read ({100 * read / max(total, 1):.0f} %).")
