#!/usr/bin/env python3
"""Measures the C of `target.learn` on other machines: instructions a learned row under QEMU, cycles on an emulated 6502.

    machines.py instructions --qhost ../../.build/release/qhost
    machines.py digit --qhost ../../.build/release/qhost

`instructions` needs qemu-user, gcc-arm-none-eabi with libnewlib-arm-none-eabi and gcc-riscv64-unknown-elf; it counts what QEMU translates one by
one, from the difference of runs of different length, on rows of a stream after the memory is full. `digit` needs cc65: a network that has never seen a 9 learns it in sim65.
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile

# Options of the C, the model and the stream.
NETWORKS = {
    "20-16-2": ("drifting", ["generator=hyperplane", "features=20", "train_rows=2000"], "16"),
    "24-16-10": ("drifting", ["generator=led", "train_rows=2000"], "16"),
    "196-32-10": ("mnist", ["size=14", "train_rows=2000"], "32"),
}
MACHINES = {
    "arm (cortex-a7)": (
        ["arm-none-eabi-gcc", "-mcpu=cortex-a7", "-marm", "-nostartfiles"],
        ["-lc", "-lgcc"],
        "qemu-arm",
        'void _start(void) { main(); __asm__ volatile("mov r0, #0\\n mov r7, #1\\n svc #0"); }',
    ),
    "thumb (cortex-m4)": (
        ["arm-none-eabi-gcc", "-mcpu=cortex-m4", "-mthumb", "-nostartfiles"],
        ["-lc", "-lgcc"],
        "qemu-arm",
        'void _start(void) { main(); __asm__ volatile("mov r0, #0\\n mov r7, #1\\n svc #0"); }',
    ),
    "riscv32 (rv32im)": (
        ["riscv64-unknown-elf-gcc", "-march=rv32im", "-mabi=ilp32", "-nostdlib", "-Wl,--no-relax"]
        + ["-fno-tree-loop-distribute-patterns"],
        ["-lgcc"],
        "qemu-riscv32",
        '__attribute__((naked)) void _start(void) { __asm__ volatile("call main\\n li a0, 0\\n li a7, 93\\n ecall"); }',
    ),
}
DRIVER = """
#include "c99/network.h"
#include "rows.h"
static int16_t sums[NETWORK_OUTPUTS];
volatile unsigned sink;
int main(void) {
  unsigned r;
  for (r = 0; r < ROWS; r++) {
    const uint8_t *row = rows + r * NETWORK_INPUTS;
#if MODE >= 1
    network_levels(row, sums);
    sink += network_largest_sum(sums);
#endif
#if MODE >= 2
    network_remember(row, labels[r]);
    if (r >= NETWORK_MEMORY_ROWS) network_improve();
#endif
    sink += row[0];
  }
  return 0;
}
"""
DIGIT = """
#include <stdio.h>
#include "c99/network.h"
#include "rows.h"
static int16_t sums[NETWORK_OUTPUTS];
int main(void) {
  unsigned r;
  for (r = 0; r < ROWS; r++) {
    const uint8_t *row = rows + r * NETWORK_INPUTS;
    network_levels(row, sums);
    printf("%d\\n", (int)network_largest_sum(sums));
#if LEARNS
    if (r < LEARNED) network_learn_levels(row, labels[r]);
#endif
  }
  return 0;
}
"""
LEARNING = ["--model", "integer-mlp", "--set", "model.scale=power", "--set", "model.weights=31", "--scaling", "none"]
LEARNING += ["--loss", "margin", "--optimizer", "lattice-descent", "--block-rows", "1", "--detector", "none"]


def say(words, **options):
    result = subprocess.run(words, capture_output=True, text=True, **options)
    if result.returncode != 0:
        sys.exit(f"{' '.join(words)}\n{result.stderr}")
    return result.stdout


def written(folder, rows, labels):
    """Rows of levels 0 ... 15 as C."""
    with open(f"{folder}/rows.h", "w") as file:
        numbers = ",".join(str(level) for row in rows for level in row)
        file.write(f"static const unsigned char rows[] = {{{numbers}}};\n")
        file.write(f"static const unsigned char labels[] = {{{','.join(map(str, labels))}}};\n")


def table(path):
    with open(path) as file:
        reader = csv.reader(file)
        next(reader)
        rows = list(reader)
    levels = [[min(15, max(0, int(16 * float(text)))) for text in row[:-1]] for row in rows]
    return levels, [int(row[-1]) for row in rows]


def count(folder, machine, mode, rows):
    compiler, libraries, emulator, _ = MACHINES[machine]
    say(
        compiler
        + ["-std=gnu99", "-O2", "-ffreestanding", "-DNETWORK_LEVELS_ONLY", f"-DMODE={mode}", f"-DROWS={rows}"]
        + ["-o", "program", "driver.c", "start.c", "c99/network.c"]
        + libraries,
        cwd=folder,
    )
    # One line for each block of one instruction.
    trace = subprocess.Popen(
        [emulator, "-singlestep", "-d", "exec,nochain", "-D", "/dev/stdout", "./program"],
        cwd=folder,
        stdout=subprocess.PIPE,
    )
    lines = int(say(["grep", "-c", "^Trace"], stdin=trace.stdout))
    if trace.wait() != 0:
        sys.exit(f"{emulator} failed")
    return lines


def instructions(arguments):
    print("| network | rows kept, looks a row | machine | a prediction | predicted and learned | times |")
    print("|---|---|---|---|---|---|")
    for name, (dataset, settings, hidden) in NETWORKS.items():
        data = [dataset] + [word for value in settings for word in ("--set", f"dataset.{value}")]
        with tempfile.TemporaryDirectory() as folder:
            say(
                [arguments.qhost, "run", "--online", "--quiet", "--dataset"] + data + LEARNING
                + ["--set", f"model.hidden={hidden}", "--memory-rows", str(arguments.rows)]
                + ["--row-losses", str(2 * arguments.visits + 1), "--set", f"optimizer.visits={arguments.visits}"]
                + ["--output", f"{folder}/model"]
            )
            say(
                [arguments.qhost, "deploy", f"{folder}/model/model.safetensors", "--quiet", "--target", "c99"]
                + ["--set", "target.learn=true", "--set", f"target.memory_rows={arguments.rows}"]
                + ["--set", f"target.visits={arguments.visits}", "--output", f"{folder}/c99"]
            )
            say([arguments.qhost, "data", "export"] + data + ["--format", "csv", "--output", f"{folder}/rows", "--quiet"])
            levels, labels = table(f"{folder}/rows/train.csv")
            full = arguments.rows + 10
            written(folder, levels[: full + 40], labels[: full + 40])
            open(f"{folder}/driver.c", "w").write(DRIVER)
            for machine in MACHINES:
                open(f"{folder}/start.c", "w").write("int main(void);\n" + MACHINES[machine][3] + "\n")
                one = (count(folder, machine, 1, 40) - count(folder, machine, 0, 40)) / 40
                both = (count(folder, machine, 2, full + 40) - count(folder, machine, 2, full)) / 40
                print(
                    f"| {name} | {arguments.rows}, {arguments.visits} | {machine} | {one:,.0f} | {both:,.0f} | {both / one:.1f} |",
                    flush=True,
                )


def run65(folder, learns, rows, learned):
    say(
        ["cl65", "-t", "sim6502", "-Oirs", f"-DLEARNS={learns}", f"-DROWS={rows}", f"-DLEARNED={learned}"]
        + ["-o", "program", "digit.c", "c99/network.c"],
        cwd=folder,
    )
    result = subprocess.run(["sim65", "-c", "program"], cwd=folder, capture_output=True, text=True)
    lines = (result.stdout + result.stderr).split("\n")
    cycles = next(int(line.split()[0]) for line in lines if line.endswith("cycles"))
    return [int(line) for line in lines if line.isdigit()], cycles


def digit(arguments):
    with tempfile.TemporaryDirectory() as folder:
        say([arguments.qhost, "data", "export", "digits", "--format", "csv", "--output", f"{folder}/all", "--quiet"])
        with open(f"{folder}/all/train.csv") as file:
            head, *lines = file.read().splitlines()
        # The last row names the tenth class; its label comes when nothing is learned any more.
        nines = [line for line in lines if line.endswith(",9")]
        known = [line for line in lines if not line.endswith(",9")]
        with open(f"{folder}/known.csv", "w") as file:
            file.write("\n".join([head] + known + nines[:1]) + "\n")
        data = ["--set", f"dataset.path={folder}/known.csv", "--set", "dataset.rows=all"]
        data += ["--set", "dataset.task=classification"]
        say(
            [arguments.qhost, "run", "--online", "--quiet", "--dataset", "csv"] + data + LEARNING
            + ["--set", "model.hidden=12", "--label-delay", "1", "--memory-rows", "400"]
            + ["--row-losses", "129", "--set", "optimizer.visits=64", "--output", f"{folder}/model"]
        )
        rows, visits = 64, 8
        say(
            [arguments.qhost, "deploy", f"{folder}/model/model.safetensors", "--quiet", "--target", "c99"]
            + ["--set", "target.learn=true", "--set", f"target.memory_rows={rows}"]
            + ["--set", f"target.visits={visits}", "--output", f"{folder}/c99"]
        )
        levels, labels = table(f"{folder}/all/test.csv")
        # Every fourth row is a nine that it has not seen, then come the test rows, which are not learned from.
        more, more_labels = table(f"{folder}/all/train.csv")
        nine = [row for row, label in zip(more, more_labels) if label == 9][1:]
        others = [(row, label) for row, label in zip(more, more_labels) if label != 9]
        stream = []
        for place, row in enumerate(nine[: arguments.nines]):
            stream += [(row, 9)] + others[3 * place : 3 * place + 3]
        learned = len(stream)
        stream += list(zip(levels, labels))
        # The memory of sim65 holds the program and some 600 rows.
        stream = stream[: learned + 300]
        written(folder, [row for row, _ in stream], [label for _, label in stream])
        open(f"{folder}/digit.c", "w").write(DIGIT)
        plain, plain_cycles = run65(folder, 0, len(stream), 0)
        said, cycles = run65(folder, 1, len(stream), learned)
        truth = [label for _, label in stream]

        def share(guesses, places):
            places = list(places)
            return f"{sum(guesses[p] == truth[p] for p in places)} of {len(places)}"

        test = range(learned, len(stream))
        print(f"64-12-10, {rows} rows kept, {visits} looks a row: {learned} rows learned, {arguments.nines} of them nines")
        print(f"cycles: a prediction {plain_cycles / len(stream):,.0f}, learning from a row {(cycles - plain_cycles) / learned:,.0f}")
        for title, places in [
            ("nines of the stream, first half", [p for p in range(learned // 2) if truth[p] == 9]),
            ("nines of the stream, second half", [p for p in range(learned // 2, learned) if truth[p] == 9]),
            ("nines of the test rows", [p for p in test if truth[p] == 9]),
            ("other digits of the test rows", [p for p in test if truth[p] != 9]),
        ]:
            print(f"{title}: {share(plain, places)} as it was, {share(said, places)} learning")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["instructions", "digit"])
    parser.add_argument("--qhost", default="../../.build/release/qhost")
    parser.add_argument("--rows", type=int, default=160)
    parser.add_argument("--visits", type=int, default=4)
    parser.add_argument("--nines", type=int, default=60)
    arguments = parser.parse_args()
    arguments.qhost = os.path.abspath(arguments.qhost)
    {"instructions": instructions, "digit": digit}[arguments.what](arguments)


if __name__ == "__main__":
    main()
