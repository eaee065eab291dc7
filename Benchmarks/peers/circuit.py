"""Milliseconds of processor time that a simulator takes for an EfficientSU2 circuit with linear CX gates.

    circuit.py PEER WHAT QUBITS REPETITIONS ROUNDS

Peers and what they do: qulacs forward|gradient, lightning forward|gradient, qsim simulate|circuit. Circuits are built before the
clock starts, where the peer allows it; gradients are those of <Z_0>. Prints the median.
"""

import statistics
import sys
import time

import numpy as np

PEER, WHAT = sys.argv[1], sys.argv[2]
QUBITS, REPETITIONS, ROUNDS = (int(word) for word in sys.argv[3:6])
ANGLES = np.random.default_rng(1).uniform(-np.pi, np.pi, (REPETITIONS + 1, 2, QUBITS))


def gates():
    """Name, qubits and angle of each gate, in order."""
    for q in range(QUBITS):
        yield "H", (q,), None
    for layer in range(REPETITIONS + 1):
        if layer > 0:
            for q in range(QUBITS - 1):
                yield "CNOT", (q, q + 1), None
        for axis, name in enumerate(("RY", "RZ")):
            for q in range(QUBITS):
                yield name, (q,), float(ANGLES[layer, axis, q])


def qulacs():
    from qulacs import Observable, ParametricQuantumCircuit, QuantumState
    circuit, state = ParametricQuantumCircuit(QUBITS), QuantumState(QUBITS)
    for name, wires, angle in gates():
        if angle is None:
            getattr(circuit, f"add_{name}_gate")(*wires)
        else:
            # Its rotations turn the other way.
            getattr(circuit, f"add_parametric_{name}_gate")(*wires, -angle)
    observable = Observable(QUBITS)
    observable.add_operator(1.0, "Z 0")

    def forward():
        state.set_zero_state()
        circuit.update_quantum_state(state)

    return forward if WHAT == "forward" else lambda: circuit.backprop(observable)


def lightning():
    import pennylane as qml
    if WHAT == "forward":
        from pennylane_lightning.lightning_qubit_ops import StateVectorC128
        listed = list(gates())

        def forward():
            state = StateVectorC128(QUBITS)
            for name, wires, angle in listed:
                name = {"H": "Hadamard"}.get(name, name)
                getattr(state, name)(list(wires), False, [] if angle is None else [angle])

        return forward
    device = qml.device("lightning.qubit", wires=QUBITS)

    @qml.qnode(device, diff_method="adjoint")
    def circuit(angles):
        for q in range(QUBITS):
            qml.Hadamard(q)
        for layer in range(REPETITIONS + 1):
            if layer > 0:
                for q in range(QUBITS - 1):
                    qml.CNOT([q, q + 1])
            for q in range(QUBITS):
                qml.RY(angles[layer, 0, q], q)
            for q in range(QUBITS):
                qml.RZ(angles[layer, 1, q], q)
        return qml.expval(qml.PauliZ(0))

    angles = qml.numpy.array(ANGLES, requires_grad=True)
    gradient = qml.grad(circuit)
    return lambda: gradient(angles)


def qsim():
    import cirq
    import qsimcirq
    wires = cirq.LineQubit.range(QUBITS)
    kinds = {"H": lambda _: cirq.H, "CNOT": lambda _: cirq.CNOT, "RY": cirq.ry, "RZ": cirq.rz}
    circuit = qsimcirq.QSimCircuit(cirq.Circuit(
        kinds[name](angle)(*(wires[q] for q in which)) for name, which, angle in gates()))
    simulator = qsimcirq.QSimSimulator(
        qsimcirq.QSimOptions(max_fused_gate_size=2, cpu_threads=1))
    if WHAT == "simulate":
        return lambda: simulator.simulate(circuit, qubit_order=wires)
    options = simulator.qsim_options | {"c": circuit.translate_cirq_to_qsim(wires)[0], "i": "", "s": 1}
    module = simulator._sim_module
    return lambda: module.qsim_simulate_fullstate(options, 0)


def main() -> None:
    work, times = {"qulacs": qulacs, "lightning": lightning, "qsim": qsim}[PEER](), []
    work()
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    print(statistics.median(times) * 1e3)


main()
