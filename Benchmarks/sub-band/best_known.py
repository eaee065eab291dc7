#!/usr/bin/env python3
"""Searches instances of sub-band, mode interference, by long runs of several optimizers, and records the best allocation that any of them found.

    Benchmarks/sub-band/best_known.py [--instances 20] [--evaluations 300000] [--seeds 2] [--write]

Nobody has proved these optima: what is recorded is a value to compare with, its bound is infinite, and a run may well exceed it. Prints for each size which
optimizer found the best, and by how much the runs differ.
"""

import argparse
import json
import subprocess
import zlib

import numpy as np
import optima

CELLS = 3
LADDER = [(6, 4), (12, 8), (24, 16), (48, 32)]
OPTIMIZERS = [("tunneling", []), ("sa", ["optimizer.moves=swap"]), ("sa", []), ("ga", [])]


def best(asked, users, bands, seed, name, settings, run_seed):
    """The sum of rates that a run ends with; None where floors do not hold."""
    command = [asked.qhost, "run", "--dataset", "sub-band", "--model", "direct", "--optimizer", name, "--seed", str(run_seed), "--threads", "1",
               "--max-evals", str(asked.evaluations), "--json"]
    for setting in settings + ["dataset.mode=interference", f"dataset.users={users}", f"dataset.sub_bands={bands}", f"dataset.cells={CELLS}",
                               f"dataset.seed={seed}"]:
        command += ["--set", setting]
    for plugins in asked.plugins:
        command += ["--plugins", plugins]
    figures = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["metrics"]["train"]
    # Rates are multiples of 2^-20, and the figure is their mean over sub-bands and cells.
    return None if figures["violation"] > 0 else round(figures["sum_rate"] * bands * CELLS * 2**20) / 2**20


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instances", type=int, default=20, help="instances of each size (default: 20)")
    parser.add_argument("--evaluations", type=int, default=300_000, help="of each run (default: 300000)")
    parser.add_argument("--seeds", type=int, default=2, help="runs of each optimizer (default: 2)")
    parser.add_argument("--smallest", type=int, default=6, help="users of the smallest size (default: 6)")
    parser.add_argument("--largest", type=int, default=48, help="users of the largest size (default: 48)")
    parser.add_argument("--qhost", default=str(optima.ROOT / ".build/release/qhost"), help="the program")
    parser.add_argument("--plugins", action="append", default=[], help="a folder of plugins; may be repeated")
    parser.add_argument("--write", action="store_true", help="write the table into the plugin")
    asked = parser.parse_args()
    for users, bands in LADDER:
        if not asked.smallest <= users <= asked.largest:
            continue
        seed, lines, refused, wins, spreads = 0, [], [], {}, []
        while len(lines) < asked.instances and seed < 10 * asked.instances:
            seed += 1
            table = optima.shown(asked, "interference", users, bands, seed, CELLS)
            found = {}
            if table is not None:
                for place, (name, settings) in enumerate(OPTIMIZERS):
                    values = [best(asked, users, bands, seed, name, settings, run + 1) for run in range(asked.seeds)]
                    values = [value for value in values if value is not None]
                    if values:
                        found[name + ("[swap]" if settings else "")] = max(values)
            if not found:
                refused.append(seed)
                continue
            value = max(found.values())
            for name in found:
                wins[name] = wins.get(name, 0) + (found[name] == value)
            spreads.append(1 - np.median(list(found.values())) / value)
            checksum = zlib.adler32(table.astype("<f4").tobytes())
            lines.append(f"interference,{users},{bands},{CELLS},{seed},{optima.CORRELATION},{optima.FLOOR},{checksum},{value!r},inf")
        print(f"interference {users}x{bands}, {CELLS} cells: seeds to {seed}, without an allocation that holds the floors: {refused}; best found by {wins}; "
              f"median optimizer {100 * np.median(spreads):.2f} % below it", flush=True)
        if asked.write:
            optima.write(lines)


if __name__ == "__main__":
    main()
