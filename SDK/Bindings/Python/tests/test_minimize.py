"""qhost.minimize and qhost.minimizer."""

import os
import signal
import threading

import numpy as np
import pytest

import qhost

BOX = [(-5.0, 5.0)] * 3


def sphere(x):
    return float(((x - 1) ** 2).sum())


def methods_without_gradient():
    names = []
    for listed in qhost.components("optimizer"):
        try:
            qhost.minimize(sphere, [2.0, 2.0], method=listed.name, bounds=BOX[:2],
                           options={"maxfev": 40})
        except (qhost.UsageError, qhost.PluginError) as error:
            # A gradient, or a library that is not on every machine.
            assert "needs" in str(error), f"{listed.name}: {error}"
        else:
            names.append(listed.name)
    return names


def test_most_methods_need_no_gradient_and_all_keep_the_budget():
    names = methods_without_gradient()
    assert {"tunneling", "random", "cma-es"} <= set(names)
    for name in names:
        calls = []

        def fun(x):
            calls.append(x)
            return sphere(x)

        found = qhost.minimize(fun, [4.0, -4.0, 3.0], method=name, bounds=BOX,
                               options={"maxfev": 333})
        assert len(calls) == found.nfev <= 333, name
        assert found.fun == min(map(sphere, calls)) == sphere(found.x), name
        points = np.array(calls)
        assert (points >= -5).all() and (points <= 5).all(), name


def test_the_minimum_of_a_bowl_is_found():
    found = qhost.minimize(sphere, [4.0, -4.0, 3.0], bounds=BOX, options={"maxfev": 3000})
    assert found.success and found.fun < 1e-3
    assert np.allclose(found.x, 1, atol=0.05)


def test_the_same_seed_gives_the_same_points():
    def trace(seed, threads):
        points = []
        qhost.minimize(lambda x: points.append(x) or sphere(x), [4.0] * 3, method="cma-es",
                       bounds=BOX, options={"maxfev": 200, "seed": seed, "threads": threads})
        return np.array(points)

    assert np.array_equal(trace(3, 1), trace(3, 2))
    assert not np.array_equal(trace(3, 1), trace(4, 1))


def test_a_vectorised_objective_sees_the_memory_of_the_library():
    addresses, owners = set(), set()

    def fun(x):
        assert x.shape[0] == 3 and not x.flags.writeable
        addresses.add(x.ctypes.data)
        owners.add(x.flags.owndata)
        return ((x - 1) ** 2).sum(axis=0)

    found = qhost.minimize(fun, [4.0] * 3, method="cma-es", bounds=BOX, vectorized=True,
                           options={"maxfev": 2000})
    plain = qhost.minimize(sphere, [4.0] * 3, method="cma-es", bounds=BOX,
                           options={"maxfev": 2000})
    assert owners == {False} and len(addresses) < found.nit
    assert np.array_equal(found.x, plain.x) and found.nfev == plain.nfev
    assert found.nit < found.nfev


def test_a_vectorised_objective_must_not_keep_the_memory():
    kept = []

    def fun(x):
        kept.append(x)
        return ((x - 1) ** 2).sum(axis=0)

    with pytest.raises(RuntimeError, match="keep x.copy"):
        qhost.minimize(fun, [4.0] * 3, bounds=BOX, vectorized=True)


def test_whole_numbers_and_categories():
    def fun(x):
        assert x[0] == round(x[0]) and x[1] in (0, 1, 2, 3)
        return (x[0] - 7) ** 2 + [3, 0.5, 2, 1][int(x[1])] + (x[2] - 0.25) ** 2

    found = qhost.minimize(fun, [0, 0, 0.5], method="ga", bounds=[(0, 10), (0, 3), (0, 1)],
                           integrality=[1, 2, 0], options={"maxfev": 3000})
    assert found.x[0] == 7 and found.x[1] == 1 and abs(found.x[2] - 0.25) < 0.05


