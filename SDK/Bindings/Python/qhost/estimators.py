"""Models and optimizers of qhost as estimators of scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils import check_random_state
from sklearn.utils.metaestimators import available_if
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from .models import Model, fit

_PARAMETERS = """
    Parameters
    ----------
    model, optimizer : str
        Any of the catalogue: ``qhost.components('model')``, ``qhost.components('optimizer')``.
    model_options, optimizer_options : dict, optional
        Their parameters; ``print(qhost.component('optimizer', 'tunneling'))`` lists them.
    loss : str, optional
        As ``--loss`` of ``qhost run``.
    scaling : {'none', 'standardize', 'minmax'}, optional
        Of inputs, by the training rows; standardised by default, so that none is needed before it in a pipeline.
    batch_size : int, optional
        Rows of a minibatch; 0: all; what suits the optimizer by default.
    prior : float, optional
        The width of a Gaussian prior on the parameters.
    max_passes, max_evaluations, max_time : optional
        The budget: passes of the training rows (1,000 by default), losses, seconds.
    threads : int, optional
        As many as there are processors, by default; results do not depend on it.
    random_state : int, RandomState or None, default 1
        The seed.

    Attributes
    ----------
    model_ : qhost.Model
        What was trained.
    record_ : dict
        The record of the run, schema ``qhost.run/2``.
    n_features_in_ : int
        Features seen in ``fit``.
"""


class _Trained(BaseEstimator):
    """What both estimators have in common."""

    def __init__(
        self, model: str = "mlp", optimizer: str = "tunneling", *,
        model_options: dict[str, Any] | None = None,
        optimizer_options: dict[str, Any] | None = None, loss: str | None = None,
        scaling: str | None = None, batch_size: int | None = None, prior: float | None = None,
        max_passes: float | None = 1000, max_evaluations: int | None = None,
        max_time: float | None = None, threads: int | None = None, random_state: Any = 1,
    ) -> None:
        self.model = model
        self.optimizer = optimizer
        self.model_options = model_options
        self.optimizer_options = optimizer_options
        self.loss = loss
        self.scaling = scaling
        self.batch_size = batch_size
        self.prior = prior
        self.max_passes = max_passes
        self.max_evaluations = max_evaluations
        self.max_time = max_time
        self.threads = threads
        self.random_state = random_state

    def _train(self, X: Any, y: Any, task: str, **more: Any) -> None:
        seed = self.random_state
        if not isinstance(seed, (int, np.integer)):
            seed = check_random_state(seed).randint(2**31)
        fitted = fit(
            X, y, task=task, model=self.model, optimizer=self.optimizer,
            model_options=self.model_options, optimizer_options=self.optimizer_options,
            loss=self.loss, scaling=self.scaling, batch_size=self.batch_size, prior=self.prior,
            max_passes=self.max_passes, max_evaluations=self.max_evaluations,
            max_time=self.max_time, threads=self.threads, seed=int(seed), **more)
        self.model_: Model = fitted.model
        self.record_: dict[str, Any] = fitted.record

    def _values(self, X: Any) -> tuple[Any, Any]:
        check_is_fitted(self, "model_")
        rows = validate_data(self, X, dtype=np.float32, reset=False)
        return self.model_.predict(rows)


def _has_probabilities(estimator: Any) -> bool:
    return "model_" not in vars(estimator) or estimator.model_.description["has_probabilities"]


class TunnelingClassifier(ClassifierMixin, _Trained):
    __doc__ = "A classifier that is trained by tunnelling, or by any other optimizer of qhost.\n" + (
        _PARAMETERS + "    classes_ : ndarray\n        The classes.\n")

    def fit(self, X: Any, y: Any) -> TunnelingClassifier:
        """Train on rows X [N x F] and their classes y [N]."""
        X, y = validate_data(self, X, y, dtype=np.float32)
        check_classification_targets(y)
        self.classes_, numbers = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(
                f"the classifier can't train when only one class is present: {self.classes_[0]!r}; give rows of two")
        self._train(X, numbers, "classification", class_count=len(self.classes_))
        return self

    def predict(self, X: Any) -> Any:
        """The most likely class of each row."""
        _, numbers = self._values(X)
        return self.classes_[numbers]

    @available_if(_has_probabilities)
    def predict_proba(self, X: Any) -> Any:
        """The probabilities of the classes, shape (N, C); of models that were trained by cross-entropy."""
        values = self._values(X)[0].astype(np.float64)
        return values / values.sum(axis=1, keepdims=True)


class TunnelingRegressor(RegressorMixin, _Trained):
    __doc__ = "A regressor that is trained by tunnelling, or by any other optimizer of qhost.\n" + _PARAMETERS

    def fit(self, X: Any, y: Any) -> TunnelingRegressor:
        """Train on rows X [N x F] and numbers y, [N] or [N x T], which are standardised for training."""
        X, y = validate_data(self, X, y, dtype=np.float32, multi_output=True, y_numeric=True)
        self._is_flat = y.ndim == 1
        self._train(X, y, "regression", target_scaling="standardize")
        return self

    def predict(self, X: Any) -> Any:
        """Numbers in the unit of those that it was trained on, of the shape of ``y``."""
        values = self._values(X)[0].astype(np.float64)
        return values[:, 0] if self._is_flat else values

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        tags.target_tags.single_output = True
        return tags
