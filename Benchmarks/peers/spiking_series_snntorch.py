"""snnTorch, one thread: processor seconds of a spiking forecaster, trained on the first 15 % of a series and run over all of it.

    spiking_series_snntorch.py FILE.csv GRADIENTS HIDDEN
"""

import csv
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import snntorch as snn
import torch

torch.set_num_threads(1)


class Network(torch.nn.Module):
    """A recurrent layer of leaky neurons, and one that is read by its membrane."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.weight = torch.nn.Linear(2, hidden)
        self.neuron = snn.RLeaky(beta=0.905, linear_features=hidden)
        self.read = torch.nn.Linear(hidden, 1)
        self.membrane = snn.Leaky(beta=0.905, reset_mechanism="none")
        self.begin()

    def begin(self) -> None:
        """The state that a series begins with."""
        self.spikes, self.hidden = self.neuron.init_rleaky()
        self.output = self.membrane.init_leaky()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The forecast of the next value, after one more."""
        self.spikes, self.hidden = self.neuron(self.weight(x), self.spikes, self.hidden)
        _, self.output = self.membrane(self.read(self.spikes), self.output)
        return self.output


def main() -> None:
    path, gradients, hidden = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with open(path, encoding="utf-8") as file:
        values = torch.tensor([float(row["value"]) for row in csv.DictReader(file)])
    torch.manual_seed(1)
    start = time.process_time()
    probation = int(0.15 * len(values))
    values = (values - values[:probation].mean()) / values[:probation].std()
    rows = torch.stack([values, torch.zeros(len(values))], 1)
    network = Network(hidden)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    for _ in range(gradients):
        network.begin()
        forecasts = torch.cat([network(row) for row in rows[:probation - 1]])
        loss = (forecasts.reshape(-1) - values[1:probation]).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    network.begin()
    with torch.no_grad():
        errors = [0.0]
        for place in range(len(values) - 1):
            errors.append(abs(float(network(rows[place])) - float(values[place + 1])))
    print(time.process_time() - start)
    print(f"loss {float(loss)}, mean error {sum(errors) / len(errors)}", file=sys.stderr)


main()
