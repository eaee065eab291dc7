"""Training models on rows in memory, and having them predict."""

from __future__ import annotations

import ctypes
import json
import threading
from ctypes import byref, c_int32, c_uint64, c_void_p
from dataclasses import dataclass
from typing import Any, Callable, Sequence

import numpy as np

from . import _library
from ._library import GO_ON, PROGRESS, STOP, Data, Rows
from .catalogue import settings
from .errors import DataError, UsageError


class Model:
    """A trained model: predicts, can be saved, copied and pickled, and is never changed.

    Attributes
    ----------
    description : dict
        ``model``, ``task``, ``loss``, ``input``, ``output``, ``output_names``, ``has_probabilities``.
    """

    def __init__(self, handle: int) -> None:
        self._handle: int | None = handle
        self.description: dict[str, Any] = _library.asked(
            _library.library().libqhost_model_describe, handle)

    @classmethod
    def from_bytes(cls, data: bytes) -> Model:
        """Read a model from the bytes of its file.

        Parameters
        ----------
        data : bytes
            A ``model.safetensors``, of ``to_bytes`` or ``qhost run``.
        """
        out = c_void_p()
        _library.check(_library.library().libqhost_model_read(data, len(data), byref(out)))
        return cls(out.value or 0)

    def to_bytes(self) -> bytes:
        """The bytes of the model's file, safetensors."""
        out, count = c_void_p(), c_uint64()
        library = _library.library()
        _library.check(library.libqhost_model_bytes(self._handle, byref(out), byref(count)))
        try:
            return ctypes.string_at(out.value or 0, count.value)
        finally:
            library.libqhost_free(out)

    def save(self, path: Any) -> None:
        """Write the model's file, which ``qhost eval`` and ``qhost deploy`` read too."""
        with open(path, "wb") as file:
            file.write(self.to_bytes())

    def predict(self, inputs: Any) -> tuple[Any, Any]:
        """Predict rows.

        Parameters
        ----------
        inputs : array_like, shape (N, ...)
            Used as they are where they are contiguous and of type float32.

        Returns
        -------
        values : ndarray of float32, shape (N, C)
            Probabilities of classes where the model was trained to give them, else its outputs.
        classes : ndarray of int32, shape (N,), or None
            The most likely class, of a model of classes.
        """
        count = int(np.prod(self.description["input"]))
        rows = _inputs(inputs, "inputs")
        if rows.size != len(rows) * count:
            raise DataError(
                f"the rows have {rows.size // max(1, len(rows))} numbers and the model takes {count}; give such rows")
        values = np.empty((len(rows), int(np.prod(self.description["output"]))), np.float32)
        is_of_classes = self.description["task"] == "classification"
        classes = np.empty(len(rows), np.int32) if is_of_classes else None
        _library.check(_library.library().libqhost_model_predict(
            self._handle, rows.ctypes.data, len(rows), values.ctypes.data,
            None if classes is None else classes.ctypes.data))
        return values, classes

    def __reduce__(self) -> Any:
        return Model.from_bytes, (self.to_bytes(),)

    def __repr__(self) -> str:
        d = self.description
        return f"<qhost.Model {d['model']}: {d['input']} -> {d['output']}, {d['task']}>"

    def __del__(self) -> None:
        handle, self._handle = getattr(self, "_handle", None), None
        if handle and _library is not None and _library._library is not None:
            _library._library.libqhost_model_free(handle)


def load_model(path: Any) -> Model:
    """Read a model from its file.

    Parameters
    ----------
    path : path-like
        A ``model.safetensors`` of ``Model.save`` or of ``qhost run``.

    Returns
    -------
    Model
    """
    with open(path, "rb") as file:
        return Model.from_bytes(file.read())


@dataclass(frozen=True)
class Fit:
    """A training that has ended.

    Attributes
    ----------
    model : Model
        What was trained.
    record : dict
        The record of the run as ``qhost run --json`` prints it, schema ``qhost.run/2``.
    """

    model: Model
    record: dict[str, Any]


