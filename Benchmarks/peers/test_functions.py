"""The test functions of qhost's dataset `functions`, with the same minimum for the same instance.

Each is (half-open domain, place of the plain minimum, plain function of a NumPy vector); see the README of
StandardDatasets for the formulas. `problem` moves one as qhost does.
"""

import math
from typing import Callable

import numpy as np

MASK = (1 << 64) - 1


def _root(start: float, step: Callable[[float], float]) -> float:
    for _ in range(8):
        start -= step(start)
    return start


_R = _root(20.5, lambda r: (math.sin(r) + 0.5 * r * math.cos(r)) / (1.5 * math.cos(r) - 0.5 * r * math.sin(r)))
_PEAK = _R * _R * math.sin(_R)
_VALLEY = _root(-2.9, lambda z: (4 * z**3 - 32 * z + 5) / (12 * z * z - 32))


def _rosenbrock(z):
    bend, rest = z[1:] - z[:-1] * z[:-1], 1 - z[:-1]
    return 100 * (bend @ bend) + rest @ rest


def _rastrigin(z):
    sine = np.sin(np.pi * z)
    return z @ z + 20 * (sine @ sine)


def _ackley(z):
    sine, n = np.sin(np.pi * z), len(z)
    return -20 * math.expm1(-0.2 * math.sqrt(z @ z / n)) - math.e * math.expm1(-2 * (sine @ sine) / n)


def _schwefel(z):
    inside = np.minimum(np.maximum(z, -500), 500)
    beyond = z - inside
    wave = inside * np.sin(np.sqrt(np.abs(inside)))
    return float(np.maximum(_PEAK - wave, 0).sum()) + 0.01 * (beyond @ beyond)


def _styblinski_tang(z):
    h = z - _VALLEY
    return float((0.5 * h * h * (h * (h + 4 * _VALLEY) + (6 * _VALLEY * _VALLEY - 16))).sum())


FUNCTIONS = {
    "sphere": (-5.12, 5.12, 0.0, lambda z: z @ z),
    "rosenbrock": (-5.0, 10.0, 1.0, _rosenbrock),
    "rastrigin": (-5.12, 5.12, 0.0, _rastrigin),
    "ackley": (-32.768, 32.768, 0.0, _ackley),
    "schwefel": (-500.0, 500.0, _R * _R, _schwefel),
    "styblinski-tang": (-5.0, 5.0, _VALLEY, _styblinski_tang),
}


def _splitmix(state: int):
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def minimum(name: str, dimension: int, instance: int) -> np.ndarray:
    """Where the minimum of an instance lies."""
    low, high, _, _ = FUNCTIONS[name]
    digest = 0xCBF29CE484222325
    for byte in f"shift of {name}".encode():
        digest = ((digest ^ byte) * 0x100000001B3) & MASK
    words = _splitmix(next(_splitmix(instance)) ^ digest)
    centre = (low + high) / 2
    reach = 0.8 * (high - centre)
    return np.array([centre + reach * (2 * ((next(words) >> 11) * 2.0**-53) - 1) for _ in range(dimension)])


class Reached(Exception):
    """The target is reached, or the evaluations are spent."""


class Problem:
    """An instance of a function that counts, and stops a search that has reached the target."""

    def __init__(self, name: str, dimension: int, instance: int, target: float, limit: int) -> None:
        self.low, self.high, place, self.plain = FUNCTIONS[name]
        self.dimension, self.target, self.limit = dimension, target, limit
        self.offset = place - minimum(name, dimension, instance)
        self.count, self.best = 0, math.inf

    @property
    def bounds(self) -> list[tuple[float, float]]:
        return [(self.low, self.high)] * self.dimension

    @property
    def is_spent(self) -> bool:
        return self.count >= self.limit

    def start(self, random: np.random.Generator) -> np.ndarray:
        """A point uniform over the domain."""
        return random.uniform(self.low, self.high, self.dimension)

    def __call__(self, x) -> float:
        loss = float(self.plain(np.asarray(x) + self.offset))
        self.count += 1
        self.best = min(self.best, loss)
        if self.best <= self.target or self.is_spent:
            raise Reached
        return loss
