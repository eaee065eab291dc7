"""300 steps of stochastic reconfiguration with NetKet on one core, as `qhost run --model rbm --set dataset.spins=20` does them.

Prints seconds of processor time, compilation left out, and the relative error of the energy of 32,768 samples. Chains go on from step to step, without
thermalisation.
"""

import os
import sys
import time

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["JAX_PLATFORMS"] = "cpu"
import netket as nk  # noqa: E402
import numpy as np  # noqa: E402

n, steps = int(sys.argv[1]), 300
space = nk.hilbert.Spin(s=0.5, N=n)
energy = nk.operator.Ising(space, nk.graph.Chain(n, pbc=True), h=1.0, J=-1.0)
sampler = nk.sampler.MetropolisLocal(space, n_chains=64, sweep_size=n)
state = nk.vqs.MCState(sampler, nk.models.RBM(alpha=1, param_dtype=float), n_samples=2048, n_discard_per_chain=0, seed=1)
driver = nk.driver.VMC(
    energy, nk.optimizer.Sgd(0.05), variational_state=state, preconditioner=nk.optimizer.SR(diag_shift=0.01))
driver.run(2, out=None, show_progress=False)
start = time.process_time()
driver.run(steps - 2, out=None, show_progress=False)
seconds = (time.process_time() - start) * steps / (steps - 2)
state.n_samples = 32768
momenta = np.pi * (2 * np.arange(n) + 1) / n
exact = -np.sqrt(2 - 2 * np.cos(momenta)).sum()
print(f"{seconds:.3f} {abs(state.expect(energy).mean.real / exact - 1):.3e}")