def fit(
    X: Any, y: Any, *, model: str = "mlp", optimizer: str = "tunneling", task: str | None = None,
    validation: tuple[Any, Any] | None = None, test: tuple[Any, Any] | None = None,
    model_options: dict[str, Any] | None = None, optimizer_options: dict[str, Any] | None = None,
    class_count: int | None = None, loss: str | None = None, scaling: str | None = None,
    target_scaling: str | None = None, batch_size: int | None = None, prior: float | None = None,
    max_passes: float | None = None, max_evaluations: int | None = None,
    max_time: float | None = None, until_loss: float | None = None,
    until_accuracy: float | None = None, seed: int = 1, threads: int | None = None,
    progress: Callable[[float, int, float], Any] | None = None,
) -> Fit:
    """Train a model on rows in memory.

    Parameters
    ----------
    X : array_like, shape (N, ...)
        Inputs. Read in place where they are contiguous and of type float32, else copied once.
    y : array_like
        Classes 0 ... C-1, shape (N,), or numbers, shape (N,) or (N, T).
    model, optimizer : str
        Any of the catalogue: ``qhost.components('model')``.
    task : {'classification', 'regression'}, optional
        By default classes where ``y`` is of a whole type.
    validation, test : (X, y), optional
        Further rows: what ``until_accuracy`` looks at, and what is measured in the end.
    model_options, optimizer_options : dict, optional
        Their parameters; ``print(qhost.component('model', 'mlp'))`` lists them.
    class_count : int, optional
        C, where not all classes are in ``y``.
    loss, scaling, target_scaling : str, optional
        As the options of ``qhost run``; inputs are standardised by default.
    batch_size : int, optional
        Rows of a minibatch; 0: all.
    prior : float, optional
        The width of a Gaussian prior.
    max_passes, max_evaluations, max_time : optional
        The budget: passes of the training rows (10,000 where nothing is given), losses, seconds.
    until_loss, until_accuracy : float, optional
        Where to stop.
    seed : int, default 1
        The same seed gives the same model on any number of threads.
    threads : int, optional
        As many as there are processors, by default.
    progress : callable, optional
        ``progress(fraction, evaluations, best_loss)``, about ten times a second and on another thread;
        ``StopIteration`` ends the training, and what it has found is kept.

    Returns
    -------
    Fit
    """
    inputs = _inputs(X, "X")
    if task is None:
        task = "classification" if np.asarray(y).dtype.kind in "iub" else "regression"
    if task not in ("classification", "regression"):
        raise UsageError(f"there is no task {task!r}; give 'classification' or 'regression'")
    is_of_classes = task == "classification"
    kept: list[Any] = []
    train, output_count = _rows(inputs, y, is_of_classes, "y", kept)
    extents = np.array(inputs.shape[1:], np.int64)
    rows = {"train": train, "validation": Rows(), "test": Rows()}
    for name, pair in (("validation", validation), ("test", test)):
        if pair is None:
            continue
        other = _inputs(pair[0], name)
        if other.shape[1:] != inputs.shape[1:]:
            raise DataError(
                f"the {name} rows have the shape {other.shape[1:]} and those to train on {inputs.shape[1:]}; give "
                "rows of one shape")
        rows[name], count = _rows(other, pair[1], is_of_classes, name, kept)
        output_count = max(output_count, count) if is_of_classes else output_count
    if is_of_classes and class_count is not None:
        if class_count < output_count:
            raise DataError(f"class_count is {class_count} and y has class {output_count - 1}; give more")
        output_count = class_count
    data = Data(
        ctypes.sizeof(Data), int(is_of_classes), len(extents), extents.ctypes.data, output_count,
        rows["train"], rows["validation"], rows["test"])
    asked: dict[str, Any] = {
        "optimizer": optimizer, "model": model, "seed": int(seed),
        "settings": settings("optimizer", optimizer_options) + settings("model", model_options),
    }
    for name, value in (
        ("loss", loss), ("scaling", scaling), ("target_scaling", target_scaling),
        ("batch_size", batch_size), ("prior", prior), ("max_forward_equivalents", max_passes),
        ("max_evaluations", max_evaluations), ("max_seconds", max_time),
        ("until_loss", until_loss), ("until_accuracy", until_accuracy), ("threads", threads),
    ):
        if value is not None:
            asked[name] = value.item() if hasattr(value, "item") else value
    handle, record = _train(data, asked, progress)
    return Fit(Model(handle), record)


