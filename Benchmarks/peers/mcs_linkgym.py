"""The teacher's way of learning on linkgym's own task: 12 observations, 26 actions, held-out seeds 1000 to 1009.

    pip install -r Benchmarks/requirements-linkgym.txt
    python Benchmarks/peers/mcs_linkgym.py [--episodes 768] [--rounds 6] [--seed 0] [--evaluate 5]

A network 12-256-256-26 learns the expected reward of every action by replay in hindsight, as the teacher of `mcs` does; linkgym's slots stand alone, so that
gamma is 0, as with linkgym's own PPO. Training episodes have seeds from 100000 on. Prints goodput in Mbit/s beside the outer loop that linkgym's authors tuned
(target 0.1, 0.25 dB), and the time that Sionna takes for a slot.
"""

import argparse
import time

import linkgym
import numpy as np
import torch
from linkgym.baselines import OLLAPolicy
from linkgym.phy import effective_sinr
from linkgym.sim import MIN_MCS, LinkSimulator, transmit

ACTIONS, REPORTS = 26, 4


def worth(simulator: LinkSimulator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Error rates and expected rewards of all actions [links x slots x actions], and wideband ratios in dB [links x slots]."""
    sinr = simulator.sinr
    links, slots, blocks = sinr.shape
    flat = sinr.reshape(-1, blocks)
    errors = np.empty((links * slots, ACTIONS), np.float32)
    for action in range(ACTIONS):
        mcs = torch.full((flat.shape[0],), action + MIN_MCS, dtype=torch.int32)
        result = transmit(
            simulator.phy_abstraction, simulator._tb_size, mcs, effective_sinr(flat, mcs), simulator.num_allocated_re,
            torch.zeros(flat.shape[0]))
        errors[:, action] = result.tbler.numpy()
    sizes = simulator._tb_size.numpy()[MIN_MCS:]
    rewards = (1 - errors) * (sizes / sizes[-1]).astype(np.float32)
    wideband = 10 * torch.log10(sinr.mean(dim=-1)).numpy()
    return errors.reshape(links, slots, ACTIONS), rewards.reshape(links, slots, ACTIONS), wideband


def play(network, errors, wideband, exploring, generator):
    """Observations [links x slots x 12] of links that the network plays."""
    links, slots, _ = errors.shape
    observations = np.zeros((links, slots, 3 * REPORTS), np.float32)
    now = np.zeros((links, 3 * REPORTS), np.float32)
    for slot in range(slots):
        observations[:, slot] = now
        with torch.no_grad():
            actions = network(torch.from_numpy(now)).argmax(1).numpy()
        moved = generator.random(links) < exploring
        actions = np.where(moved, np.clip(actions + generator.integers(-4, 5, links), 0, ACTIONS - 1), actions)
        lost = generator.random(links) < errors[np.arange(links), slot, actions]
        report = np.stack([
            2 * (np.clip(wideband[:, slot], -10, 40) + 10) / 50 - 1, np.where(lost, -1, 1), 2 * actions / (ACTIONS - 1) - 1], 1)
        now = np.concatenate([report.astype(np.float32), now[:, :-3]], 1)
    return observations


def train(asked) -> torch.nn.Module:
    generator = np.random.default_rng(asked.seed)
    torch.manual_seed(asked.seed)
    network = torch.nn.Sequential(
        torch.nn.Linear(3 * REPORTS, 256), torch.nn.ReLU(), torch.nn.Linear(256, 256), torch.nn.ReLU(), torch.nn.Linear(256, ACTIONS))
    everything = []
    for first in range(0, asked.episodes, 32):
        ratios = generator.uniform(5, 20, 32)
        simulator = LinkSimulator(1000, batch_size=32, seed=100_000 + 1000 * asked.seed + first, snr_db=0.0, speed=15.0)
        simulator.sinr = simulator.sinr * torch.from_numpy(10 ** (ratios / 10)).float()[:, None, None]
        everything.append(worth(simulator))
    errors, rewards, wideband = (np.concatenate(part) for part in zip(*everything))
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    steps = asked.rounds * asked.steps
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, 2.04 - 2 * step / steps))
    targets = torch.from_numpy(rewards).reshape(-1, ACTIONS)
    memory, places = [], []
    for turn in range(asked.rounds):
        memory.append(torch.from_numpy(play(network, errors, wideband, 1.0 if turn == 0 else 0.1, generator)).reshape(-1, 3 * REPORTS))
        places.append(torch.arange(targets.shape[0]))
        states, of = torch.cat(memory[-3:]), torch.cat(places[-3:])
        for _ in range(asked.steps):
            rows = torch.randint(states.shape[0], (1024,))
            loss = torch.nn.functional.mse_loss(network(states[rows]), targets[of[rows]])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        print(f"round {turn}: loss {loss.item():.5f}, {time.process_time():.0f} s", flush=True)
    return network


class Policy:
    def __init__(self, network):
        self.network = network

    def act(self, observation, info):
        with torch.no_grad():
            return int(self.network(torch.from_numpy(np.asarray(observation, np.float32))).argmax())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--episodes", type=int, default=768)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--evaluate", type=int, default=5, help="episodes of each of the ten seeds")
    parser.add_argument("--alone", action="store_true", help="without the outer loop, whose figure is published: 30.89")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    simulator = LinkSimulator(1000, seed=1, snr_db=12.0, speed=15.0)
    start = time.process_time()
    for _ in range(200):
        simulator.step(10)
    print(f"Sionna: {(time.process_time() - start) / 200 * 1e6:.0f} us a slot of one link, channel apart")
    simulator = LinkSimulator(100, batch_size=256, seed=1, snr_db=12.0, speed=15.0)
    start = time.process_time()
    for _ in range(20):
        simulator.step(10)
    print(f"Sionna: {(time.process_time() - start) / 20 / 256 * 1e6:.1f} us a slot of 256 links at once, channel apart")
    network = train(asked)
    seeds = list(range(1000, 1010))
    ours = linkgym.evaluate(Policy(network), seeds=seeds, episodes_per_seed=asked.evaluate)
    a = np.array([e["goodput_mbps"] for e in ours["per_episode"]])
    generator = np.random.default_rng(0)
    places = generator.integers(0, len(a), (5000, len(a)))
    low, high = np.quantile(a[places].mean(1), [0.025, 0.975])
    print(f"network {a.mean():.2f} Mbit/s ({low:.2f} to {high:.2f} over {len(a)} episodes), TBLER {ours['observed_tbler']['mean']:.3f}", flush=True)
    if asked.alone:
        return
    tuned = linkgym.evaluate(OLLAPolicy(bler_target=0.1, delta_up=0.25), seeds=seeds, episodes_per_seed=asked.evaluate)
    b = np.array([e["goodput_mbps"] for e in tuned["per_episode"]])
    low, high = np.quantile((a - b)[places].mean(1), [0.025, 0.975])
    print(f"tuned outer loop {b.mean():.2f} Mbit/s, TBLER {tuned['observed_tbler']['mean']:.3f}")
    print(f"lead {np.mean(a - b):.2f} Mbit/s ({low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main()
