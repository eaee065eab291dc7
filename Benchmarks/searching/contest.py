"""The runs of qhost's optimizers and of their peers on the same instances of the same functions."""

import json
from dataclasses import dataclass

from measuring.host import Host
from measuring.peers import ENVIRONMENT, PYTHON, absence
from measuring.programs import FOLDER, output

FUNCTIONS = ["sphere", "rosenbrock", "rastrigin", "ackley", "schwefel", "styblinski-tang"]
# An optimizer, and the peer that does the same work.
PAIRS = [
    ("cma-es", "pycma"), ("de", "scipy-de"), ("nelder-mead", "scipy-nelder-mead"),
    ("sa[polish=between]", "scipy-dual-annealing"), ("pso", ""), ("openai-es", "")]
MODULES = {
    "pycma": "cma", "scipy-de": "scipy", "scipy-nelder-mead": "scipy",
    "scipy-dual-annealing": "scipy"}


@dataclass
class Rules:
    """What all runs have in common."""

    dimension: int
    runs: int
    target: float
    limit: int


def own(host: Host, optimizer: str, rules: Rules) -> list[dict]:
    """qhost's runs: for each instance a comparison over the functions with that seed."""
    functions = ",".join(FUNCTIONS)
    result = []
    for instance in range(1, rules.runs + 1):
        folder = host.folder / f"{optimizer}-{instance}"
        output([
            host.program, "compare", "-o", optimizer, "-m", "direct", "-d",
            f"functions[function={functions},dimension={rules.dimension},instance={instance}]",
            "--seeds", f"{instance}-{instance}", "--until-loss", rules.target,
            "--max-evals", rules.limit, "--jobs", "1", "--quiet", "--output", folder,
        ], host.environment)
        for cell in _cells(folder / "journal.jsonl"):
            result.append({
                "function": cell["run"]["dataset"]["parameters"]["function"], "instance": instance,
                "evaluations": cell["run"]["cost"]["loss_evaluations"],
                "best": cell["improvements"]["best_loss"][-1]})
    return _marked(result, rules)


def _cells(journal) -> list[dict]:
    records = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    return [record for record in records if record["record"] == "cell"]


def peer(name: str, rules: Rules) -> tuple[list[dict], str]:
    """A peer's runs, or why there are none."""
    missing = absence(MODULES[name])
    if missing:
        return [], missing
    text = output([
        PYTHON, FOLDER / "peers/search.py", name, rules.dimension, rules.target, rules.limit,
        ",".join(FUNCTIONS), rules.runs], ENVIRONMENT)
    return _marked([json.loads(line) for line in text.splitlines()], rules), ""


def _marked(runs: list[dict], rules: Rules) -> list[dict]:
    for run in runs:
        run["success"] = run["best"] <= rules.target and run["evaluations"] <= rules.limit
    return runs
