#!/usr/bin/env python3
"""Times HiGHS and optimizers of qhost on instances of sub-band, mode qos-floor, in turns on the same core.

    Benchmarks/sub-band/race.py [--users 32] [--bands 64] [--first 1] [--optimizers tunneling] [--repeats 5]

Needs scipy. HiGHS solves to a gap of 1e-6, and once more to 1 %; qhost runs until its loss is within 1 % of the optimum that HiGHS has found. Seconds of processor time,
the least of the repeats of each instance, the median over instances: what a crowded machine adds is in none of them. HiGHS's time has neither reading nor
building of the model, qhost's neither loading nor the writing of files.
"""

import argparse
import json
import subprocess
import time

import numpy as np
import optima
from scipy.optimize import Bounds, milp


def highs(rates, gap):
    cost, constraints = optima.floors(rates)
    start = time.process_time()
    found = milp(cost, constraints=constraints, integrality=np.ones(len(cost)), bounds=Bounds(0, 1),
                 options={"mip_rel_gap": gap})
    seconds = time.process_time() - start
    assert found.x is not None, found.message
    return seconds


def instances(asked):
    """Rates and optima of so many instances from the first seed on whose floors can hold."""
    seed, left = asked.first - 1, asked.instances
    while left > 0:
        seed += 1
        rates = optima.shown(asked, "qos-floor", asked.users, asked.bands, seed)
        solved = None if rates is None else optima.solve("qos-floor", rates, 120)
        if solved is not None:
            left -= 1
            yield seed, rates, solved[0]


def qhost(asked, optimizer, users, bands, seed, optimum):
    name, _, settings = optimizer.partition("[")
    command = [asked.qhost, "run", "--dataset", "sub-band", "--model", "direct", "--optimizer", name, "--seed", "1", "--threads", "1",
               "--max-evals", str(asked.evaluations), "--until-loss", repr(-0.99 * optimum / bands), "--json"]
    for setting in (f"users={users}", f"sub_bands={bands}", f"seed={seed}"):
        command += ["--set", "dataset." + setting]
    for setting in settings.rstrip("]").split(";") if settings else []:
        command += ["--set", "optimizer." + setting]
    for plugins in asked.plugins:
        command += ["--plugins", plugins]
    record = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    cost = record["cost"]
    return cost["cpu_seconds"], cost["loss_evaluations"], record["stop_reason"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=32)
    parser.add_argument("--bands", type=int, default=64)
    parser.add_argument("--first", type=int, default=1, help="the first instance's seed")
    parser.add_argument("--instances", type=int, default=20)
    parser.add_argument("--optimizers", default="tunneling", help="names, separated by commas; sa[moves=swap] has a setting")
    parser.add_argument("--evaluations", type=int, default=100_000, help="the most for a run")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--qhost", default=str(optima.ROOT / ".build/release/qhost"))
    parser.add_argument("--plugins", action="append", default=[])
    asked = parser.parse_args()
    names = asked.optimizers.split(",")
    times, counts, missed = {}, {name: [] for name in names}, {name: 0 for name in names}
    for seed, rates, optimum in instances(asked):
        least = {}
        for repeat in range(asked.repeats):
            found = {"HiGHS, proof": highs(rates, 1e-6), "HiGHS, 1 %": highs(rates, 0.01)}
            for name in names:
                seconds, evaluations, reason = qhost(asked, name, asked.users, asked.bands, seed, optimum)
                found[name] = seconds
                if repeat == 0:
                    counts[name].append(evaluations)
                    missed[name] += "target" not in str(reason).lower()
            for name, seconds in found.items():
                least[name] = min(least.get(name, np.inf), seconds)
        for name, seconds in least.items():
            times.setdefault(name, []).append(seconds)
    proof = np.median(times["HiGHS, proof"])
    for name, seconds in times.items():
        line = f"{asked.users}x{asked.bands} {name}: {1e3 * np.median(seconds):.2f} ms ({1e3 * min(seconds):.2f} to {1e3 * max(seconds):.2f})"
        line += f", HiGHS's proof over it {proof / np.median(seconds):.1f}"
        if name in counts:
            line += f", {np.median(counts[name]):.0f} evaluations, {missed[name]} of {len(seconds)} not reached"
        print(line, flush=True)


if __name__ == "__main__":
    main()
