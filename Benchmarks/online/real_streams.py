#!/usr/bin/env python3
"""Runs qhost and River's learners on real streams that River ships in its wheel, and prints a table of errors in %.

    real_streams.py --qhost ../../.build/release/qhost --seeds 5

Needs the packages of requirements-online.txt. The rows are read by qhost as a table that comes on the way (`--input`), in River's order; beside
the learners stand the last label and the most frequent one, which are no learners at all.
"""
import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile

from river import datasets

STREAMS = {"bananas": datasets.Bananas, "segments": datasets.ImageSegments, "phishing": datasets.Phishing}
WHOLE = ["--model", "integer-mlp", "--set", "model.scale=power", "--set", "model.weights=31", "--scaling", "minmax"]
LEARNERS = {
    "`tunneling`, 400": ["--optimizer", "tunneling", "--row-passes", "400"],
    "`adam`, 100, minibatches of 50": ["--optimizer", "adam", "--row-passes", "100", "--batch-size", "50"],
    "`tunneling`, 400, step units": ["--optimizer", "tunneling", "--row-passes", "400", "--set", "model.activation=step"],
    "`tunneling`, 400, `integer-mlp`": ["--optimizer", "tunneling", "--row-passes", "400", "--model", "integer-mlp", "--scaling", "minmax"],
    "`lattice-descent`, `integer-mlp`, 256 rows, 16 looks": ["--optimizer", "lattice-descent", "--loss", "margin"]
    + ["--block-rows", "1", "--memory-rows", "256", "--row-losses", "33", "--set", "optimizer.visits=16"] + WHOLE,
}


def written(name, path):
    rows = list(STREAMS[name]())
    names = sorted(rows[0][0])
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names + ["label"])
        for features, label in rows:
            writer.writerow([float(features[key]) for key in names] + [str(label)])


def qhost_errors(program, path, options, seeds):
    records = []
    for seed in range(1, seeds + 1):
        with tempfile.TemporaryDirectory() as folder:
            words = [program, "run", "--online", "--quiet", "--json", "--threads", "1", "--input", path]
            words += ["--seed", str(seed), "--output", f"{folder}/run"] + options
            result = subprocess.run(words, capture_output=True, text=True)
            if result.returncode != 0:
                sys.exit(result.stderr)
            records.append(json.loads(result.stdout))
    return records


def river_errors(path, seeds):
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "river_peers.py")
    errors = {}
    for name in ("logistic", "hat", "arf"):
        for seed in range(1, min(seeds, 1) + 1 if name == "logistic" else seeds + 1):
            words = [sys.executable, script, "--rows", path, "--seed", str(seed), "--peers", name]
            result = subprocess.run(words, capture_output=True, text=True, check=True)
            errors.setdefault(name, []).append(100 * json.loads(result.stdout)["error"])
    return errors


def text(values):
    mean = sum(values) / len(values)
    return f"{mean:.2f}" if len(values) < 2 else f"{mean:.2f} ({min(values):.2f} to {max(values):.2f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--qhost", default="../../.build/release/qhost")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--river-seeds", type=int, help="seeds of River's learners (default: those of qhost; 0: none)")
    parser.add_argument("--only", default=",".join(STREAMS))
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.qhost)
    names = arguments.only.split(",")
    cells = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            path = f"{folder}/{name}.csv"
            written(name, path)
            for learner, options in LEARNERS.items():
                records = qhost_errors(program, path, options, arguments.seeds)
                cells[learner, name] = [100 * record["learners"][0]["error"] for record in records]
            cells["last label", name] = [100 * records[0]["no_change_error"]]
            cells["most frequent label", name] = [100 * records[0]["majority_error"]]
            river_seeds = arguments.seeds if arguments.river_seeds is None else arguments.river_seeds
            for learner, values in river_errors(path, river_seeds).items():
                cells[f"River: {learner}", name] = values
    print("| learner | " + " | ".join(names) + " |\n|---|" + "---|" * len(names))
    for learner in dict.fromkeys(learner for learner, _ in cells):
        print(f"| {learner} | " + " | ".join(text(cells[learner, name]) for name in names) + " |")


if __name__ == "__main__":
    main()
