"""Writes NIR files with snnTorch, Norse and SpikingJelly, and records their own spikes: *.nir, nir.json.

Run it as spikes.py is. Weights are multiples of 2^-10.
"""

import json
import pathlib

import torch

FOLDER = pathlib.Path(__file__).parent
STEPS, INPUTS, UNITS = 60, 6, 5


def data(seed, spread):
    generator = torch.Generator().manual_seed(seed)
    weight = torch.round((torch.rand(UNITS, INPUTS, generator=generator) * 2 - 0.7) * spread * 1024) / 1024
    bias = torch.round(torch.rand(UNITS, generator=generator) * 0.1 * spread * 1024) / 1024
    inputs = (torch.rand(STEPS, INPUTS, generator=generator) < 0.3).float()
    return weight, bias, inputs


def linear(weight, bias):
    layer = torch.nn.Linear(INPUTS, UNITS)
    layer.weight.data, layer.bias.data = weight, bias
    return layer


def recording(name, dialect, inputs, spikes):
    print(name, sum(map(sum, spikes)))
    return {"name": name, "dialect": dialect, "inputs": inputs.int().tolist(), "spikes": spikes}


def snntorch_file():
    import nir
    import snntorch as snn
    from snntorch.export_nir import export_to_nir

    weight, bias, inputs = data(1, 0.5)
    vector = torch.ones(UNITS)
    neuron = snn.Leaky(
        beta=0.875 * vector, threshold=vector, reset_mechanism="zero", reset_delay=False, init_hidden=True
    )
    net = torch.nn.Sequential(linear(weight, bias), neuron)
    graph = export_to_nir(net, torch.zeros(1, INPUTS), ignore_dims=[0])
    nir.write(FOLDER / "snntorch.nir", graph)
    neuron.mem = torch.zeros(1, UNITS)
    spikes = [[int(s) for s in net(x[None]).detach()[0]] for x in inputs]
    return recording("snntorch", "snntorch", inputs, spikes)


def norse_file():
    import nir
    import norse.torch as norse
    from norse.torch.functional.lif_box import LIFBoxParameters

    weight, bias, inputs = data(2, 4)
    vector = torch.ones(UNITS)
    p = LIFBoxParameters(
        tau_mem_inv=125 * vector, v_leak=0 * vector, v_th=vector, v_reset=0 * vector
    )
    net = norse.SequentialState(linear(weight, bias), norse.LIFBoxCell(p, dt=0.001))
    nir.write(FOLDER / "norse.nir", norse.to_nir(net, torch.zeros(1, INPUTS)))
    state, spikes = None, []
    for x in inputs:
        out, state = net(x[None], state)
        spikes.append([int(s) for s in out.detach()[0]])
    return recording("norse", "norse", inputs, spikes)


def spikingjelly_file():
    import nir
    from spikingjelly.activation_based import neuron
    from spikingjelly.activation_based.nir_exchange import export_to_nir

    weight, bias, inputs = data(3, 1.5)
    net = torch.nn.Sequential(linear(weight, bias), neuron.LIFNode(tau=2.0))
    graph = export_to_nir(net, torch.zeros(1, INPUTS))
    nir.write(FOLDER / "spikingjelly.nir", graph)
    for module in net.modules():
        if hasattr(module, "reset"):
            module.reset()
    spikes = [[int(s) for s in net(x[None]).detach()[0]] for x in inputs]
    return recording("spikingjelly", "spikingjelly", inputs, spikes)


if __name__ == "__main__":
    cases = [make() for make in (snntorch_file, norse_file, spikingjelly_file)]
    (FOLDER / "nir.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
