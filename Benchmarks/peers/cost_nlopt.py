"""Microseconds an evaluation of NLopt's ESCH on the sphere, both in C; the sphere's own time, measured
apart, is taken off. The library is the one in NLopt's Python package, called by its C interface."""

import ctypes
import sys
import time

import nlopt
from nlopt import _nlopt

SPHERE, DIMENSION, EVALUATIONS = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def library() -> ctypes.CDLL:
    found = ctypes.CDLL(_nlopt.__file__)
    found.nlopt_create.restype = ctypes.c_void_p
    found.nlopt_create.argtypes = [ctypes.c_int, ctypes.c_uint]
    found.nlopt_set_min_objective.argtypes = [ctypes.c_void_p] * 3
    for name in ("nlopt_set_lower_bounds1", "nlopt_set_upper_bounds1"):
        getattr(found, name).argtypes = [ctypes.c_void_p, ctypes.c_double]
    found.nlopt_set_maxeval.argtypes = [ctypes.c_void_p, ctypes.c_int]
    found.nlopt_optimize.argtypes = [ctypes.c_void_p] * 3
    return found


def main() -> None:
    objective = ctypes.CDLL(SPHERE)
    objective.sphere_seconds.restype = ctypes.c_double
    nl = library()
    search = nl.nlopt_create(nlopt.GN_ESCH, DIMENSION)
    nl.nlopt_set_lower_bounds1(search, -5.0)
    nl.nlopt_set_upper_bounds1(search, 5.0)
    nl.nlopt_set_min_objective(search, ctypes.cast(objective.sphere, ctypes.c_void_p), None)
    nl.nlopt_set_maxeval(search, EVALUATIONS)
    point = (ctypes.c_double * DIMENSION)(*([1.0] * DIMENSION))
    least = ctypes.c_double()
    start = time.perf_counter()
    status = nl.nlopt_optimize(search, point, ctypes.byref(least))
    total = time.perf_counter() - start
    if status != nlopt.MAXEVAL_REACHED:
        raise SystemExit(f"NLopt ended with status {status} before its evaluations were done")
    print((total - objective.sphere_seconds(DIMENSION, point, EVALUATIONS)) / EVALUATIONS * 1e6)


main()
