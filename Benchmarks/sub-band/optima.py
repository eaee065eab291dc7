#!/usr/bin/env python3
"""Solves instances of the dataset sub-band to proved optimality by HiGHS, and writes them into the table that the plugin carries.

    Benchmarks/sub-band/optima.py [--instances 20] [--limit 120] [--qhost .build/release/qhost] [--plugins DIR ...] [--write]

Needs scipy. Each instance is exported by `qhost data export` and is thus the one that optimizers see. Rates are between 0 and 8 bit/s/Hz,
which is what HiGHS's absolute tolerances are made for; a solution is rounded, and its value and its floors are computed anew from
the rates. Instances whose floors cannot hold are counted and left out. Prints sizes, seconds of processor time and gaps.
"""

import argparse
import io
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import Bounds, LinearConstraint, milp

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
TABLE = ROOT / "Plugins/SubBandAllocation/Sources/SubBandAllocation/RecordedOptima.swift"
LADDER = [(2, 4), (4, 8), (8, 16), (16, 32), (32, 64), (64, 128), (128, 256)]
FLOOR, CORRELATION = 0.5, 0.5
# Every second scheme of TS 38.214, table 2, from 0 to 26: bits a symbol and 1024 times the rate.
SCHEMES = [(2, 120), (2, 308), (2, 602), (4, 434), (4, 553), (4, 658), (6, 517), (6, 616), (6, 719), (6, 822),
           (8, 682.5), (8, 754), (8, 841), (8, 916.5)]
EFFICIENCIES = [round(q * r / 1024 * 2**20) / 2**20 for q, r in SCHEMES]


def shown(asked, mode, users, bands, seed, cells=3):
    """The [S x U] numbers that the dataset shows; None where it says that floors cannot hold."""
    with tempfile.TemporaryDirectory() as folder:
        command = [asked.qhost, "data", "export", "sub-band", "--format", "npz", "--output", folder + "/out"]
        for setting in (f"mode={mode}", f"users={users}", f"sub_bands={bands}", f"seed={seed}", f"floor={FLOOR}",
                        f"correlation={CORRELATION}", f"cells={cells}"):
            command += ["--set", "dataset." + setting]
        for plugins in asked.plugins:
            command += ["--plugins", plugins]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            if "cannot hold" not in done.stderr:
                sys.exit(done.stderr)
            return None
        with np.load(folder + "/out/sub-band.npz") as arrays:
            return arrays["train_inputs"][0].astype(np.float64)


def floors(rates):
    """Maximise sum r x with one user a sub-band and a floor for each user."""
    bands, users = rates.shape
    one = sparse.kron(sparse.eye(bands), np.ones((1, users)))
    share = sparse.csr_array(np.hstack([np.diag(rates[band]) for band in range(bands)]))
    return -rates.ravel(), [LinearConstraint(one, 1, 1), LinearConstraint(share, FLOOR, np.inf)]


def schemes(levels):
    """One scheme m a user: z_sum counts sub-bands s given to u with scheme m; z <= y, sum_m y <= 1."""
    bands, users = levels.shape
    count = len(EFFICIENCIES)
    assigned = [(s, u, m) for s in range(bands) for u in range(users) for m in range(int(levels[s, u]))]
    first = len(assigned)
    size = first + users * count
    cost = np.zeros(size)
    choose = first
    one, share, link, single = (sparse.lil_array((n, size)) for n in (bands, users, users * count, users))
    many = np.zeros(users * count)
    for place, (s, u, m) in enumerate(assigned):
        cost[place] = -EFFICIENCIES[m]
        one[s, place] = 1
        share[u, place] = EFFICIENCIES[m]
        link[u * count + m, place] = 1
        many[u * count + m] += 1
    for u in range(users):
        for m in range(count):
            link[u * count + m, choose + u * count + m] = -many[u * count + m]
            single[u, choose + u * count + m] = 1
    return cost, [LinearConstraint(one.tocsr(), 0, 1), LinearConstraint(share.tocsr(), FLOOR, np.inf),
                  LinearConstraint(link.tocsr(), -np.inf, 0), LinearConstraint(single.tocsr(), 0, 1)], assigned


def best_rates(levels, choices):
    """Rates of the users for an allocation, each with its best scheme; what nobody was given counts for none."""
    rates = np.zeros(levels.shape[1])
    for user in range(levels.shape[1]):
        own = [int(levels[s, user]) for s, u in enumerate(choices) if u == user]
        rates[user] = max([0] + [EFFICIENCIES[m] * sum(l > m for l in own) for m in range(len(EFFICIENCIES))])
    return rates


