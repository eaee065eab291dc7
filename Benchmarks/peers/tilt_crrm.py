"""Processor time of CRRM for a drop of antenna-tilt: 7 sites of 3 cells, 256 users, UMa; prints microseconds a drop.

CRRM knows neither tilts nor walls, takes all links in one state of sight, and does not go on periodically: it does less than half of what
a drop of antenna-tilt needs. Fastest of two uses: a simulator of its own for each drop, and one simulator whose users are moved.
"""

import sys
import time

import CRRM
import numpy as np

users, drops = int(sys.argv[1]), int(sys.argv[2])
generator = np.random.default_rng(1)
angles = np.arange(6) * np.pi / 3
ring = np.array([[0.0, 0.0]] + [[np.cos(a), np.sin(a)] for a in angles])


def places(distance):
    azimuth = np.radians(30 + 120 * (generator.random(users) - 0.5))
    radius = 35 + (distance / 2 - 35) * np.sqrt(generator.random(users))
    return np.column_stack([radius * np.cos(azimuth), radius * np.sin(azimuth), np.full(users, 1.5)])


def parameters(distance):
    cells = np.column_stack([distance * ring, np.full(7, generator.uniform(18, 35))])
    return CRRM.Parameters(
        cell_locations=cells, ue_initial_locations=places(distance), n_sectors=3, fc_GHz=generator.uniform(0.7, 3.8),
        p_W=40.0, bw_MHz=10.0)


def ratios(simulator):
    for node in (simulator.d, simulator.g, simulator.rsrp, simulator.a, simulator.sinr):
        node.update()
    return simulator.sinr.data


def fresh():
    ratios(CRRM.Simulator(parameters(generator.uniform(250, 1000))))


simulator = CRRM.Simulator(parameters(500.0))
ratios(simulator)


def moved():
    simulator.set_ue_locations(np.arange(users), places(500.0))
    ratios(simulator)


best = {}
for name, step in [("fresh", fresh), ("moved", moved)]:
    step()
    start = time.process_time()
    for _ in range(drops):
        step()
    best[name] = (time.process_time() - start) / drops * 1e6
print(" ".join(f"{name} {value:.1f}" for name, value in best.items()))
