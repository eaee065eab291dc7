#!/usr/bin/env python3
"""Has Qiskit read what `qhost export-documents` writes of a qnn, and writes exported.json.

    python -m pip install -r requirements.txt && python exported.py QHOST

QHOST is the program. For circuits of all kinds and all mappings a network is trained a little, its circuit read by Qiskit, the angles
bound by name, and weights made of Qiskit's probabilities as `weights.json` says. They must be those of `qhost
export-weights`. What was read and what came out is recorded; ExportedCircuitTests.swift compares.
"""

import json
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from qiskit import qasm3
from qiskit.quantum_info import Statevector

CASES = [
    {"mapping": "paper", "entangler": "linear", "reps": 1},
    {"mapping": "centred", "entangler": "reverse-linear", "reps": 2, "order": "units-last"},
    {"mapping": "centred", "entangler": "circular", "reps": 1, "extra_rotations": 1},
    {"mapping": "paper", "entangler": "full", "reps": 2, "order": "units-last"},
    {"mapping": "network", "entangler": "none", "reps": 1},
    {"mapping": "centred", "ansatz": "u3-cu3", "reps": 2},
]
COMMON = {"precision": "f64", "inner.hidden": "3"}


def network(gains, n, outcomes, p):
    """The mapping of Liu et al., arXiv 2405.11304, with its tanh and power, and no activations."""
    q = (0.8 * np.tanh(0.1 * 2 ** (n - 1) * p[outcomes])) ** 0.3
    q -= q.mean()
    bits = np.array([[1 if i >> b & 1 else -1 for b in range(n)] for i in range(len(outcomes))])
    units, place, widths = np.column_stack([bits, q]), 0, [n + 1, 4, 20, 4, 1]
    for inputs, outputs in zip(widths, widths[1:]):
        weight = np.reshape(gains[place:place + inputs * outputs], (outputs, inputs))
        place += inputs * outputs
        units = units @ weight.T + gains[place:place + outputs]
        place += outputs
    return units[:, 0]


def weights(document, p):
    """Inner parameters of probabilities, by the formulas of the plugin's README."""
    recipe, gains, n = document["recipe"], np.array(document["gains"]), document["qubits"]
    outcomes = recipe["outcomes"]
    if recipe["mapping"] == "paper":
        mean = np.array([np.mean(p[each]) for each in outcomes])
        made = gains[0] * np.tanh(np.array(recipe["signs"]) * gains[0] * 2 ** (n - 1) * mean)
    elif recipe["mapping"] == "centred":
        made = gains[recipe["tensors"]] * (2 ** n * p[np.ravel(outcomes)] - 1)
    else:
        made = network(gains, n, np.ravel(outcomes), p)
    inner = np.empty(len(made))
    inner[document["places"]] = made
    return inner


def tensors(path):
    """All numbers of a safetensors file by name."""
    data = Path(path).read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header, body = json.loads(data[8:8 + size]), data[8 + size:]
    kinds = {"F64": "<f8", "F32": "<f4"}
    return {name: np.frombuffer(body[slice(*entry["data_offsets"])], kinds[entry["dtype"]])
            for name, entry in header.items() if name != "__metadata__"}


def case(program, settings, folder):
    def qhost(*words):
        subprocess.run([program, *words], check=True, stdout=subprocess.DEVNULL)

    options = [word for key, value in (settings | COMMON).items()
               for word in ("--set", f"model.{key}={value}")]
    run = f"{folder}/run"
    qhost("run", "--model", "qnn", "--dataset", "iris", "--optimizer", "adam", "--max-evals", "20",
          "--quiet", "--output", run, *options)
    qhost("export-documents", run, "--output", f"{folder}/documents")
    qhost("export-weights", run, "--output", f"{folder}/net.safetensors")
    text = Path(f"{folder}/documents/circuit.qasm").read_text()
    document = json.loads(Path(f"{folder}/documents/weights.json").read_text())
    circuit = qasm3.loads(text)
    p = Statevector(circuit.assign_parameters(document["angles"])).probabilities()
    made, blocks = weights(document, p), tensors(f"{folder}/net.safetensors")
    expected = np.concatenate([blocks[each["name"]].ravel() for each in document["tensors"]])
    # The file's numbers may be in single precision.
    limit = 1e-12 if blocks[document["tensors"][0]["name"]].dtype == np.float64 else 1e-6
    error = float(np.max(np.abs(made - expected)))
    if not error < limit:
        sys.exit(f"{settings}: weights of Qiskit's circuit differ by {error}")
    print(f"{settings}: {circuit.num_parameters} angles, weights within {error:.1e}")
    return {"settings": settings, "qasm": text, "document": document, "weights": made.tolist()}


def main():
    cases = []
    for settings in CASES:
        with tempfile.TemporaryDirectory() as folder:
            cases.append(case(sys.argv[1], settings, folder))
    Path(__file__).with_name("exported.json").write_text(json.dumps(cases) + "\n")


main()
