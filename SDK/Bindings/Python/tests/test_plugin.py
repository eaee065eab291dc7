"""Classes in Python as plugins: the plugin ``python`` of the wheel."""

import numpy as np
import pytest

import qhost

FILE = '''
import numpy as np

class Walk:
    def __init__(self, problem, rng, size=10, step=0.5):
        self.problem, self.rng, self.size, self.step = problem, rng, size, step
        self.x, self.best = problem.initial, np.inf
    def ask(self):
        steps = self.step * self.problem.scales * self.rng.normal(size=(self.size, self.problem.dimension))
        self.points = np.clip(self.x + steps, self.problem.lower, self.problem.upper)
        return self.points
    def tell(self, losses, violations=None, *, progress):
        assert not losses.flags.owndata and not losses.flags.writeable and 0 <= progress <= 1
        if losses.min() < self.best:
            self.x, self.best = self.points[losses.argmin()].copy(), losses.min()
        else:
            self.step *= 0.98
    def recommend(self):
        return self.x

class Short(Walk):
    asked = 0
    def ask(self):
        self.asked += 1
        return super().ask() if self.asked < 4 else None

class Faulty(Walk):
    def ask(self):
        raise RuntimeError("mine")

class Wide(Walk):
    def ask(self):
        return np.zeros((2, 1 + self.problem.dimension))

class Dead(Walk):
    def ask(self):
        import os
        os._exit(9)

class Rings:
    def __init__(self, rng, count=300):
        a, y = rng.uniform(0, 2 * np.pi, count), rng.integers(0, 2, count)
        self.train = np.column_stack([np.cos(a), np.sin(a)]) * (1 + y)[:, None], y
        self.test = self.train

class Bowl:
    lower, upper = [-5] * 4, [5] * 4
    def __init__(self, rng): pass
    def score(self, points):
        assert not points.flags.owndata
        return ((points - 1) ** 2).sum(axis=1)
    def violation(self, points):
        return np.maximum(0, points.sum(axis=1) - 2)
'''


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    if not any(c.name == "python" for c in qhost.components("optimizer")):
        pytest.skip("the plugin is in the wheel alone")
    path = tmp_path_factory.mktemp("plugin") / "mine.py"
    path.write_text(FILE)
    return str(path)


def search(file, name, **options):
    return qhost.minimize(
        lambda x: float(((x - 1) ** 2).sum()), [4.0] * 3, method="python", bounds=[(-5, 5)] * 3,
        options={"maxfev": 3000, "file": file, "class": name, **options})


def test_an_optimizer(file):
    found = search(file, "Walk", options="size=20 step=0.3")
    assert found.success and found.fun < 1e-2 and found.nfev == 3000
    assert search(file, "Walk", options="size=20 step=0.3").fun == found.fun
    # What it recommends may be called once more.
    assert search(file, "Short").nfev in (30, 31)


@pytest.mark.parametrize("name, options, words", [
    ("Faulty", "", "RuntimeError: mine, line"), ("Wide", "", r"shape \(2, 4\)"), ("Dead", "", "code 9"),
    ("Nobody", "", "no class 'Nobody'"), ("Walk", "size", "name=value"), ("Walk", "siz=3", "siz"),
])
def test_what_classes_do_wrong(file, name, options, words):
    with pytest.raises(qhost.QHostError, match=words):
        search(file, name, options=options)


def test_a_file_that_is_not_there():
    if not any(c.name == "python" for c in qhost.components("optimizer")):
        pytest.skip("the plugin is in the wheel alone")
    with pytest.raises(qhost.DataError, match="give a Python file"):
        search("/nowhere.py", "")


def test_a_comparison_of_classes_beside_built_in_ones(file, tmp_path):
    done = qhost.compare(
        [{"python": {"file": file, "class": "Walk"}}, "adam"],
        datasets=[{"python": {"file": file, "class": "Rings"}}, "iris"], seeds=2,
        max_evaluations=300, output=tmp_path / "comparison")
    runs = done.records()
    assert len(runs) == 8 and "adam" in {r["optimizer"] for r in runs}
    assert all(np.isfinite(r["value"]) for r in runs)


def test_a_scenario(file, tmp_path):
    text = qhost.run_program(
        "run", "--optimizer", "cma-es", "--model", "direct", "--dataset", "python", "--set",
        f"dataset.file={file}", "--set", "dataset.class=Bowl", "--max-evals", "3000", "--json",
        "--quiet", "--output", str(tmp_path / "run"))
    import json

    record = json.loads(text)
    assert record["feasible"]
    assert np.allclose([c["value"] for c in record["point"]], 0.5, atol=0.01)
