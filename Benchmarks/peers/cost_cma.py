"""Microseconds an evaluation that pycma's ask and tell take on the sphere; the sphere is not counted."""

import sys
import time

import cma

DIMENSION, EVALUATIONS = int(sys.argv[1]), int(sys.argv[2])
IS_DIAGONAL = sys.argv[3:] == ["separable"]


def main() -> None:
    search = cma.CMAEvolutionStrategy(DIMENSION * [0.5], 1.0, {
        "verbose": -9, "seed": 1, "CMA_diagonal": IS_DIAGONAL})
    own, count = 0.0, 0
    while count < EVALUATIONS:
        start = time.perf_counter()
        points = search.ask()
        own += time.perf_counter() - start
        losses = [float(point @ point) for point in points]
        start = time.perf_counter()
        search.tell(points, losses)
        own += time.perf_counter() - start
        count += len(points)
    print(own / count * 1e6)


main()
