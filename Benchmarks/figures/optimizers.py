"""The optimizer's own cost with a trivial objective, and the way through the C interface."""

from measuring.figure import Contender, Figure
from measuring.host import Host
from measuring.peers import script
from measuring.programs import BUILD, compiled, output

OPTIMIZERS = ["ga", "sa", "random", "tunneling", "de", "pso", "openai-es", "nelder-mead"]
# Dimension, asked microseconds, evaluations of qhost and of the peers.
CASES = [(10, 0.5, 300_000, 20_000), (1000, 10.0, 30_000, 5_000)]
NLOPT_EVALUATIONS = 50_000
# Covariance of CMA-ES, dimension, asked microseconds, evaluations of qhost and of pycma.
COVARIANCES = [
    ("full", 10, 3.0, 300_000, 20_000), ("separable", 1000, 10.0, 30_000, 5_000),
    ("full", 1000, 400.0, 6_000, 2_000)]


def figures(host: Host) -> list[Figure]:
    """Own time and whole time of an evaluation for each dimension; calls."""
    result = []
    for n, asked, evaluations, peer_evaluations in CASES:
        result.append(_own_cost(host, n, asked, evaluations, peer_evaluations))
        result.append(_whole_cost(host, n, evaluations))
    return result + [_covariance(host, *case) for case in COVARIANCES] + [_boundary(host)]


def _sphere(n: int, evaluations: int) -> list[str]:
    return [
        "--model", "direct", "--dataset", "functions", "--set", "dataset.function=sphere",
        "--set", f"dataset.dimension={n}", "--max-evals", str(evaluations)]


def _contender(
    host: Host, optimizer: str, n: int, evaluations: int, key: str, *options: str
) -> Contender:
    def sample() -> float:
        cost = host.cost("--optimizer", optimizer, *_sphere(n, evaluations), *options)
        return cost[key] / cost["loss_evaluations"] * 1e6

    if not host.has("optimizer", optimizer):
        return Contender(optimizer, missing="not built")
    return Contender(optimizer, sample)


def _contenders(host: Host, n: int, evaluations: int, key: str) -> list[Contender]:
    return [_contender(host, name, n, evaluations, key) for name in OPTIMIZERS]


def _own_cost(host: Host, n: int, asked: float, evaluations: int, peer: int) -> Figure:
    """From `ask` to its return and from `tell` to its, with the way through the C interface."""
    sphere = compiled("sphere.c", "libsphere.so", "-shared", "-fPIC")
    return Figure(
        f"own-cost-{n}", f"optimizer's own cost, n={n}, an evaluation", "us", asked=asked,
        own=_contenders(host, n, evaluations, "optimizer_seconds"),
        peers=[
            script("pycma", "cma", "cost_cma.py", n, peer),
            script("SciPy dual_annealing", "scipy", "cost_annealing.py", n, peer),
            script("SciPy differential_evolution", "scipy", "cost_de.py", n, peer),
            script("DEAP genetic algorithm", "deap", "cost_deap.py", n, peer),
            script("NLopt ESCH, from C", "nlopt", "cost_nlopt.py", sphere, n, NLOPT_EVALUATIONS),
        ])


def _covariance(
    host: Host, covariance: str, n: int, asked: float, evaluations: int, peer: int
) -> Figure:
    """CMA-ES, whose cost an evaluation is that of a matrix, or of its diagonal."""
    contender = _contender(
        host, "cma-es", n, evaluations, "optimizer_seconds", "--set",
        f"optimizer.covariance={covariance}")
    return Figure(
        f"own-cost-cma-{covariance}-{n}", f"CMA-ES's own cost, {covariance}, n={n}", "us",
        asked=asked, own=[contender],
        peers=[script("pycma", "cma", "cost_cma.py", n, peer, covariance)])


def _whole_cost(host: Host, n: int, evaluations: int) -> Figure:
    """With the host's loop and the sphere itself."""
    return Figure(
        f"whole-cost-{n}", f"whole evaluation, n={n}", "us", asked=0.5 if n == 10 else None,
        own=_contenders(host, n, evaluations, "seconds"))


def _boundary(host: Host) -> Figure:
    """An optimizer in C that does nothing is asked and told: two calls an evaluation.

    The host's record has the time between two readings of the clock for each call, one of which is no
    part of the call; the cost of a reading, measured in the same round, is taken off.
    """
    compiled("echo.c", "libqhost-echo.so", "-shared", "-fPIC")
    core = compiled("core.c", "core", "-march=native")

    def recorded() -> float:
        cost = host.cost(
            "--optimizer", "echo", "--no-isolate", *_sphere(1, 1_000_000),
            environment={"QHOST_PLUGIN_PATH": str(BUILD)})
        return cost["optimizer_seconds"] / cost["loss_evaluations"] / 2 * 1e6

    def call() -> float:
        return recorded() - float(output([core, "clock"])) * 1e-3

    return Figure(
        "boundary", "the C interface, a call", "us", asked=0.1,
        own=[Contender("ask or tell, with the host's checks", call)])
