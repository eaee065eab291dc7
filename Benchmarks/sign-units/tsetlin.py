"""A Tsetlin machine on MNIST, which learns without a gradient: a row in the table of sign units.

    python Benchmarks/sign-units/tsetlin.py --data DATA --clauses 100 --epochs 1 --seeds 1

It needs tmu 0.8.3 and numpy below 2 (requirements-tsetlin.txt). Pixels above 75 of 255 are 1, as in tmu's own example; all else is flat. Rows are
those of rivals.py, without shifts. --tune holds back the last 10,000 training rows and prints what these say; without it the test rows are read after the
last epoch. One thread; processor seconds are of the training alone, and of all epochs.
"""

import argparse
import gzip
import logging
import os
import time

import numpy

logging.disable(logging.CRITICAL)

from tmu.models.classification.vanilla_classifier import TMClassifier  # noqa: E402


def read(folder, name):
    """An IDX file of bytes."""
    path = os.path.join(folder, "mnist", name)
    opened = gzip.open(path + ".gz") if os.path.exists(path + ".gz") else open(path, "rb")
    with opened as file:
        data = file.read()
    extents = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "big") for i in range(data[3])]
    return numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * data[3]).reshape(extents)


def main():
    parser = argparse.ArgumentParser(description="A Tsetlin machine on MNIST.")
    parser.add_argument("--data", required=True)
    parser.add_argument("--clauses", type=int, default=100, help="clauses of each class")
    parser.add_argument("--threshold", type=int, default=0, help="T; 0: 2.5 times the clauses")
    parser.add_argument("--specificity", type=float, default=10.0)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--rows", type=int, default=0, help="only this many training rows; 0: all")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--tune", action="store_true")
    options = parser.parse_args()

    def bits(name):
        return (read(options.data, name).reshape(-1, 784) > 75).astype(numpy.uint32)

    images, labels = bits("train-images-idx3-ubyte"), read(options.data, "train-labels-idx1-ubyte").astype(numpy.uint32)
    if options.tune:
        held, held_labels, name = images[50_000:], labels[50_000:], "validation"
        images, labels = images[:50_000], labels[:50_000]
    else:
        held, name = bits("t10k-images-idx3-ubyte"), "test"
        held_labels = read(options.data, "t10k-labels-idx1-ubyte").astype(numpy.uint32)
    if options.rows:
        images, labels = images[: options.rows], labels[: options.rows]
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        machine = TMClassifier(
            options.clauses, options.threshold or int(2.5 * options.clauses), options.specificity,
            weighted_clauses=True, seed=seed)
        seconds = 0.0
        for _ in range(options.epochs):
            start = time.process_time()
            machine.fit(images, labels)
            seconds += time.process_time() - start
        value = 100.0 * (machine.predict(held) == held_labels).mean()
        print(f"{options.clauses} clauses, seed {seed}: {name} {value:.2f} %, {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
