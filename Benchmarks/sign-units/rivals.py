"""Networks 784-100-10 of sign units on MNIST, trained with gradients or without: what `tunneling` is compared with.

    python Benchmarks/sign-units/rivals.py straight-through --data DATA --seeds 5
    python Benchmarks/sign-units/rivals.py straight-through --stochastic --data DATA
    python Benchmarks/sign-units/rivals.py reinforce --rate 0.012 --epochs 20 --data DATA
    python Benchmarks/sign-units/rivals.py straight-through --data DATA --tune

DATA holds mnist/train-images-idx3-ubyte.gz and its three companions. Rows are those of qhost: 60,000 to train on, each moved by up
to one pixel each way whenever it is seen, 10,000 to test on, which are read once, at the end of a run. --tune holds back the last
10,000 training rows, trains on the others with each of some settings, and prints what these rows say. It needs torch (requirements-torch.txt).

Straight-through: h = sign(z) forwards, and the slope of clip(z, -1, 1) backwards (Courbariaux et al., arXiv 1602.02830); stochastic:
h = 1 with probability (1 + clip(z, -1, 1)) / 2. REINFORCE: the same stochastic units, whose slope is (loss - mean loss) times that of
log p(h). Both by Adam, whose rate falls to 0 by a cosine. One thread; processor seconds are of the training alone.
"""

import argparse
import gzip
import math
import os
import time

import numpy
import torch


def read(folder, name):
    """An IDX file of bytes."""
    path = os.path.join(folder, "mnist", name)
    opened = gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb")
    with opened as file:
        data = file.read()
    extents = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(data[3])]
    return numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * data[3]).reshape(extents)


class StraightThrough(torch.autograd.Function):
    """sign(z), with the slope of clip(z, -1, 1)."""

    @staticmethod
    def forward(context, z, noise):
        context.save_for_backward(z)
        return torch.where(z + noise >= 0, 1.0, -1.0)

    @staticmethod
    def backward(context, slope):
        (z,) = context.saved_tensors
        return slope * (z.abs() <= 1), None


def shifted(images, rows, generator):
    """Rows of images [N, 30, 30] with a border, each moved by up to one pixel each way."""
    result = torch.empty(len(rows), 28, 28)
    moves = torch.randint(0, 9, (len(rows),), generator=generator)
    for move in range(9):
        chosen = moves == move
        result[chosen] = images[rows[chosen], move // 3 : move // 3 + 28, move % 3 : move % 3 + 28]
    return result.reshape(len(rows), 784)


def accuracy(layers, images, labels):
    with torch.no_grad():
        (w, b), (v, c) = layers
        h = torch.where(images @ w.T + b >= 0, 1.0, -1.0)
        return (100.0 * ((h @ v.T + c).argmax(1) == labels)).mean(dtype=torch.float64).item()


def train(method, stochastic, images, labels, epochs, batch, rate, seed):
    """The layers of a trained network, and the processor seconds that took."""
    generator = torch.Generator().manual_seed(seed)
    start = time.process_time()

    def uniform(*shape, spread):
        return (2 * torch.rand(*shape, generator=generator) - 1) * math.sqrt(3) * spread

    w, b = uniform(100, 784, spread=784**-0.5), torch.zeros(100)
    v, c = uniform(10, 100, spread=0.1), torch.zeros(10)
    parameters = [w.requires_grad_(), b.requires_grad_(), v.requires_grad_(), c.requires_grad_()]
    optimizer = torch.optim.Adam(parameters, lr=rate)
    steps = epochs * (len(images) // batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: 0.5 * (1 + math.cos(math.pi * step / steps))
    )
    loss_of = torch.nn.functional.cross_entropy
    for _ in range(epochs):
        order = torch.randperm(len(images), generator=generator)
        for first in range(0, len(order) - batch + 1, batch):
            rows = order[first : first + batch]
            x = shifted(images, rows, generator)
            z = x @ w.T + b
            if method == "reinforce":
                p = torch.sigmoid(2 * z)
                h = torch.where(torch.rand(z.shape, generator=generator) < p, 1.0, -1.0)
                losses = loss_of(h.detach() @ v.T + c, labels[rows], reduction="none")
                gain = (losses - losses.mean()).detach()
                chance = torch.nn.functional.logsigmoid(2 * z * h.detach()).sum(1)
                loss = losses.mean() + (gain * chance).mean()
            else:
                noise = 2 * torch.rand(z.shape, generator=generator) - 1 if stochastic else torch.zeros(())
                loss = loss_of(StraightThrough.apply(z, noise) @ v.T + c, labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return [(w, b), (v, c)], time.process_time() - start


def main():
    parser = argparse.ArgumentParser(description="Rivals of tunneling on sign units.")
    parser.add_argument("method", choices=["straight-through", "reinforce"])
    parser.add_argument("--data", required=True)
    parser.add_argument("--stochastic", action="store_true")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=6e-3)
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--rates", type=float, nargs="+", default=[3e-4, 1e-3, 3e-3, 6e-3])
    options = parser.parse_args()
    torch.set_num_threads(1)
    raw = torch.from_numpy(read(options.data, "train-images-idx3-ubyte").astype(numpy.float32) / 255)
    labels = torch.from_numpy(read(options.data, "train-labels-idx1-ubyte").astype(numpy.int64))
    images = torch.nn.functional.pad(raw, (1, 1, 1, 1))
    if options.tune:
        held = raw[50_000:].reshape(-1, 784)
        for batch in (128, 512):
            for rate in options.rates:
                layers, seconds = train(
                    options.method, options.stochastic, images[:50_000], labels[:50_000],
                    options.epochs, batch, rate, 1)
                value = accuracy(layers, held, labels[50_000:])
                print(f"batch {batch} rate {rate:g}: validation {value:.2f} %, {seconds:.0f} s", flush=True)
        return
    test = torch.from_numpy(read(options.data, "t10k-images-idx3-ubyte").astype(numpy.float32) / 255)
    test_labels = torch.from_numpy(read(options.data, "t10k-labels-idx1-ubyte").astype(numpy.int64))
    values = []
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        layers, seconds = train(
            options.method, options.stochastic, images, labels, options.epochs, options.batch,
            options.rate, seed)
        values.append(accuracy(layers, test.reshape(-1, 784), test_labels))
        print(f"seed {seed}: test {values[-1]:.2f} %, {seconds:.0f} s", flush=True)
    print(f"mean {numpy.mean(values):.2f} %, deviation {numpy.std(values, ddof=1) if len(values) > 1 else 0:.2f}")


if __name__ == "__main__":
    main()
