"""snnTorch, one thread: picoseconds of a neuron-step of Leaky (update), or microseconds of a row of 700-256-20 (row, gradient)."""

import sys
import time
import warnings

warnings.filterwarnings("ignore")

import snntorch as snn
import torch

torch.set_num_threads(1)
STEPS, ROWS = 100, 256


def update() -> float:
    """At the size that suits snnTorch best: small ones are all calls, large ones all memory."""
    return min(update_of(size) for size in (4096, 65_536, 1_048_576))


def update_of(size: int) -> float:
    neuron = snn.Leaky(beta=0.95)
    current = torch.arange(size).remainder(97) / 300
    mem = torch.zeros(size)
    steps = max(20, 4_000_000 // size)
    with torch.no_grad():
        start = time.process_time()
        for _ in range(steps):
            _, mem = neuron(current, mem)
        return (time.process_time() - start) / (steps * size) * 1e12


def row(gradient: bool) -> float:
    torch.manual_seed(1)
    layers = [torch.nn.Linear(700, 256, bias=False), torch.nn.Linear(256, 20, bias=False)]
    layers[0].weight.data = (torch.rand(256, 700) - 0.42) * 0.25
    layers[1].weight.data = (torch.rand(20, 256) - 0.5) * 0.3
    neurons = [snn.Leaky(beta=0.9, reset_delay=False) for _ in layers]
    spikes = (torch.rand(STEPS, ROWS, 700) < 10 / 700).float()

    def run() -> torch.Tensor:
        mems = [torch.zeros(ROWS, 256), torch.zeros(ROWS, 20)]
        count = 0
        for step in range(STEPS):
            x = spikes[step]
            for place, (layer, neuron) in enumerate(zip(layers, neurons)):
                x, mems[place] = neuron(layer(x), mems[place])
            count = count + x
        return count

    with torch.set_grad_enabled(gradient):
        run()
        start = time.process_time()
        for _ in range(3):
            count = run()
            if gradient:
                count.square().mean().backward()
        return (time.process_time() - start) / (3 * ROWS) * 1e6


print(update() if sys.argv[1] == "update" else row(sys.argv[1] == "gradient"))
