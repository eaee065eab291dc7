#!/usr/bin/env python3
"""Writes the rows of River's own generators that RiverRows.swift has: inputs and classes without noise.

    river_rows.py > ../Tests/DriftingStreamsTests/RiverRows.swift

The random numbers are River's; what is compared is the class that each rule gives to the same inputs. River 0.26.1 (BSD 3-Clause).
"""
import itertools

from river.datasets import synth


def rows(stream, count):
    return list(itertools.islice(stream, count))


def swift(name, kind, values):
    print(f"  static let {name}: [(concept: Int, inputs: [Double], label: Int)] = [")
    for concept, inputs, label in values:
        numbers = ", ".join(repr(float(x)) for x in inputs)
        print(f"    ({concept}, [{numbers}], {label}),")
    print("  ]")


def main():
    print("// Written by Oracles/river_rows.py from River 0.26.1.\n")
    print("/// Rows of River's generators, with their classes.")
    print("enum RiverRows {")
    sea = []
    for variant in range(4):
        for x, y in rows(synth.SEA(variant=variant, noise=0.0, seed=7), 12):
            sea.append((variant, x.values(), int(y)))
    swift("sea", "sea", sea)
    agrawal = []
    for function in range(10):
        for x, y in rows(synth.Agrawal(classification_function=function, seed=11, perturbation=0.0), 12):
            agrawal.append((function, x.values(), int(y)))
    swift("agrawal", "agrawal", agrawal)
    led = []
    for x, y in rows(synth.LED(seed=3, noise_percentage=0.0, irrelevant_features=False), 20):
        led.append((0, x.values(), int(y)))
    swift("led", "led", led)
    print("}")


main()
