"""Records what snnTorch, Norse and SpikingJelly do with the same weights and spikes: spikes.json.

python3 -m venv venv; venv/bin/pip install -r requirements.txt; venv/bin/python spikes.py

Weights are multiples of 2^-10, so that sums in single precision are exact in any order.
"""

import json
import pathlib

import torch

STEPS, INPUTS, HIDDEN, OUTPUTS = 80, 12, 10, 4


def weights(generator, rows, columns, spread):
    values = torch.rand(rows, columns, generator=generator) * 2 - 1
    return torch.round(values * spread * 1024) / 1024


def run(name, settings, make, spread):
    """make(weight) gives a layer: step(input) -> spikes."""
    generator = torch.Generator().manual_seed(len(name))
    first = weights(generator, HIDDEN, INPUTS, spread) + 0.0625 * spread
    second = weights(generator, OUTPUTS, HIDDEN, 2 * spread) + 0.25 * spread
    inputs = (torch.rand(STEPS, INPUTS, generator=generator) < 0.25).float()
    layers = [make(), make()]
    spikes = [[], []]
    for t in range(STEPS):
        hidden = layers[0](first @ inputs[t])
        spikes[0].append([int(s) for s in hidden])
        spikes[1].append([int(s) for s in layers[1](second @ hidden)])
    print(name, [sum(map(sum, s)) for s in spikes])
    return {
        "name": name,
        "settings": settings,
        "weights": [first.T.tolist(), second.T.tolist()],
        "inputs": [[int(x) for x in row] for row in inputs],
        "spikes": spikes,
    }


def stateful(cell):
    """A layer that keeps its state: cell(input, state) -> (spikes, state)."""

    def make():
        state = None

        def step(x):
            nonlocal state
            spikes, state = cell(x, state)
            return spikes

        return step

    return make


def snntorch_cases():
    import snntorch as snn

    tau = -1 / torch.log(torch.tensor(0.875, dtype=torch.float64)).item()
    syn = -1 / torch.log(torch.tensor(0.75, dtype=torch.float64)).item()

    def leaky(**options):
        def make():
            neuron = snn.Leaky(beta=0.875, **options)
            mem = torch.zeros(1)

            def step(x):
                nonlocal mem
                mem = torch.zeros_like(x) if mem.numel() != x.numel() else mem
                spikes, mem = neuron(x, mem)
                return spikes.detach()

            return step

        return make

    def synaptic():
        neuron = snn.Synaptic(alpha=0.75, beta=0.875)
        state = None

        def step(x):
            nonlocal state
            state = state or (torch.zeros_like(x), torch.zeros_like(x))
            spikes, *state = neuron(x, *state)
            return spikes.detach()

        return step

    base = {"time_constant": tau}
    yield run("snntorch-subtract-next", {**base, "reset": "subtract", "reset_step": "next"}, leaky(), 0.5)
    # With reset_delay=False a membrane beyond two thresholds is reset twice: weights are too small for that here.
    yield run("snntorch-subtract-same", {**base, "reset": "subtract"}, leaky(reset_delay=False), 0.25)
    yield run("snntorch-zero-next", {**base, "reset": "zero", "reset_step": "next"}, leaky(reset_mechanism="zero"), 0.5)
    yield run("snntorch-none", {**base, "reset": "none"}, leaky(reset_mechanism="none"), 0.25)
    yield run(
        "snntorch-synaptic",
        {**base, "synapse": "current", "synapse_time": syn, "reset": "subtract", "reset_step": "next"},
        synaptic,
        0.25,
    )


def norse_cases():
    from norse.torch.functional.lif import LIFFeedForwardState, LIFParameters, lif_feed_forward_step
    from norse.torch.functional.lif_box import LIFBoxFeedForwardState, LIFBoxParameters, lif_box_feed_forward_step

    # dt / tau are powers of two: v + dt/tau (i - v) and (1 - dt/tau) v + dt/tau i have few roundings between them.
    p = LIFParameters(tau_mem_inv=torch.tensor(125.0), tau_syn_inv=torch.tensor(250.0))

    def lif(x, state):
        state = state or LIFFeedForwardState(v=torch.zeros_like(x), i=torch.zeros_like(x))
        return lif_feed_forward_step(x, state, p, dt=0.001)

    syn = -1 / torch.log(torch.tensor(0.75, dtype=torch.float64)).item()
    yield run(
        "norse-lif",
        {"integration": "euler", "time_constant": 8, "synapse": "current", "synapse_time": syn, "reset": "zero"},
        stateful(lif),
        1.5,
    )
    box = LIFBoxParameters(tau_mem_inv=torch.tensor(125.0))

    def lif_box(x, state):
        state = state or LIFBoxFeedForwardState(v=torch.zeros_like(x))
        return lif_box_feed_forward_step(x, state, box, dt=0.001)

    yield run("norse-lif-box", {"integration": "euler", "time_constant": 8, "reset": "zero"}, stateful(lif_box), 4)


def spikingjelly_cases():
    from spikingjelly.activation_based import neuron

    def node(**options):
        def make():
            layer = neuron.LIFNode(tau=2.0, **options)
            return lambda x: layer(x).detach()

        return make

    base = {"integration": "euler", "time_constant": 2, "fires": "reached"}
    yield run("spikingjelly-zero", {**base, "reset": "zero"}, node(), 1.5)
    yield run("spikingjelly-subtract", {**base, "reset": "subtract"}, node(v_reset=None), 1.5)


if __name__ == "__main__":
    cases = []
    for make in (snntorch_cases, norse_cases, spikingjelly_cases):
        cases += list(make())
    path = pathlib.Path(__file__).with_name("spikes.json")
    path.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