def test_constraints_of_all_kinds_say_the_same():
    optimize = pytest.importorskip("scipy.optimize")
    half = 1.5
    kinds = {
        "violation": {"violation": lambda x: max(0.0, x.sum() - half)},
        "dict": {"constraints": {"type": "ineq", "fun": lambda x: half - x.sum()}},
        "linear": {"constraints": optimize.LinearConstraint(np.ones(3), -np.inf, half)},
        "nonlinear": {"constraints": optimize.NonlinearConstraint(
            lambda x: x.sum(), -np.inf, half)},
    }
    found = {
        name: qhost.minimize(sphere, [0.0] * 3, method="cma-es", bounds=BOX, **kind,
                             options={"maxfev": 4000})
        for name, kind in kinds.items()
    }
    for name, one in found.items():
        assert one.success and one.maxcv == 0 and one.x.sum() <= half, name
        assert np.array_equal(one.x, found["violation"].x), name
    assert found["violation"].fun < 0.8  # 0.75 is the best feasible


def test_what_nobody_can_hold_to_is_said():
    found = qhost.minimize(sphere, [0.0] * 3, method="random", bounds=BOX,
                           violation=lambda x: 1.0, options={"maxfev": 50})
    assert not found.success and found.status == 3 and found.maxcv == 1


def test_fixed_variables_stay():
    found = qhost.minimize(sphere, [4.0, 2.0, 0.0], method="cma-es",
                           bounds=[(-5, 5), (2, 2), (-5, 5)], options={"maxfev": 1000})
    assert found.x[1] == 2 and abs(found.fun - 1) < 1e-3
    only = qhost.minimize(sphere, [1.0, 2.0], bounds=[(1, 1), (2, 2)])
    assert only.nfev == 1 and only.fun == 1 and only.success


def test_gradients_are_used_where_a_method_needs_them():
    def jac(x):
        return 2 * (x - 1)

    found = qhost.minimize(sphere, [4.0] * 3, method="adam", jac=jac,
                           options={"maxfev": 500, "learning_rate": 0.1})
    pair = qhost.minimize(lambda x: (sphere(x), jac(x)), [4.0] * 3, method="adam", jac=True,
                          options={"maxfev": 500, "learning_rate": 0.1})
    assert found.njev > 0 and found.fun < 1e-3 and np.array_equal(found.x, pair.x)
    with pytest.raises(qhost.UsageError, match="needs a gradient"):
        qhost.minimize(sphere, [4.0] * 3, method="adam")
    with pytest.raises(ValueError, match=r"shape \(2,\)"):
        qhost.minimize(sphere, [4.0] * 3, method="adam", jac=lambda x: x[:2])


def test_callbacks_see_the_best_and_can_stop():
    seen = []

    def callback(intermediate_result):
        seen.append(intermediate_result.fun)
        if len(seen) == 5:
            raise StopIteration

    found = qhost.minimize(sphere, [4.0] * 3, method="cma-es", bounds=BOX, callback=callback)
    assert len(seen) == 5 and seen == sorted(seen, reverse=True)
    assert found.status == 99 and not found.success and found.fun == seen[-1]
    points = []
    qhost.minimize(sphere, [4.0] * 3, method="cma-es", bounds=BOX,
                   callback=lambda xk: points.append(xk), options={"maxfev": 100})
    assert points and points[0].shape == (3,)


def test_what_the_objective_raises_comes_out_with_our_sentence_as_its_cause():
    class Own(Exception):
        pass

    def fun(x, limit):
        fun.calls += 1
        if fun.calls == limit:
            raise Own("mine")
        return sphere(x)

    fun.calls = 0
    with pytest.raises(Own, match="mine") as caught:
        qhost.minimize(fun, [4.0] * 3, (7,), bounds=BOX)
    assert isinstance(caught.value.__cause__, qhost.PluginError)
    assert "evaluation 6" in str(caught.value.__cause__)


@pytest.mark.parametrize("value, words", [
    (float("nan"), "is nan at x"), (-np.inf, "is -inf at x"),
    (np.zeros(2), r"shape \(2,\) for one point"), ("three", "could not convert"),
])
def test_values_that_are_none(value, words):
    with pytest.raises(ValueError, match=words) as caught:
        qhost.minimize(lambda x: value, [4.0] * 3, bounds=BOX)
    assert isinstance(caught.value.__cause__, qhost.PluginError)


def test_a_vectorised_objective_of_another_length():
    with pytest.raises(ValueError, match="return one of shape"):
        qhost.minimize(lambda x: np.zeros(x.shape[1] + 1), [4.0] * 3, bounds=BOX, vectorized=True)


