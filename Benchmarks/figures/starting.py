"""From the start of a process to its exit: the default run, and what plugins add."""

from itertools import count

from measuring.figure import Contender, Figure
from measuring.host import Host
from measuring.peers import start_up

DEFAULT = "tunneling"
STARTS = 5
PEERS = [
    ("import torch", "torch", "import torch"),
    ("import sklearn.neural_network", "sklearn", "import sklearn.neural_network"),
    ("import numpy", "numpy", "import numpy"),
]


def figures(host: Host) -> list[Figure]:
    """The whole run, and the time that plugins take, warm and cold."""
    return [_whole_run(host), _loading(host), _first_scan(host)]


def _whole_run(host: Host) -> Figure:
    optimizers = [name for name in (DEFAULT, "adam") if host.has("optimizer", name)]
    own = [
        Contender(
            f"qhost run --optimizer {name}",
            lambda name=name: host.milliseconds("run", "--quiet", "--optimizer", name))
        for name in optimizers
    ]
    if DEFAULT not in optimizers:
        own.insert(0, Contender(f"qhost run --optimizer {DEFAULT}", missing="not built"))
    peers = [start_up(*peer) for peer in PEERS] + [_sklearn_run()]
    return Figure(
        "default-run", "default run on iris, start to exit", "ms", asked=1500, own=own, peers=peers)


def _sklearn_run() -> Contender:
    code = (
        "from sklearn.datasets import load_iris\n"
        "from sklearn.neural_network import MLPClassifier\n"
        "import warnings; warnings.simplefilter('ignore')\n"
        "x, y = load_iris(return_X_y=True)\n"
        "x, y = x[[i for i in range(150) if i % 3]], y[[i for i in range(150) if i % 3]]\n"
        "MLPClassifier((16,), activation='tanh', batch_size=100, max_iter=4118, tol=0,\n"
        "  n_iter_no_change=5000, learning_rate_init=0.01).fit(x, y)\n")
    return start_up("scikit-learn: Adam for as many epochs", "sklearn", code)


def _loading(host: Host) -> Figure:
    """With a warm cache; the run of one evaluation also opens what it needs and writes a model."""
    run = ("run", "--quiet", "--optimizer", "random", "--max-evals", "1")
    own = [
        Contender("qhost plugins", lambda: _extra(host, "plugins")),
        Contender("a run of one evaluation (random, mlp, iris)", lambda: _extra(host, *run)),
    ]
    return Figure(
        "plugin-loading", "plugins, warm cache, beyond qhost --version", "ms", asked=50, own=own)


def _first_scan(host: Host) -> Figure:
    numbers = count()

    def cold() -> float:
        folder = host.folder / f"cold-{next(numbers)}"
        whole = host.milliseconds("plugins", environment={"XDG_CACHE_HOME": str(folder)})
        return whole - host.milliseconds("--version")

    return Figure(
        "first-scan", "plugins, no cache, beyond qhost --version", "ms",
        own=[Contender("qhost plugins", cold)])


def _extra(host: Host, *arguments: str) -> float:
    """The difference of two short times: each is the least of a few starts, by turns."""
    pairs = [
        (host.milliseconds(*arguments), host.milliseconds("--version")) for _ in range(STARTS)]
    return min(whole for whole, _ in pairs) - min(bare for _, bare in pairs)
