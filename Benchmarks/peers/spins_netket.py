"""The same set of samples and energies with NetKet, on one core; prints milliseconds of processor time and the mean energy of a spin.

64 chains of MetropolisLocal, 30 sweeps of thermalisation, 2,048 samples with a sweep between two, energies of the critical Ising ring;
compiled before the clock starts. Parameters are read from standard input: a, b, W row by row.
"""

import os
import sys
import time

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"
import jax  # noqa: E402
import netket as nk  # noqa: E402
import numpy as np  # noqa: E402

n, sets = int(sys.argv[1]), int(sys.argv[2])
values = np.array(sys.stdin.read().split(), dtype=float)
space = nk.hilbert.Spin(s=0.5, N=n)
energy = nk.operator.Ising(space, nk.graph.Chain(n, pbc=True), h=1.0, J=-1.0)
if hasattr(energy, "to_jax_operator"):
    energy = energy.to_jax_operator()
sampler = nk.sampler.MetropolisLocal(space, n_chains=64, sweep_size=n)
state = nk.vqs.MCState(sampler, nk.models.RBM(alpha=1, param_dtype=float), n_samples=2048, n_discard_per_chain=30)
state.parameters = {
    "Dense": {"bias": values[n:2 * n], "kernel": values[2 * n:].reshape(n, n).T}, "visible_bias": values[:n]}


def draw():
    state.reset()
    state.sample()
    return state.expect(energy).mean.real


draw()
mean, start = 0.0, time.process_time()
for _ in range(sets):
    mean += draw() / sets
jax.block_until_ready(mean)
print(f"{(time.process_time() - start) / sets * 1e3:.6f} {mean / n:.9f}")
