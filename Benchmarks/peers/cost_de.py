"""Microseconds an evaluation of SciPy's differential evolution, without polish, on the sphere; the
sphere's own time, measured apart, is taken off."""

import sys
import time

import numpy as np
from scipy.optimize import differential_evolution

DIMENSION, EVALUATIONS = int(sys.argv[1]), int(sys.argv[2])
INDIVIDUALS = 50


def sphere(x: np.ndarray) -> float:
    return float(x @ x)


def main() -> None:
    start = time.perf_counter()
    first = np.random.default_rng(1).uniform(-5, 5, (INDIVIDUALS, DIMENSION))
    found = differential_evolution(
        sphere, [(-5, 5)] * DIMENSION, init=first, maxiter=EVALUATIONS // INDIVIDUALS, tol=0,
        polish=False, rng=1)
    total = time.perf_counter() - start
    point = np.asarray(found.x)
    start = time.perf_counter()
    for _ in range(found.nfev):
        sphere(point)
    objective = time.perf_counter() - start
    print((total - objective) / found.nfev * 1e6)


main()
