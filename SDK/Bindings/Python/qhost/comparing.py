"""Comparisons, done by the program that comes with the library."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

from ._library import program
from .catalogue import setting
from .errors import BY_STATUS, QHostError


def _environment() -> dict[str, str]:
    """Where a class in Python belongs to the Python that asks for it."""
    return {"QHOST_PYTHON": sys.executable, **os.environ}


def run_program(*arguments: str) -> str:
    """Run the program ``qhost``, and give what it prints.

    Parameters
    ----------
    *arguments : str
        The words of its command line.

    Returns
    -------
    str
        Its standard output.

    Raises
    ------
    QHostError
        With the program's own sentence, where it fails.
    """
    done = subprocess.run([program(), *arguments], capture_output=True, text=True, check=False,
                          env=_environment())
    if done.returncode != 0:
        raise _failure(done.returncode, done.stderr)
    return done.stdout


def _failure(status: int, text: str) -> QHostError:
    lines = [line for line in text.splitlines() if line.strip()]
    errors = [line.removeprefix("error: ") for line in lines if line.startswith("error: ")]
    said = errors[-1] if errors else (lines[-1] if lines else f"the program ended with status {status}")
    return BY_STATUS.get(status, QHostError)(said)


class Comparison:
    """A comparison that has been done: its journal, as frames and figures.

    Attributes
    ----------
    folder : str
        Where its journal and its page are.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def records(self) -> list[dict[str, Any]]:
        """One dict for each run, as the table ``cells`` of ``qhost query`` has it."""
        return self.query("SELECT * FROM cells")

    def query(self, sql: str) -> list[dict[str, Any]]:
        """Ask the journal in SQL: the tables are cells, improvements and metrics."""
        import csv

        return [
            {name: _value(text) for name, text in row.items()}
            for row in csv.DictReader(io.StringIO(run_program("query", "--csv", sql, self.folder)))
        ]

    def frame(self, sql: str = "SELECT * FROM cells") -> Any:
        """The same as a pandas DataFrame."""
        import pandas

        return pandas.read_csv(io.StringIO(run_program("query", "--csv", sql, self.folder)))

    def table(self) -> Any:
        """The figures of each combination, as a pandas DataFrame: means, intervals, quartiles."""
        import pandas

        return pandas.read_csv(io.StringIO(run_program("report", self.folder, "--format", "csv")))

    def figures(self) -> list[str]:
        """The names of its figures."""
        listed = run_program("report", self.folder, "--list-figures")
        return [line.split()[0] for line in listed.splitlines() if line.strip()]

    def figure(self, name: str | None = None) -> str:
        """A figure as SVG; the first one by default."""
        chosen = name or self.figures()[0]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "figure.svg")
            run_program("report", self.folder, "--figure", chosen, "--output", path, "--quiet")
            with open(path, encoding="utf-8") as file:
                return file.read()

    def report(self) -> str:
        """The path of the page of all figures, ``report.html``."""
        path = os.path.join(self.folder, "report.html")
        if not os.path.exists(path):
            run_program("report", self.folder, "--quiet")
        return path

    def _repr_html_(self) -> str:
        """What a notebook shows: a figure, and the summary below it."""
        rows = self.query(
            "SELECT optimizer, model, dataset, count(*) AS runs, avg(value) AS mean FROM cells "
            "GROUP BY optimizer, model, dataset")
        from html import escape

        heads = "".join(f"<th>{escape(name)}</th>" for name in (rows[0] if rows else {}))
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_short(v))}</td>" for v in row.values()) + "</tr>"
            for row in rows)
        return f"{self.figure()}<table><tr>{heads}</tr>{body}</table>"

    def __repr__(self) -> str:
        return f"<qhost.Comparison in {self.folder!r}>"


def compare(
    optimizers: Any, *, models: Any = "mlp", datasets: Any = "iris", seeds: int | str = 1,
    max_evaluations: int | None = None, max_passes: float | None = None,
    max_time: float | None = None, output: str | None = None, jobs: int | None = None,
    options: dict[str, Any] | None = None, progress: bool | None = None,
) -> Comparison:
    """Train every combination of optimizers, models, datasets and seeds.

    Parameters
    ----------
    optimizers, models, datasets : str, dict, or a list of them
        Names as for ``qhost compare``, such as ``'adam[learning_rate=0.01,0.1]'``; or
        ``{'adam': {'learning_rate': [0.01, 0.1]}}``, where a list has alternatives.
    seeds : int or str, default 1
        How many, or which: ``'5-9'``.
    max_evaluations, max_passes, max_time : optional
        The budget of each run.
    output : path-like, optional
        The folder of the journal; a new one by default.
    jobs : int, optional
        Processes; as many as there are processors, by default.
    options : dict, optional
        Further options of the command line: ``{'metric': 'test accuracy', 'prior': 1}``.
    progress : bool, optional
        Whether to show how far it is; by default where standard error is a terminal, or in a notebook.

    Returns
    -------
    Comparison
        Shown in a notebook as a figure and a table.
    """
    folder = os.fspath(output) if output is not None else os.path.join(
        tempfile.mkdtemp(prefix="qhost-"), "comparison")
    words = ["compare", "--seeds", str(seeds), "--output", folder, "--quiet"]
    for option, axis in (("-o", optimizers), ("-m", models), ("-d", datasets)):
        for word in _axis(axis):
            words += [option, word]
    for option, value in (
        ("max-evals", max_evaluations), ("max-forward-equivalents", max_passes),
        ("max-time", max_time), ("jobs", jobs), *(options or {}).items(),
    ):
        if value is None or value is False:
            continue
        words.append(f"--{option.replace('_', '-')}")
        if value is not True:
            words.append(str(value))
    _follow(words, folder, _shows_progress() if progress is None else progress)
    return Comparison(folder)


def _axis(axis: Any) -> list[str]:
    if isinstance(axis, str):
        return [axis]
    if isinstance(axis, dict):
        return [
            name + ("[" + ",".join(_alternatives(k, v) for k, v in parameters.items()) + "]"
                    if parameters else "")
            for name, parameters in axis.items()
        ]
    return [word for entry in axis for word in _axis(entry)]


def _alternatives(name: str, value: Any) -> str:
    if not isinstance(value, list):
        value = [value]
    texts = [setting("", one)[1:] for one in value]
    return f"{name}=" + ",".join(f"({text})" if "," in text else text for text in texts)


def _shows_progress() -> bool:
    return sys.stderr.isatty() or "IPython" in sys.modules and bool(
        sys.modules["IPython"].get_ipython())


def _follow(words: list[str], folder: str, shows: bool) -> None:
    """Runs the program, and says how many cells of the journal are done; Ctrl-C is the program's too."""
    journal = os.path.join(folder, "journal.jsonl")
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen([program(), *words], stdout=subprocess.DEVNULL, stderr=errors, env=_environment())
        try:
            while process.poll() is None:
                if shows:
                    _show(journal)
                time.sleep(0.05 if not shows else 0.2)
        except BaseException:
            process.terminate()
            process.wait()
            raise
        if shows:
            _show(journal)
            sys.stderr.write("\n")
        errors.seek(0)
        text = errors.read()
    if process.returncode != 0:
        raise _failure(process.returncode, text)


def _show(journal: str) -> None:
    try:
        with open(journal, encoding="utf-8") as file:
            total = json.loads(file.readline())["cells"]
            done = sum(1 for _ in file)
    except (OSError, ValueError, KeyError):
        return
    sys.stderr.write(f"\rqhost: {min(done, total)} of {total} runs")
    sys.stderr.flush()


def _value(text: str) -> Any:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text or None


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
