#!/usr/bin/env bash
# iohinspector 0.0.8: load() leaves out every row whose loss is that of the row before it, also across runs. A run that does
# not improve to its end loses its budget, and aggregate_running_time charges a failure the largest evaluation that is left:
# the expected running time is too small by what failed runs spent in vain. Runs of one row vanish. An infinite loss in
# the first row, from before anything is known, ends aggregate_running_time with "arange: cannot compute length".
#
# Seen on 2026-11-30: two runs of 1,000 evaluations, one of which reaches the target at 50: 100 instead of 1,050; with a
# last row that is lower by the least that a double can be: 1,050. Of four runs of one row with the losses 0.5, 0.5, 0.5
# and 0.25 two are there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check iohinspector==0.0.8 polars==2.1.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import json
import math
import pathlib
import warnings

import iohinspector
from iohinspector.metrics import aggregate_running_time

warnings.filterwarnings("ignore")


def loaded(name, runs):
    """What is read by default of runs, each a list of evaluations with their losses."""
    folder = pathlib.Path(name)
    folder.mkdir()
    rows = "".join("evaluations raw_y\n" + "".join(f"{n} {y!r}\n" for n, y in run) for run in runs)
    (folder / "f.dat").write_text(rows)
    (folder / "f.json").write_text(json.dumps({
        "version": "0.3.22", "suite": "s", "function_id": 1, "function_name": "f", "maximization": False,
        "algorithm": {"name": "a", "info": ""}, "attributes": ["evaluations", "raw_y"],
        "scenarios": [{"dimension": 2, "path": "f.dat", "runs": [
            {"instance": k + 1, "evals": run[-1][0], "best": {"evals": run[-1][0], "y": run[-1][1], "x": []}}
            for k, run in enumerate(runs)]}]}))
    manager = iohinspector.DataManager()
    manager.add_folder(name)
    return manager.load(include_meta_data=True)


def time(data, **bounds):
    return float(aggregate_running_time(data, **bounds)["ERT"].iloc[0])


target = {"f_min": 0.6, "f_max": 0.6}
plain = time(loaded("plain", [[(1, 9.0), (50, 0.5), (1000, 0.5)], [(1, 9.0), (50, 0.7), (1000, 0.7)]]), **target)
lower = time(loaded("lower", [[(1, 9.0), (50, 0.5), (1000, math.nextafter(0.5, 0))],
                              [(1, 9.0), (50, 0.7), (1000, math.nextafter(0.7, 0))]]), **target)
print("expected running time, of 1050:", plain, "and with a lower last row", lower)
single = loaded("single", [[(1, 0.5)], [(1, 0.5)], [(1, 0.5)], [(1, 0.25)]])
print("runs of one row, of 4:", single["run_id"].n_unique())
try:
    aggregate_running_time(loaded("infinite", [[(1, math.inf), (50, 0.5)]]))
    ended = ""
except ValueError as error:
    ended = str(error)
print("with an infinite first row:", ended)
assert plain == 100 and lower == 1050, "the behaviour has changed"
assert single["run_id"].n_unique() == 2 and ended, "the behaviour has changed"
PYTHON
