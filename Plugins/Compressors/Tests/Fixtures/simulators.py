#!/usr/bin/env python3
"""Writes simulators.json: amplitudes of circuits as other simulators give them.

    python -m pip install -r requirements.txt && python simulators.py

Each program is given the same gates, qubits and angles by its usual calls, and its amplitudes are written as they come: the
order of qubits and the sign of angles are its own. SimulatorTests.swift says which these are, and compares.
"""

import json
import math
from pathlib import Path

import numpy as np

ENTANGLERS = ["linear", "reverse-linear", "circular", "full", "none"]
# Qubits, and how many of the amplitudes are written, evenly spread.
SIZES = [(4, 16), (9, 16)]
REPETITIONS, EXTRA = 2, 1


def pairs(n, entangler):
    chain = [(q, q + 1) for q in range(n - 1)]
    return {
        "linear": chain, "reverse-linear": chain[::-1], "circular": [(n - 1, 0)] + chain,
        "full": [(i, j) for i in range(n) for j in range(i + 1, n)], "none": []}[entangler]


def efficient_su2(n, entangler, angles):
    """Name, qubits and angles of each gate."""
    yield from (("h", (q,), ()) for q in range(n))
    rows = np.reshape(angles, (REPETITIONS + 1 + EXTRA, 2, n))
    for layer, (y, z) in enumerate(rows):
        if 0 < layer <= REPETITIONS:
            yield from (("cx", pair, ()) for pair in pairs(n, entangler))
        yield from (("ry", (q,), (y[q],)) for q in range(n))
        yield from (("rz", (q,), (z[q],)) for q in range(n))


def u3_cu3(n, _, angles):
    rows = np.reshape(angles, (REPETITIONS, 2, n, 3))
    for single, controlled in rows:
        yield from (("u3", (q,), tuple(single[q])) for q in range(n))
        yield from (("cu3", (q, (q + 1) % n), tuple(controlled[q])) for q in range(n))


def qiskit(n, gates):
    from qiskit import QuantumCircuit
    from qiskit.circuit.library import CU3Gate, U3Gate
    from qiskit.quantum_info import Statevector
    circuit = QuantumCircuit(n)
    for name, qubits, angles in gates:
        if name in ("u3", "cu3"):
            circuit.append((U3Gate if name == "u3" else CU3Gate)(*angles), qubits)
        else:
            getattr(circuit, name)(*angles, *qubits)
    return Statevector(circuit).data


def pennylane(n, gates):
    import pennylane as qml
    names = {"h": qml.Hadamard, "cx": qml.CNOT, "ry": qml.RY, "rz": qml.RZ, "u3": qml.U3}
    device = qml.device("default.qubit", wires=n)

    @qml.qnode(device)
    def circuit():
        for name, qubits, angles in gates:
            if name == "cu3":
                qml.ctrl(qml.U3(*angles, wires=qubits[1]), control=qubits[0])
            else:
                names[name](*angles, wires=list(qubits))
        return qml.state()

    return np.asarray(circuit())


def qulacs(n, gates):
    from qulacs import QuantumCircuit, QuantumState
    from qulacs.gate import to_matrix_gate, U3
    circuit = QuantumCircuit(n)
    calls = {"h": "add_H_gate", "cx": "add_CNOT_gate", "ry": "add_RY_gate", "rz": "add_RZ_gate"}
    for name, qubits, angles in gates:
        if name in calls:
            getattr(circuit, calls[name])(*qubits, *angles)
            continue
        # Its U3 takes theta, phi, lambda, and its angles have the usual sign.
        gate = to_matrix_gate(U3(qubits[-1], *angles))
        if name == "cu3":
            gate.add_control_qubit(qubits[0], 1)
        circuit.add_gate(gate)
    state = QuantumState(n)
    circuit.update_quantum_state(state)
    return state.get_vector()


def cirq(n, gates):
    import cirq as c
    wires = c.LineQubit.range(n)

    def u3(theta, phi, lam):
        a, b = math.cos(theta / 2), math.sin(theta / 2)
        return c.MatrixGate(np.array(
            [[a, -np.exp(1j * lam) * b], [np.exp(1j * phi) * b, np.exp(1j * (phi + lam)) * a]]))

    makers = {
        "h": lambda: c.H, "cx": lambda: c.CNOT, "ry": c.ry, "rz": c.rz, "u3": u3,
        "cu3": lambda *angles: c.ControlledGate(u3(*angles))}
    circuit = c.Circuit(makers[name](*angles)(*(wires[q] for q in qubits))
                        for name, qubits, angles in gates)
    return c.Simulator(dtype=np.complex128).simulate(circuit, qubit_order=wires).final_state_vector


def main():
    programs = {"qiskit": qiskit, "pennylane": pennylane, "qulacs": qulacs, "cirq": cirq}
    cases = []
    for n, written in SIZES:
        for entangler in ENTANGLERS + ["u3-cu3"]:
            is_u3 = entangler == "u3-cu3"
            count = 6 * n * REPETITIONS if is_u3 else 2 * n * (REPETITIONS + 1 + EXTRA)
            # Angles that are no multiples of each other; any would do.
            angles = [round(math.pi * math.sin(1 + 3.7 * k), 6) for k in range(count)]
            gates = list((u3_cu3 if is_u3 else efficient_su2)(n, entangler, angles))
            places = list(range(0, 1 << n, (1 << n) // written))
            case = {"qubits": n, "circuit": entangler, "angles": angles, "places": places}
            for name, program in programs.items():
                amplitudes = np.asarray(program(n, gates))[places]
                case[name] = [[float(a.real), float(a.imag)] for a in amplitudes]
            cases.append(case)
    versions = [line.strip() for line in
                (Path(__file__).parent / "requirements.txt").read_text().splitlines()]
    record = {"versions": versions, "repetitions": REPETITIONS, "extra": EXTRA, "cases": cases}
    Path(__file__).with_name("simulators.json").write_text(json.dumps(record) + "\n")


main()
