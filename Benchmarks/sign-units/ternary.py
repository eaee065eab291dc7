"""Small networks on MNIST 14x14 with few levels of weight, trained straight-through: what `integer-mlp` is compared with.

    python Benchmarks/sign-units/ternary.py --data DATA --levels 3,0,0
    python Benchmarks/sign-units/ternary.py --data DATA --levels 0,0,0 --epochs 150 --rate 0.005

196-12-8-10, trained on the first 50,000 training rows; prints what they and the other 10,000, the validation rows, say. --levels are those of each layer's
weights (3: ternary), 0: real numbers. Weights are s q, q an integer and s a width of each unit, learned beside them (S. Esser et al., Learned step
size quantization, ICLR 2020); the slope is that of a clip. Adam, whose rate falls to 0 by a cosine. It needs torch
(requirements-torch.txt). One thread; processor seconds are of the training alone.
"""

import argparse
import math
import time

import numpy
import torch

from rivals import read

ACTIVATIONS = {"tanh": torch.tanh, "sine": torch.sin, "relu": lambda z: z.clamp(0, 1)}
WIDTHS = [196, 12, 8, 10]


class Levels(torch.autograd.Function):
    """s times the nearest integer within -last ... last to w / s."""

    @staticmethod
    def forward(context, w, s, last):
        v = w / s
        q = v.round().clamp(-last, last)
        context.save_for_backward(v, q)
        context.last = last
        return q * s

    @staticmethod
    def backward(context, slope):
        v, q = context.saved_tensors
        inside = v.abs() <= context.last
        of_width = torch.where(inside, q - v, torch.sign(v) * context.last)
        widths = (slope * of_width).sum(1, keepdim=True) / math.sqrt(v.shape[1] * context.last)
        return slope * inside, widths, None


def main():
    parser = argparse.ArgumentParser(description="Straight-through training with few levels of weight.")
    parser.add_argument("--data", required=True)
    parser.add_argument("--levels", default="3,0,0")
    parser.add_argument("--activation", choices=sorted(ACTIVATIONS), default="tanh")
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    raw = read(options.data, "train-images-idx3-ubyte").astype(numpy.float32)
    images = torch.from_numpy(raw.reshape(-1, 14, 2, 14, 2).mean((2, 4)).reshape(-1, 196) / 255)
    labels = torch.from_numpy(read(options.data, "train-labels-idx1-ubyte").astype(numpy.int64))
    generator = torch.Generator().manual_seed(options.seed)
    last = [(int(count) - 1) // 2 if count != "0" else 0 for count in options.levels.split(",")]
    weights = [torch.randn(b, a, generator=generator) / math.sqrt(a) for a, b in zip(WIDTHS, WIDTHS[1:])]
    biases = [torch.zeros(count) for count in WIDTHS[1:]]
    units = [2 * w.abs().mean(1, keepdim=True) / math.sqrt(max(n, 1)) for w, n in zip(weights, last)]
    optimizer = torch.optim.Adam([p.requires_grad_() for p in weights + biases + units], lr=options.rate)
    count = 50_000
    steps = options.epochs * (count // options.batch)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)

    def outputs(x):
        for layer in range(3):
            w = weights[layer]
            if last[layer]:
                w = Levels.apply(w, units[layer].abs() + 1e-6, last[layer])
            x = x @ w.T + biases[layer]
            if layer < 2:
                x = ACTIVATIONS[options.activation](x)
        return x

    start = time.process_time()
    for _ in range(options.epochs):
        order = torch.randperm(count, generator=generator)
        for first in range(0, count - options.batch + 1, options.batch):
            rows = order[first : first + options.batch]
            loss = torch.nn.functional.cross_entropy(outputs(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    seconds = time.process_time() - start
    with torch.no_grad():
        right = 100.0 * (outputs(images).argmax(1) == labels).double()
    print(
        f"levels {options.levels}, {options.activation}, {options.epochs} epochs, batch {options.batch}, rate {options.rate:g}, "
        f"seed {options.seed}: train {right[:count].mean():.2f} %, validation {right[count:].mean():.2f} %, {seconds:.0f} s")


if __name__ == "__main__":
    main()