def solve(mode, table, limit):
    """Best sum of rates, bound, seconds of processor time; None where HiGHS proves that floors cannot hold."""
    if mode == "qos-floor":
        cost, constraints = floors(table)
    else:
        cost, constraints, assigned = schemes(table)
    start = time.process_time()
    found = milp(cost, constraints=constraints, integrality=np.ones(len(cost)), bounds=Bounds(0, 1),
                 options={"time_limit": limit, "mip_rel_gap": 1e-6})
    seconds = time.process_time() - start
    if found.x is None:
        if found.status != 2:
            sys.exit(f"{mode} {table.shape}: {found.message}")
        return None
    if mode == "qos-floor":
        choices = found.x.reshape(table.shape).argmax(axis=1)
        rates = np.zeros(table.shape[1])
        for band, user in enumerate(choices):
            rates[user] += table[band, user]
    else:
        choices = np.full(table.shape[0], -1)
        for place, (s, u, _) in enumerate(assigned):
            if found.x[place] > 0.5:
                choices[s] = u
        rates = best_rates(table, choices)
    if not (rates >= FLOOR).all():
        sys.exit(f"{mode} {table.shape}: HiGHS's point does not hold the floors: {rates.min()}")
    value = float(rates.sum())
    # What HiGHS calls a bound is one within its tolerances: never below what was found.
    return value, max(value, float(-found.mip_dual_bound)), seconds


def recorded():
    """Best sums of rates of mode qos-floor by (users, bands, seed)."""
    found = {}
    for line in TABLE.read_text().splitlines():
        fields = line.strip().split(",")
        if fields[0] == "qos-floor":
            found[int(fields[1]), int(fields[2]), int(fields[4])] = float(fields[8])
    return found


def write(lines):
    """Puts lines into the table that the plugin carries, in the place of all of their modes and sizes."""
    done = {tuple(line.split(",")[:4]) for line in lines}
    before = [line.strip() for line in TABLE.read_text().splitlines() if line.count(",") == 9]
    lines = [line for line in before if tuple(line.split(",")[:4]) not in done and "checksum" not in line] + lines
    text = io.StringIO()
    text.write("/// The optima of instances, written by `Benchmarks/sub-band/optima.py`, and the best that are known of those that nobody has proved, by\n"
               "/// `Benchmarks/sub-band/best_known.py`; not to be edited.\n///\n")
    text.write("/// A line: mode, users, sub-bands, cells, seed, correlation, floor, checksum of the channels, best sum of "
               "rates, bound.\n")
    text.write('enum RecordedOptima {\n  static let table = """\n')
    text.writelines(f"    {line}\n" for line in lines)
    text.write('    """\n}\n')
    TABLE.write_text(text.getvalue())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instances", type=int, default=20, help="instances of each size (default: 20)")
    parser.add_argument("--limit", type=float, default=120, help="seconds for an instance (default: 120)")
    parser.add_argument("--qhost", default=str(ROOT / ".build/release/qhost"), help="the program")
    parser.add_argument("--plugins", action="append", default=[], help="a folder of plugins; may be repeated")
    parser.add_argument("--modes", default="qos-floor,single-mcs", help="modes, separated by commas")
    parser.add_argument("--largest", type=int, default=128, help="users of the largest size (default: 128)")
    parser.add_argument("--smallest", type=int, default=2, help="users of the smallest size (default: 2)")
    parser.add_argument("--write", action="store_true", help="write the table into the plugin")
    asked = parser.parse_args()
    lines = []
    for mode in asked.modes.split(","):
        for users, bands in LADDER:
            if not asked.smallest <= users <= asked.largest:
                continue
            seed, found, refused, times, gaps = 0, [], [], [], []
            while len(found) < asked.instances:
                seed += 1
                table = shown(asked, mode, users, bands, seed)
                solved = None if table is None else solve(mode, table, asked.limit)
                if solved is None:
                    refused.append(seed)
                    continue
                value, bound, seconds = solved
                found.append(seed)
                times.append(seconds)
                gaps.append(bound / value - 1)
                checksum = zlib.adler32(table.astype("<f4").tobytes())
                lines.append(f"{mode},{users},{bands},1,{seed},{CORRELATION},{FLOOR},{checksum},{value!r},{bound!r}")
            print(f"{mode} {users}x{bands}: seeds {found[0]} to {found[-1]}, floors cannot hold: {refused}; HiGHS "
                  f"{np.median(times):.3f} s ({min(times):.3f} to {max(times):.3f}), largest gap left {max(gaps):.2e}",
                  flush=True)
    if asked.write:
        write(lines)


if __name__ == "__main__":
    main()
