"""OpenAI-ES in NumPy on MNIST with tanh 784-100-10: test accuracy against losses and seconds.

    python openai_es_mnist.py FOLDER SECONDS

FOLDER holds the four files of MNIST. Antithetic pairs, centred ranks, Adam on the estimate, minibatches of 1,024
rows (T. Salimans et al., arXiv:1703.03864, with the population and batch of evosax's example).
"""

import gzip
import sys
import time

import numpy as np

POPULATION, BATCH, SIGMA, RATE, HIDDEN = 256, 1024, 0.02, 0.01, 100


def read(folder: str, name: str, header: int) -> np.ndarray:
    with gzip.open(f"{folder}/{name}.gz") as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def data(folder: str, part: str) -> tuple[np.ndarray, np.ndarray]:
    images = read(folder, f"{part}-images-idx3-ubyte", 16).reshape(-1, 784)
    return images.astype(np.float32) / 255, read(folder, f"{part}-labels-idx1-ubyte", 8)


def scores(weights: np.ndarray, rows: np.ndarray) -> np.ndarray:
    first, rest = weights[: 784 * HIDDEN].reshape(784, HIDDEN), weights[784 * HIDDEN :]
    second = rest[HIDDEN : HIDDEN + HIDDEN * 10].reshape(HIDDEN, 10)
    return np.tanh(rows @ first + rest[:HIDDEN]) @ second + rest[HIDDEN + HIDDEN * 10 :]


def loss(weights: np.ndarray, rows: np.ndarray, labels: np.ndarray) -> float:
    z = scores(weights, rows)
    z = z - z.max(1, keepdims=True)
    return float((np.log(np.exp(z).sum(1)) - z[np.arange(len(labels)), labels]).mean())


def main(folder: str, seconds: float) -> None:
    rows, labels = data(folder, "train")
    test_rows, test_labels = data(folder, "t10k")
    random = np.random.default_rng(1)
    count = 784 * HIDDEN + HIDDEN + HIDDEN * 10 + 10
    weights = np.zeros(count, np.float32)
    weights[: 784 * HIDDEN] = random.standard_normal(784 * HIDDEN) * 0.05
    weights[784 * HIDDEN + HIDDEN : -10] = random.standard_normal(HIDDEN * 10) * 0.1
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    started, losses, step, shown = time.perf_counter(), 0, 0, 0.0
    while (spent := time.perf_counter() - started) < seconds:
        batch = random.integers(0, len(labels), BATCH)
        x, y = rows[batch], labels[batch]
        noise = random.standard_normal((POPULATION // 2, count), np.float32)
        values = [
            loss(weights + sign * SIGMA * direction, x, y) for direction in noise for sign in (1, -1)
        ]
        losses += POPULATION
        ranks = np.argsort(np.argsort(values)) / (POPULATION - 1) - 0.5
        gradient = (ranks[0::2] - ranks[1::2]).astype(np.float32) @ noise / (POPULATION * SIGMA)
        step += 1
        mean += 0.1 * (gradient - mean)
        square += 0.001 * (gradient * gradient - square)
        change = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        weights -= np.float32(RATE) * change
        if spent >= shown:
            accuracy = (scores(weights, test_rows).argmax(1) == test_labels).mean()
            print(f"{spent:6.0f} s  {losses:8d} losses  test {accuracy:.4f}", flush=True)
            shown += seconds / 20
    accuracy = (scores(weights, test_rows).argmax(1) == test_labels).mean()
    print(f"{seconds:6.0f} s  {losses:8d} losses  test {accuracy:.4f}")


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
