// An optimizer for qhost: the (1+1) evolution strategy with the 1/5 success rule.
//
// Each query is one point, y = x + sigma * scale * N(0, 1); the better of x and y stays. sigma grows when
// more than one step in five is better, and shrinks otherwise. Integers and categories change in one
// of n coordinates on average.
//
// Source: Rechenberg 1973; Hansen, Arnold and Auger, Evolution Strategies, 2015, algorithm 2.
#include <qhost.hpp>

class MyOptimizer {
 public:
  static qhost::about about() {
    return {"my-optimizer", "(1+1) evolution strategy with the 1/5 success rule.",
            "Rechenberg 1973; Hansen, Arnold and Auger 2015",
            {qhost::real("step", "1", 1e-6, 1e3, "Length of the first steps, in scales of the parameters.")
                 .tunable().logarithmic()}};
  }

  // The problem is valid in the constructor only.
  MyOptimizer(const qhost::request &request, const qhost_problem &p)
      : host(request.host), n(p.dimension), kinds(p.kinds, p.kinds + n), lower(p.lower, p.lower + n),
        upper(p.upper, p.upper + n), scales(p.scales, p.scales + n), point(p.initial, p.initial + n),
        trial(point), normals(n), uniforms(n), sigma(request.real("step")) {}

  // The first query is the starting point itself. Random numbers depend on (seed, step, index) alone.
  void ask(qhost_query &query) {
    host.normal(queries, 0, normals);
    host.uniform(queries, 1, uniforms);
    for (std::size_t i = 0; i < n; i++) trial[i] = queries == 0 ? point[i] : moved(i);
    query.kind = QHOST_QUERY_POINTS;
    query.points = trial.data();
    query.point_count = 1;
    query.batch = QHOST_BATCH_FULL;  // losses of different queries are compared: all are of all rows
  }

  // A loss is infinite where a point cannot be scored.
  void tell(const qhost_answer &answer) {
    const double loss = answer.losses[0];
    // While no feasible point is known, losses of infeasible ones rise with the worst loss seen.
    if (best > answer.infeasible_above) best += answer.infeasible_rise;
    const bool better = loss < best;
    if (loss <= best) point = trial, best = loss;
    if (queries++ == 0) return;
    sigma *= std::exp((better - 0.2) / std::sqrt(static_cast<double>(n) + 1));
    sigma = std::clamp(sigma, 1e-12, 1e6);
  }

  // All that later queries depend on.
  void save(qhost::writer &out) const { out.put(n), out.put(queries), out.put(sigma), out.put(best), out.put(point); }
  void load(qhost::reader &in) {
    in.expect(in.get<uint64_t>() == n);
    queries = in.get<uint64_t>();
    sigma = in.get<double>();
    in.expect(sigma >= 1e-12 && sigma <= 1e6);
    best = in.get<double>();
    in.get(point);
  }

 private:
  double moved(std::size_t i) const {
    const double x = point[i], chance = uniforms[i] * static_cast<double>(n);  // < 1 in one of n
    double step = sigma * scales[i] * normals[i];
    if (kinds[i] == QHOST_PARAMETER_CATEGORICAL) {
      const double count = upper[i] - lower[i] + 1;  // any of the other categories
      return chance >= 1 ? x : lower[i] + std::fmod(x - lower[i] + 1 + std::floor(chance * (count - 1)), count);
    }
    if (kinds[i] == QHOST_PARAMETER_INTEGER) step = std::round(step);
    if (kinds[i] == QHOST_PARAMETER_INTEGER && step == 0 && chance < 1) step = normals[i] < 0 ? -1 : 1;
    return std::clamp(x + step, lower[i], upper[i]);
  }

  const qhost::host host;
  const uint64_t n;
  const std::vector<uint32_t> kinds;
  const std::vector<double> lower, upper, scales;
  std::vector<double> point, trial, normals, uniforms;
  uint64_t queries = 0;
  double sigma, best = INFINITY;
};

QHOST_PLUGIN("example", "my-optimizer", "0.1.0", "An optimizer in C++.", "Apache-2.0", qhost::optimizer<MyOptimizer>())