def _train(
    data: Data, asked: dict[str, Any], progress: Callable[[float, int, float], Any] | None
) -> tuple[int, dict[str, Any]]:
    """Trains on a thread of its own, so that Ctrl-C is heard on this one."""
    library = _library.library()
    model, record = c_void_p(), c_void_p()
    failures: list[BaseException] = []
    outcome: list[int] = []
    message: list[str] = []

    def tell(_context: None, fraction: float, evaluations: int, best: float) -> int:
        try:
            assert progress is not None
            progress(fraction, evaluations, best)
        except StopIteration:
            return STOP
        except BaseException as error:
            failures.append(error)
            return STOP
        return GO_ON

    told = PROGRESS(tell) if progress else PROGRESS()
    stop = library.libqhost_stop_new()
    text = json.dumps(asked).encode()

    def work() -> None:
        outcome.append(library.libqhost_fit(
            byref(data), text, stop, told, None, byref(model), byref(record)))
        # The sentence is that of this thread.
        message.append((library.libqhost_error() or b"").decode(errors="replace"))

    thread = threading.Thread(target=work, name="qhost.fit")
    thread.start()
    interrupt: BaseException | None = None
    while thread.is_alive():
        try:
            thread.join()
        except BaseException as error:
            interrupt = error
            library.libqhost_stop_request(stop)
    library.libqhost_stop_free(stop)
    failure = interrupt or (failures[0] if failures else None)
    if failure is not None:
        library.libqhost_model_free(model)
        library.libqhost_free(record)
        raise failure
    if outcome[0] != 0:
        raise _library.BY_STATUS.get(outcome[0], _library.QHostError)(message[0])
    return model.value or 0, json.loads(_library.take(record))


def _inputs(values: Any, what: str) -> Any:
    """Rows as the library reads them; as they are where they can be."""
    rows = np.ascontiguousarray(values, dtype=np.float32)
    if rows.ndim < 2:
        raise DataError(f"{what} has the shape {rows.shape}; give rows of numbers, shape (N, F)")
    if not np.isfinite(rows).all():
        raise DataError(f"{what} holds NaN, infinity or a number beyond float32; leave out or fill in such rows")
    return rows


def _rows(
    inputs: Any, targets: Any, is_of_classes: bool, what: str, kept: list[Any]
) -> tuple[Rows, int]:
    """One split, and how many outputs its targets need."""
    values = np.asarray(targets)
    if len(values) != len(inputs):
        raise DataError(f"{what} has {len(values)} targets for {len(inputs)} rows; give one for each")
    if is_of_classes:
        values = values.reshape(len(inputs), -1)
        if values.shape[1] != 1 or (values != np.floor(values)).any() or (values < 0).any():
            raise DataError(f"{what} holds what is no class; give whole numbers from 0, one for each row")
    numbers = np.ascontiguousarray(values.reshape(len(inputs), -1), dtype=np.float32)
    if not np.isfinite(numbers).all():
        raise DataError(f"{what} holds NaN or infinity; leave out such rows")
    kept += [inputs, numbers]
    count = int(numbers.max()) + 1 if is_of_classes and numbers.size else numbers.shape[1]
    return Rows(inputs.ctypes.data, numbers.ctypes.data, len(inputs)), count