@pytest.mark.parametrize("x0, keywords, words", [
    ([], {}, "at least one number"),
    ([[1.0, 2.0]], {}, r"shape \(1, 2\)"),
    ([9.0], {"bounds": [(0, 1)]}, r"x0\[0\] is 9.0"),
    ([float("nan")], {}, r"x0\[0\] is nan"),
    ([0.5], {"bounds": [(1, 0)]}, "exchange them"),
    ([0.5], {"bounds": [(0, 1)] * 2}, "2 bounds for 1"),
    ([0.5], {"integrality": 3}, "0, 1 or 2"),
    ([1.0], {"integrality": 1}, "finite"),
    ([0.5], {"method": "tunelling"}, "tunneling"),
    ([0.5], {"options": {"maxfev": 0}}, "at least 1"),
    ([0.5], {"options": {"maxiter": 5}}, "give maxfev"),
    ([0.5], {"options": {"seed": -1}}, "seed cannot be -1"),
    ([0.5], {"options": {"hbar_strat": 1}}, "hbar_start"),
    ([0.5], {"options": {"maxtime": -1}}, "above 0"),
])
def test_what_does_not_go_together(x0, keywords, words):
    with pytest.raises(qhost.UsageError, match=words):
        qhost.minimize(lambda x: 0.0, x0, **keywords)


def test_infinite_values_are_points_that_cannot_be_had():
    found = qhost.minimize(lambda x: np.inf if x[0] < 0 else sphere(x), [4.0] * 3,
                           method="cma-es", bounds=BOX, options={"maxfev": 1000})
    assert found.success and found.x[0] >= 0


def test_runs_on_several_threads_are_those_on_one():
    def search(seed):
        return qhost.minimize(sphere, [4.0] * 3, method="cma-es", bounds=BOX,
                              options={"maxfev": 500, "seed": seed}).x

    alone = [search(seed) for seed in range(6)]
    found = [None] * 6

    def work(seed):
        found[seed] = search(seed)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert np.array_equal(alone, found)


def test_a_run_within_a_run():
    def outer(x):
        inner = qhost.minimize(lambda y: float((y[0] - x[0]) ** 2), [0.0], method="random",
                               bounds=[(-5, 5)], options={"maxfev": 20})
        return inner.fun + sphere(x)

    found = qhost.minimize(outer, [4.0] * 3, method="cma-es", bounds=BOX, options={"maxfev": 60})
    assert found.nfev == 60


@pytest.mark.parametrize("after", [5, 200])
def test_an_interrupt_ends_the_search(after):
    calls = 0

    def fun(x):
        nonlocal calls
        calls += 1
        if calls == after:
            os.kill(os.getpid(), signal.SIGINT)
        return sphere(x)

    with pytest.raises(KeyboardInterrupt):
        qhost.minimize(fun, [4.0] * 3, method="cma-es", bounds=BOX, options={"maxfev": 10_000_000})
    assert calls < after + 100
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_scipy_takes_the_method():
    optimize = pytest.importorskip("scipy.optimize")
    method = qhost.minimizer("cma-es", maxfev=2000)
    found = optimize.minimize(optimize.rosen, [2.0, 2.0], method=method,
                              bounds=[(-5, 5)] * 2, options={"seed": 2})
    assert isinstance(found, optimize.OptimizeResult) and found.nfev <= 2000
    assert found.fun < 1e-3
    bounded = optimize.minimize(optimize.rosen, [2.0, 2.0], method=method,
                                bounds=optimize.Bounds([-5, -5], [5, 5]), options={"seed": 2})
    assert np.array_equal(found.x, bounded.x)
    with pytest.raises(qhost.UsageError, match="tol has no meaning"):
        optimize.minimize(optimize.rosen, [2.0, 2.0], method=method, tol=1e-3)


def test_documentation_is_made_from_the_parameters():
    text = str(qhost.component("optimizer", "tunneling"))
    assert "Parameters\n----------" in text and "solver : name of a solver" in text
    assert qhost.minimizer("tunneling").__doc__ == text
    with pytest.raises(qhost.UsageError, match="tunneling"):
        qhost.component("optimizer", "tunnelling")
