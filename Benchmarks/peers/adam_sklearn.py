"""Microseconds an epoch of scikit-learn's MLPClassifier with Adam on 100 rows, 4-16-3, full batch."""

import sys
import time
import warnings

import numpy as np
from sklearn.neural_network import MLPClassifier

EPOCHS = int(sys.argv[1]) if len(sys.argv) > 1 else 2000


def main() -> None:
    warnings.simplefilter("ignore")  # that it has not converged
    rng = np.random.default_rng(1)
    x, labels = rng.standard_normal((100, 4)).astype(np.float32), rng.integers(0, 3, 100)
    model = MLPClassifier(
        hidden_layer_sizes=(16,), activation="tanh", solver="adam", learning_rate_init=0.01,
        batch_size=100, max_iter=EPOCHS, tol=0.0, n_iter_no_change=EPOCHS + 1, random_state=1)
    start = time.perf_counter()
    model.fit(x, labels)
    print((time.perf_counter() - start) / model.n_iter_ * 1e6)


main()
