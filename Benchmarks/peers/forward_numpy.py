"""GFLOP/s of the products of a network in NumPy with its own, newer OpenBLAS (f32, one thread):
the better of all rows at once and blocks of 1,024, the median of fifteen."""

import statistics
import sys
import time

import numpy as np

WIDTHS, ROWS = [int(word) for word in sys.argv[1].split(",")], int(sys.argv[2])


def seconds(block: int) -> float:
    rng = np.random.default_rng(1)
    pairs = list(zip(WIDTHS, WIDTHS[1:]))
    weights = [rng.standard_normal((after, before), dtype=np.float32) for before, after in pairs]
    values = [
        rng.standard_normal((ROWS // block, width, block), dtype=np.float32) for width in WIDTHS]
    times = []
    for _ in range(16):
        start = time.perf_counter()
        for part in range(ROWS // block):
            for layer, w in enumerate(weights):
                np.matmul(w, values[layer][part], out=values[layer + 1][part])
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def main() -> None:
    operations = 2 * ROWS * sum(a * b for a, b in zip(WIDTHS, WIDTHS[1:]))
    print(operations / min(seconds(ROWS), seconds(1024)) * 1e-9)


main()
