"""Microseconds an evaluation of SciPy's dual annealing, without local search, on the sphere; the
sphere's own time, measured apart, is taken off."""

import sys
import time

import numpy as np
from scipy.optimize import dual_annealing

DIMENSION, EVALUATIONS = int(sys.argv[1]), int(sys.argv[2])


def sphere(x: np.ndarray) -> float:
    return float(x @ x)


def main() -> None:
    start = time.perf_counter()
    found = dual_annealing(
        sphere, [(-5, 5)] * DIMENSION, maxiter=10**9, maxfun=EVALUATIONS, no_local_search=True,
        rng=1)
    total = time.perf_counter() - start
    point = np.asarray(found.x)
    start = time.perf_counter()
    for _ in range(found.nfev):
        sphere(point)
    objective = time.perf_counter() - start
    print((total - objective) / found.nfev * 1e6)


main()
