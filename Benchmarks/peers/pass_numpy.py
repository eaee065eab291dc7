"""Microseconds of a forward pass with cross-entropy on 100 rows, 4-16-3, tanh, in NumPy (f32)."""

import time

import numpy as np

PASSES = 20000


def main() -> None:
    rng = np.random.default_rng(1)
    x = rng.standard_normal((100, 4), dtype=np.float32)
    labels, rows = rng.integers(0, 3, 100), np.arange(100)
    w1, b1 = rng.standard_normal((4, 16), dtype=np.float32), np.zeros(16, np.float32)
    w2, b2 = rng.standard_normal((16, 3), dtype=np.float32), np.zeros(3, np.float32)
    total = 0.0
    start = time.perf_counter()
    for _ in range(PASSES):
        z = np.tanh(x @ w1 + b1) @ w2 + b2
        z -= z.max(axis=1, keepdims=True)
        total += (np.log(np.exp(z).sum(axis=1)) - z[rows, labels]).mean()
    seconds = time.perf_counter() - start
    assert np.isfinite(total)
    print(seconds / PASSES * 1e6)


main()
