"""qhost.fit, qhost.Model and the estimators of scikit-learn."""

import os
import pickle
import signal
import threading
import time

import numpy as np
import pytest

import qhost


def blobs(count=240, classes=3, seed=0):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, classes, count)
    centres = np.array([[0.0, 3.0], [3.0, -3.0], [-3.0, -3.0]])
    return centres[y] + rng.normal(size=(count, 2)), y


def test_a_fit_and_its_record():
    X, y = blobs()
    fitted = qhost.fit(X[:200], y[:200], test=(X[200:], y[200:]), optimizer="adam", max_passes=200,
                       model_options={"hidden": [8]})
    assert fitted.record["schema"] == "qhost.run/2"
    assert fitted.record["metrics"]["test"]["accuracy"] > 0.9
    values, classes = fitted.model.predict(X[200:])
    assert values.shape == (40, 3) and np.allclose(values.sum(axis=1), 1, atol=1e-5)
    accuracy = (classes == y[200:]).mean()
    assert accuracy == pytest.approx(fitted.record["metrics"]["test"]["accuracy"])


def test_models_are_saved_loaded_and_pickled(tmp_path):
    X, y = blobs()
    model = qhost.fit(X, y, optimizer="adam", max_passes=50).model
    again = qhost.fit(X, y, optimizer="adam", max_passes=50, threads=1).model
    assert model.to_bytes() == again.to_bytes()
    model.save(tmp_path / "model.safetensors")
    for other in (qhost.load_model(tmp_path / "model.safetensors"),
                  pickle.loads(pickle.dumps(model))):
        assert np.array_equal(other.predict(X)[0], model.predict(X)[0])


def test_a_model_of_the_program_predicts(tmp_path):
    qhost.run_program("run", "--optimizer", "adam", "--dataset", "iris", "--max-evals", "50",
                      "--output", str(tmp_path / "run"), "--quiet")
    model = qhost.load_model(tmp_path / "run" / "model.safetensors")
    values, classes = model.predict([[5.1, 3.5, 1.4, 0.2], [6.3, 3.3, 6.0, 2.5]])
    assert values.shape == (2, 3) and model.description["output_names"][classes[0]]


@pytest.mark.parametrize("X, y, keywords, words", [
    ([[1.0], [2.0]], [0], {}, "1 targets for 2 rows"),
    ([[1.0], [float("nan")]], [0, 1], {}, "holds NaN"),
    ([1.0, 2.0], [0, 1], {}, r"shape \(N, F\)"),
    ([[1.0], [2.0]], [0, -1], {}, "no class"),
    ([[1.0], [2.0]], [0, 1], {"model": "mpl"}, "mlp"),
    ([[1.0], [2.0]], [0, 1], {"model_options": {"hiden": 2}}, "hidden"),
    ([[1.0], [2.0]], [0, 1], {"validation": ([[1.0, 2.0]], [0])}, "rows of one shape"),
    ([[1.0], [2.0]], [0, 1], {"max_passes": 0}, "above 0"),
])
def test_rows_and_names_that_are_none(X, y, keywords, words):
    with pytest.raises(ValueError, match=words):
        qhost.fit(X, y, **keywords)


def test_bytes_that_are_no_model():
    with pytest.raises(qhost.DataError, match="not an intact safetensors|not a safetensors"):
        qhost.Model.from_bytes(b"nothing of the kind")


def test_progress_and_stopping():
    X, y = blobs()
    told = []

    def progress(fraction, evaluations, best):
        told.append((fraction, evaluations))
        if len(told) == 3:
            raise StopIteration

    fitted = qhost.fit(X, y, max_time=20, progress=progress)
    assert len(told) == 3 and fitted.record["stop_reason"] == "cancelled"

    def failing(*_):
        raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine"):
        qhost.fit(X, y, max_time=20, progress=failing)


def test_an_interrupt_ends_the_training():
    X, y = blobs()
    threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        qhost.fit(X, y, max_time=30)
    assert time.monotonic() - began < 10


class TestEstimators:
    """With scikit-learn, where it is installed."""

    @pytest.fixture(autouse=True)
    def needs(self):
        pytest.importorskip("sklearn", minversion="1.6")

    @pytest.mark.parametrize("name", ["TunnelingClassifier", "TunnelingRegressor"])
    def test_scikit_learn_checks_them(self, name):
        from sklearn.utils.estimator_checks import check_estimator

        estimator = getattr(qhost, name)(max_passes=60)
        results = check_estimator(estimator, on_fail=None, on_skip=None)
        failed = [r for r in results if r["status"] == "failed"]
        assert not failed, "\n".join(f"{r['check_name']}: {r['exception']}" for r in failed)
        assert sum(r["status"] == "passed" for r in results) >= 40

    def test_pipelines_searches_clones_and_pickles(self):
        from sklearn.base import clone, is_classifier
        from sklearn.model_selection import GridSearchCV
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        X, y = blobs()
        names = np.array(["red", "green", "blue"])[y]
        pipe = make_pipeline(
            StandardScaler(), qhost.TunnelingClassifier(optimizer="adam", max_passes=100))
        search = GridSearchCV(pipe, {"tunnelingclassifier__model": ["logistic", "mlp"]}, cv=2)
        search.fit(X, names)
        assert is_classifier(pipe) and search.best_score_ > 0.9
        again = pickle.loads(pickle.dumps(search.best_estimator_))
        assert np.array_equal(again.predict_proba(X), search.predict_proba(X))
        assert set(again.predict(X)) == set(names)
        assert clone(pipe).fit(X, names).score(X, names) > 0.9

    def test_tunnelling_learns_numbers(self):
        rng = np.random.default_rng(1)
        X = rng.uniform(-2, 2, (200, 2))
        y = 100 + 30 * X[:, 0] - 10 * X[:, 1]
        model = qhost.TunnelingRegressor(max_passes=500).fit(X, y)
        assert model.score(X, y) > 0.9
        both = qhost.TunnelingRegressor(max_passes=300).fit(X, np.column_stack([y, -y]))
        assert both.predict(X).shape == (200, 2)

    def test_probabilities_are_those_of_cross_entropy_alone(self):
        X, y = blobs()
        with_loss = qhost.TunnelingClassifier(loss="error-rate", max_passes=30).fit(X, y)
        assert not hasattr(with_loss, "predict_proba")
