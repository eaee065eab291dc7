"""The loss of all training images of MNIST through the network whose weights a circuit generates, beside torch."""

import os

from measuring.figure import Contender, Figure
from measuring.host import Host
from measuring.peers import script

# Losses of a short and of a long run: their difference has no loading and no testing in it.
SHORT, LONG = 2, 8
NETWORK = [
    "--model", "qnn", "--set", "model.mapping=paper", "--set", "model.reps=26",
    "--set", "model.inner=cnn", "--set", "model.inner.activation=relu",
    "--dataset", "mnist", "--optimizer", "random", "--batch-size", "0"]


def figures(host: Host) -> list[Figure]:
    """Seconds of a loss, the circuit included on our side."""
    name = "qhost qnn around cnn, 6,690 weights"
    missing = "" if os.environ.get("QHOST_DATA") else "QHOST_DATA does not name the folder with mnist"
    own = Contender(name, missing=missing) if missing else Contender(name, lambda: _seconds(host))
    return [
        Figure(
            "cnn-loss", "loss of 60,000 images through the cnn", "s", own=[own],
            peers=[
                script("torch, channels_last, 256 rows", "torch", "cnn_torch.py", "last", 256),
                script("torch, channels_last, 1,024 rows", "torch", "cnn_torch.py", "last", 1024),
                script("torch as it comes, 256 rows", "torch", "cnn_torch.py", "first", 256),
                script("torch as it comes, 1,024 rows", "torch", "cnn_torch.py", "first", 1024)])
    ]


def _seconds(host: Host) -> float:
    costs = [
        host.cost(*NETWORK, "--max-evals", str(losses))["cpu_seconds"] for losses in (SHORT, LONG)]
    return (costs[1] - costs[0]) / (LONG - SHORT)
