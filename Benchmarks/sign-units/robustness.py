"""Accuracy of networks of two-output units under small perturbations of MNIST's images, beside networks trained with gradients.

    python Benchmarks/sign-units/robustness.py --data DATA --models FOLDER/model.safetensors ... --seeds 3

Each model is a file of `qhost run --model mlp` with one hidden layer of step or sign units and no scaling; its parameters are read as they are. Beside
them stand networks 784-100-10 trained here: sign units straight-through (rivals.py, its settings) and tanh units by Adam, with seeds 1 to --seeds.

Perturbations of the test images, the same for all: Gaussian noise of a deviation; each pixel up or down by epsilon at random; and a step of epsilon along the
signs of the loss's gradient in a tanh network that is none of those compared (transfer of the fast gradient sign method, Goodfellow et al.,
arXiv 1412.6572). Pixels stay within 0 and 1. It needs torch (requirements-torch.txt). One thread.
"""

import argparse
import json
import struct

import numpy
import torch

from rivals import read, shifted, train


def parameters(path):
    """The layers of a model file, and the activation of its units."""
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
        data = file.read()
    model = json.loads(header["__metadata__"]["qhost.model"])
    if model["preprocessing"]["scaling"] != "none":
        raise SystemExit(f"{path}: its inputs are scaled; train it without scaling")
    settings = model["specification"]["settings"]["values"]
    activation = settings.get("model.activation", "tanh")
    if model["input"] != [28, 28] or activation not in ("step", "sign") or "layers.2.weight" in header:
        raise SystemExit(f"{path}: it is not a network 784-N-10 of step or sign units")

    def tensor(name):
        entry = header[name]
        begin, end = entry["data_offsets"]
        values = numpy.frombuffer(data[begin:end], numpy.float64).reshape(entry["shape"])
        return torch.from_numpy(values.astype(numpy.float32))

    layers = [(tensor(f"layers.{l}.weight"), tensor(f"layers.{l}.bias")) for l in range(2)]
    return layers, activation


def outputs(layers, activation, images):
    (w, b), (v, c) = layers
    z = images @ w.T + b
    low = 0.0 if activation == "step" else -1.0
    if activation == "tanh":
        h = torch.tanh(z)
    else:
        h = torch.where(z > 0 if activation == "step" else z >= 0, 1.0, low)
    return h @ v.T + c


def smooth(images, labels, seed, epochs=10, batch=128, rate=3e-3):
    """A tanh network trained by Adam on the same rows and shifts."""
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    first, second = torch.nn.Linear(784, 100), torch.nn.Linear(100, 10)
    optimizer = torch.optim.Adam([*first.parameters(), *second.parameters()], lr=rate)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs * (len(images) // batch))
    for _ in range(epochs):
        order = torch.randperm(len(images), generator=generator)
        for begin in range(0, len(order) - batch + 1, batch):
            rows = order[begin : begin + batch]
            y = second(torch.tanh(first(shifted(images, rows, generator))))
            loss = torch.nn.functional.cross_entropy(y, labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return [(layer.weight.detach(), layer.bias.detach()) for layer in (first, second)]


def perturbed(images, labels, source):
    """Name and images of each perturbation."""
    generator = torch.Generator().manual_seed(1)
    yield "none", images
    for deviation in (0.1, 0.2, 0.3):
        noise = torch.randn(images.shape, generator=generator)
        yield f"noise {deviation}", (images + deviation * noise).clamp(0, 1)
    for epsilon in (0.1, 0.2):
        signs = torch.randint(0, 2, images.shape, generator=generator) * 2 - 1
        yield f"signs {epsilon}", (images + epsilon * signs).clamp(0, 1)
    attacked = images.clone().requires_grad_()
    torch.nn.functional.cross_entropy(outputs(source, "tanh", attacked), labels).backward()
    for epsilon in (0.02, 0.05, 0.1):
        yield f"transfer {epsilon}", (images + epsilon * attacked.grad.sign()).clamp(0, 1)


def main():
    parser = argparse.ArgumentParser(description="Accuracy under perturbations of the input.")
    parser.add_argument("--data", required=True)
    parser.add_argument("--models", nargs="+", required=True)
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(1)
    raw = torch.from_numpy(read(options.data, "train-images-idx3-ubyte").astype(numpy.float32) / 255)
    labels = torch.from_numpy(read(options.data, "train-labels-idx1-ubyte").astype(numpy.int64))
    images = torch.nn.functional.pad(raw, (1, 1, 1, 1))
    test = torch.from_numpy(read(options.data, "t10k-images-idx3-ubyte").astype(numpy.float32) / 255).reshape(-1, 784)
    truth = torch.from_numpy(read(options.data, "t10k-labels-idx1-ubyte").astype(numpy.int64))
    groups = {}
    for path in options.models:
        layers, activation = parameters(path)
        groups.setdefault(f"tunneling, {activation}", []).append((layers, activation))
    for seed in range(1, options.seeds + 1):
        layers, _ = train("straight-through", False, images, labels, 10, 128, 6e-3, seed)
        layers = [(w.detach(), b.detach()) for w, b in layers]
        groups.setdefault("straight-through, sign", []).append((layers, "sign"))
        groups.setdefault("adam, tanh", []).append((smooth(images, labels, seed), "tanh"))
    print("perturbation   " + "".join(f"{name:>26}" for name in groups), flush=True)
    for name, moved in perturbed(test, truth, smooth(images, labels, 1000)):
        cells = []
        for networks in groups.values():
            with torch.no_grad():
                values = [
                    100.0 * (outputs(*network, moved).argmax(1) == truth).double().mean().item()
                    for network in networks
                ]
            spread = f" ({min(values):.2f} to {max(values):.2f})" if len(values) > 1 else ""
            cells.append(f"{numpy.mean(values):.2f}{spread}")
        print(f"{name:<15}" + "".join(f"{cell:>26}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
