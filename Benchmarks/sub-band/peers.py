#!/usr/bin/env python3
"""Runs annealers that users would try on instances of sub-band, mode qos-floor, as QUBO; every solution is scored by us.

    Benchmarks/sub-band/peers.py openjij|dwave|qqa [--users 16] [--bands 32] [--instances 20] [--reads 10] [--sweeps 1000] [--instance-limit 30]

Needs openjij, dwave-samplers or qqa (requirements-annealers.txt). The QUBO has a variable x_su for each sub-band and user,

    -sum r x + A sum_s (sum_u x_su - 1)^2 + A sum_u (R_u - floor - slack_u)^2,  slack_u = 1/4 sum_k 2^k b_uk,

for several A, the best of which is printed; a sub-band with several users or none goes to the one of highest rate among them, or of all.
Each read has a seed of its own: reads of openjij under one seed are copies.
"""

import argparse
import time

import numpy as np
import optima


def qubo(rates, weight):
    """Upper triangle [n x n] with the linear part on its diagonal."""
    bands, users = rates.shape
    bits = int(np.ceil(np.log2(bands * 4.4 / 0.25)))
    size = bands * users + users * bits
    full = np.zeros((size, size))
    for s in range(bands):
        own = np.arange(s * users, (s + 1) * users)
        full[np.ix_(own, own)] += weight
        full[own, own] -= 2 * weight
    for u in range(users):
        own = np.concatenate([np.arange(bands) * users + u, bands * users + u * bits + np.arange(bits)])
        row = np.concatenate([rates[:, u], -0.25 * 2.0 ** np.arange(bits)])
        full[np.ix_(own, own)] += weight * np.outer(row, row)
        full[own, own] -= 2 * weight * optima.FLOOR * row
    full[np.arange(bands * users), np.arange(bands * users)] -= rates.ravel()
    return np.triu(full) + np.triu(full.T, 1)


def decoded(rates, solution):
    """Sum of rates and whether all floors hold."""
    bands, users = rates.shape
    given = np.asarray(solution)[: bands * users].reshape(bands, users) > 0.5
    masked = np.where(given.any(axis=1, keepdims=True), np.where(given, rates, -1), rates)
    choices = masked.argmax(axis=1)
    sums = np.zeros(users)
    np.add.at(sums, choices, rates[np.arange(bands), choices])
    return sums.sum(), bool((sums >= optima.FLOOR).all())


def sampler(name, matrix, sweeps):
    """A function from a seed to a solution."""
    upper = {(int(i), int(j)): float(matrix[i, j]) for i, j in zip(*np.nonzero(matrix))}
    count = len(matrix)
    if name == "qqa":
        import qqa
        import torch

        torch.set_num_threads(1)

        class Matrix(qqa.QUBOProblem):
            def __init__(self):
                super().__init__()
                self.num_nodes, self.device, self.relaxation = len(matrix), "cpu", qqa.BinaryRelaxation()
                self.Q_mat = torch.tensor(matrix, dtype=torch.float32)

            def generate_qubo_matrix(self):
                return self.Q_mat

            def loss_fn(self, x):
                return ((x @ self.Q_mat) * x).sum(dim=-1)

            def score_summary(self, x):
                return {"label": "energy", "value": float(self.loss_fn(x.float()).min()), "unit": "", "feasible": True, "extra": {}}

        problem = Matrix()

        def solve(seed):
            qqa.fix_seed(seed)
            return qqa.anneal(problem, sol_size=10, num_epochs=sweeps, verbose=False, record_history=False).best_sol
    else:
        if name == "openjij":
            import openjij

            tool = openjij.SQASampler()
            call = lambda seed: tool.sample_qubo(upper, num_reads=1, num_sweeps=sweeps, seed=seed)
        else:
            import dimod
            from dwave.samplers import PathIntegralAnnealingSampler

            tool, model = PathIntegralAnnealingSampler(), dimod.BinaryQuadraticModel.from_qubo(upper)
            call = lambda seed: tool.sample(model, num_reads=1, num_sweeps=sweeps, seed=seed)

        def solve(seed):
            sample = call(seed).first.sample
            return [sample.get(variable, 0) for variable in range(count)]
    return solve


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer", choices=["openjij", "dwave", "qqa"])
    parser.add_argument("--users", type=int, default=16)
    parser.add_argument("--bands", type=int, default=32)
    parser.add_argument("--instances", type=int, default=20)
    parser.add_argument("--reads", type=int, default=10)
    parser.add_argument("--sweeps", type=int, default=1000)
    parser.add_argument("--weights", default="2,8", help="values of A, separated by commas")
    parser.add_argument("--limit", type=float, default=300, help="seconds for a value of A; instances beyond are left out")
    parser.add_argument("--instance-limit", type=float, default=30, help="seconds of processor time for an instance; reads beyond are left out")
    parser.add_argument("--qhost", default=str(optima.ROOT / ".build/release/qhost"))
    parser.add_argument("--plugins", action="append", default=[])
    asked = parser.parse_args()
    table = optima.recorded()
    seeds = sorted(key[2] for key in table if key[:2] == (asked.users, asked.bands))[: asked.instances]
    for weight in map(float, asked.weights.split(",")):
        gaps, reads, start = [], 0, time.process_time()
        for seed in seeds:
            if time.process_time() - start > asked.limit:
                break
            rates = optima.shown(asked, "qos-floor", asked.users, asked.bands, seed)
            solve = sampler(asked.peer, qubo(rates, weight), asked.sweeps)
            best, first = 0.0, time.process_time()
            for read in range(asked.reads):
                if time.process_time() - first > asked.instance_limit:
                    break
                reads += 1
                value, holds = decoded(rates, solve(1000 * seed + read))
                best = max(best, value if holds else 0.0)
            gaps.append(1 - best / table[asked.users, asked.bands, seed])
        seconds = (time.process_time() - start) / len(gaps)
        feasible = [gap for gap in gaps if gap < 1]
        median = np.median(feasible) if feasible else float("nan")
        print(f"{asked.peer} {asked.users}x{asked.bands}, A = {weight:g}, best of {reads / len(gaps):.3g} reads of {asked.sweeps}: within 1 % "
              f"{sum(gap <= 0.01 for gap in gaps)} of {len(gaps)}, feasible {len(feasible)}, their median gap {median:.4f}, "
              f"{seconds:.2f} s an instance", flush=True)


if __name__ == "__main__":
    main()
