"""What the package does as a whole: import, processes, memory, comparisons."""

import multiprocessing
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest

import qhost
from qhost import _library


def sphere(x):
    return float(((x - 1) ** 2).sum())


def search(seed):
    found = qhost.minimize(sphere, [4.0] * 3, method="cma-es", bounds=[(-5, 5)] * 3,
                           options={"maxfev": 300, "seed": seed})
    return found.x.tolist()


def run(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120,
        env={**os.environ, **environment})


def test_import_brings_neither_numpy_nor_the_library():
    done = run("import sys, qhost; print('numpy' in sys.modules, 'ctypes' in sys.modules)")
    assert done.stdout.split() == ["False", "False"], done.stderr


def test_every_name_is_there():
    for name in qhost.__all__:
        if name.startswith("Tunneling"):
            pytest.importorskip("sklearn")
        assert getattr(qhost, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'minimise'"):
        qhost.minimise


@pytest.mark.parametrize("method", ["spawn", "fork", "forkserver"])
def test_processes_of_all_kinds(method):
    here = search(1)
    with multiprocessing.get_context(method).Pool(2) as pool:
        there = pool.map(search, [1, 1, 2])
    assert there[0] == there[1] == here != there[2]


def test_a_copy_of_the_process_trains_too():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(64, 3)), rng.integers(0, 2, 64)
    here = qhost.fit(X, y, max_passes=30).model.to_bytes()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        there = pool.apply(_train, (X, y))
    assert there == here


def _train(X, y):
    return qhost.fit(X, y, max_passes=30).model.to_bytes()


def test_no_library():
    done = run("import qhost; qhost.components()", QHOST_LIBRARY="/nowhere")
    assert "QHostError: there is no library '/nowhere/libqhost.so'" in done.stderr


def test_no_plugins(tmp_path):
    here, there = _library.folder(), tmp_path / "qhost" / "_host"
    there.mkdir(parents=True)
    for name in ("qhost", "libqhost.so", "libQHostLibrary.so"):
        if os.path.exists(os.path.join(here, name)):
            shutil.copy(os.path.join(here, name), there)
    libraries = os.path.join(os.path.dirname(os.path.dirname(here)), "qhost.libs")
    if os.path.exists(libraries):
        os.symlink(libraries, tmp_path / "qhost.libs")
    done = run("import qhost; qhost.minimize(lambda x: 0.0, [1.0])", QHOST_LIBRARY=str(there),
               XDG_DATA_HOME=str(tmp_path), QHOST_PLUGIN_PATH="")
    assert f"no plugins were found in {there}" in done.stderr


def test_configuring_too_late():
    search(1)
    with pytest.raises(qhost.UsageError, match="before anything else"):
        qhost.configure(threads=1)


def test_nothing_leaks():
    def resident():
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def some(count):
        for seed in range(count):
            qhost.minimize(sphere, [4.0] * 3, method="random", bounds=[(-5, 5)] * 3,
                           options={"maxfev": 5, "seed": seed})

    some(500)
    before = resident()
    some(3000)
    # 167 bytes a run; the least that ever leaked was a table of 128 for each component.
    assert resident() - before < 500_000


def test_the_environment_is_left_alone():
    done = run(
        "import os, signal, locale\n"
        "before = dict(os.environ), signal.getsignal(signal.SIGINT), locale.setlocale(locale.LC_ALL)\n"
        "import qhost\n"
        "qhost.minimize(lambda x: float(x @ x), [1.0])\n"
        "libc = __import__('ctypes').CDLL(None); libc.getenv.restype = __import__('ctypes').c_char_p\n"
        "print(libc.getenv(b'OPENBLAS_NUM_THREADS'))\n"
        "assert before == (dict(os.environ), signal.getsignal(signal.SIGINT), locale.setlocale(locale.LC_ALL))",
        OPENBLAS_NUM_THREADS="7")
    assert done.returncode == 0 and done.stdout.strip() == "b'7'", done.stderr


def test_a_comparison(tmp_path):
    done = qhost.compare(
        ["random", {"adam": {"learning_rate": [0.01, 0.1]}}], seeds=2, max_evaluations=40,
        output=tmp_path / "comparison")
    records = done.records()
    assert len(records) == 6
    assert {r["optimizer"] for r in records} == {
        "random", "adam[learning_rate=0.01]", "adam[learning_rate=0.1]"}
    assert done.figure().startswith("<svg") or "<svg" in done.figure()[:400]
    assert "<table>" in done._repr_html_()
    pandas = pytest.importorskip("pandas")
    assert isinstance(done.frame(), pandas.DataFrame) and len(done.frame()) == 6
    assert len(done.table()) == 3
    with pytest.raises(qhost.UsageError, match="tunneling"):
        qhost.compare("tunelling", output=tmp_path / "other")
