// A solver for qhost: wave packets on a line in imaginary time, by implicit finite differences.
//
//   (1 + dt (H - min V) / hbar) psi(t + dt) = psi(t), then |psi| = 1   (backward Euler)
//   (H psi)_g = V_g psi_g + J (2 psi_g - psi_{g-1} - psi_{g+1}),  J = hbar^2 / (2 m spacing^2)
//
// Each step solves a tridiagonal system (Thomas). A ground state is the same with dt = infinity, which is
// inverse iteration. What modes and topologies do not name is refused.
#include <qhost.hpp>

class MySolver {
 public:
  static constexpr uint32_t modes = 1u << QHOST_EVOLVE_IMAGINARY | 1u << QHOST_EVOLVE_GROUND_STATE;
  static constexpr uint32_t topologies = 1u << QHOST_GRID_LINE;
  static qhost::about about() {
    return {"my-solver", "Imaginary time on a line, by implicit finite differences."};
  }

  explicit MySolver(const qhost::request &) {}

  void evolve(const qhost_packets &p) {
    for (uint64_t b = 0; b < p.packet_count; b++) evolve(p, b);
  }

 private:
  // One packet: psi in x, and what is wanted of it.
  void evolve(const qhost_packets &p, uint64_t b) {
    const bool ground = p.mode == QHOST_EVOLVE_GROUND_STATE;
    const uint64_t first = b * p.grid_count;
    const std::span potential(p.potentials + first, p.grid_count);
    const double hopping = p.hbar * p.hbar / (2 * p.masses[b] * p.spacing * p.spacing);
    const double rate = ground ? 0 : p.hbar * static_cast<double>(p.steps) / p.time;  // hbar / dt
    x.assign(p.grid_count, 1);
    if (p.real != nullptr && !ground) x.assign(p.real + first, p.real + first + p.grid_count);
    const uint64_t steps = ground ? 500 : p.steps;
    for (uint64_t i = 0; i < steps; i++) advance(potential, hopping, rate, p.spacing);
    double mean = 0, second = 0, energy = 0;
    for (uint64_t g = 0; g < p.grid_count; g++) {
      const double place = p.origin + static_cast<double>(g) * p.spacing, density = x[g] * x[g];
      const double left = g > 0 ? x[g - 1] : 0, right = g + 1 < x.size() ? x[g + 1] : 0;
      mean += place * density * p.spacing;
      second += place * place * density * p.spacing;
      energy += x[g] * (potential[g] * x[g] + hopping * (2 * x[g] - left - right)) * p.spacing;
      if (p.densities != nullptr) p.densities[first + g] = density;
      if (p.real != nullptr) p.real[first + g] = x[g];
      if (p.imaginary != nullptr) p.imaginary[first + g] = 0;
    }
    if (p.means != nullptr) p.means[b] = mean;
    if (p.second_moments != nullptr) p.second_moments[b] = second;
    if (p.energies != nullptr) p.energies[b] = energy;
    if (p.norms != nullptr) p.norms[b] = 1;
  }

  // One step, in place: solves (rate + V - min V + 2 J) x_g - J (x_{g-1} + x_{g+1}) = x, and normalises.
  void advance(std::span<const double> potential, double hopping, double rate, double spacing) {
    const double lowest = *std::min_element(potential.begin(), potential.end());
    double norm = 0;
    factors.resize(x.size());
    for (std::size_t g = 0; g < x.size(); g++) {
      const double above = g > 0 ? factors[g - 1] : 0, before = g > 0 ? x[g - 1] : 0;
      const double diagonal = rate + potential[g] - lowest + hopping * (2 - above);
      x[g] = (x[g] + hopping * before) / diagonal;
      factors[g] = hopping / diagonal;
    }
    for (std::size_t g = x.size() - 1; g-- > 0;) x[g] += factors[g] * x[g + 1];
    for (const double v : x) norm += v * v;
    for (double &v : x) v /= std::sqrt(norm * spacing);
  }

  std::vector<double> x, factors;
};

QHOST_PLUGIN("example", "my-solver", "0.1.0", "A solver in C++.", "Apache-2.0", qhost::solver<MySolver>())
