#!/usr/bin/env python3
"""Processor time a row of qhost's `tunneling` on an mlp 20-16-2 beside River's learners, and the memory of a long stream.

    speed.py --qhost ../../.build/release/qhost

All see the same rows of a hyperplane of 20 features, on one thread. Start-up is left out: of qhost by the difference of two runs of different length, whose
processor time has the making of the rows in it, as River's has not; beside it stands what the record says of predicting and learning alone, the median over
blocks by the clock.
Needs the packages of requirements-online.txt.
"""
import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

from river_peers import peer

DATA = ["drifting", "--set", "dataset.generator=hyperplane", "--set", "dataset.features=20"]


def qhost(program, folder, rows, options):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [program, "run", "--online", "--quiet", "--json", "--threads", "1", "--dataset"] + DATA
    words += ["--set", f"dataset.train_rows={rows}", "--output", f"{folder}/run-{rows}-{len(os.listdir(folder))}"] + options
    result = subprocess.run(words, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(result.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, json.loads(result.stdout)


def river(path, name, rows):
    with open(path) as file:
        reader = csv.reader(file)
        names = next(reader)[:-1]
        table = [(dict(zip(names, map(float, row[:-1]))), row[-1] == "1") for row, _ in zip(reader, range(rows))]
    learner = peer(name, 2, 1)
    begun = time.process_time()
    for x, y in table:
        learner.predict_one(x)
        learner.learn_one(x, y)
    return 1e6 * (time.process_time() - begun) / len(table)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--qhost", default="../../.build/release/qhost")
    parser.add_argument("--long", type=int, default=10_000_000, help="rows of the stream whose memory is measured")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.qhost)
    with tempfile.TemporaryDirectory() as folder:
        words = [program, "data", "export"] + DATA + ["--set", "dataset.train_rows=20000", "--format", "csv"]
        subprocess.run(words + ["--output", f"{folder}/rows", "--quiet"], check=True, stdout=subprocess.DEVNULL)
        peers = {name: river(f"{folder}/rows/train.csv", name, rows) for name, rows in [("logistic", 20_000), ("hat", 5_000), ("arf", 2_000)]}
        for name, microseconds in peers.items():
            print(f"River, {name}: {microseconds:.1f} us a row", flush=True)
        for passes in (5, 20, 100, 400):
            options = ["--row-passes", str(passes)]
            (short, _), (long, record) = (qhost(program, folder, rows, options) for rows in (20_000, 220_000))
            alone = record["learners"][0]["microseconds_median"]
            for what, own in [("with rows", 1e6 * (long - short) / 200_000), ("predicting and learning", alone)]:
                ratios = ", ".join(f"{name} {value / own:.0f} times" for name, value in peers.items())
                print(f"tunneling, mlp 20-16-2, {passes} passes, {what}: {own:.2f} us a row; {ratios} as long", flush=True)
        if arguments.long:
            record = qhost(program, folder, arguments.long, ["--row-passes", "2"])[1]
            print(f"{record['rows']} rows: at most {record['peak_bytes'] / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
