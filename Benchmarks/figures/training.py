"""Epochs and passes on iris, 4-16-3: 100 rows, all of them in each batch."""

from measuring.figure import Contender, Figure
from measuring.host import Host
from measuring.peers import script


def figures(host: Host) -> list[Figure]:
    """An epoch of Adam, and a pass that only wants the loss."""
    return [_adam(host), _pass(host)]


def _adam(host: Host) -> Figure:
    def epoch() -> float:
        cost = host.cost("--optimizer", "adam", "--max-evals", "100000")
        return cost["seconds"] / cost["gradient_evaluations"] * 1e6

    return Figure(
        "adam-epoch", "Adam on iris, 4-16-3, full batch, an epoch", "us", asked=25,
        own=[Contender("qhost, all of the run's time", epoch)],
        peers=[
            script("NumPy by hand", "numpy", "adam_numpy.py"),
            script("torch, fused Adam", "torch", "adam_torch.py"),
            script("scikit-learn MLPClassifier", "sklearn", "adam_sklearn.py"),
        ])


def _pass(host: Host) -> Figure:
    """One point a query with `sa`, many with `ga`; the optimizers' own time is not counted."""

    def one(optimizer: str) -> float:
        cost = host.cost("--optimizer", optimizer, "--max-evals", "100000")
        own = cost["seconds"] - cost["optimizer_seconds"]
        return own / cost["loss_evaluations"] * 1e6

    return Figure(
        "loss-pass", "loss on iris, 4-16-3, one pass", "us", asked=10,
        own=[
            Contender("qhost, one point a query", lambda: one("sa")),
            Contender("qhost, fifty points a query", lambda: one("ga")),
        ],
        peers=[script("NumPy by hand", "numpy", "pass_numpy.py")])
