/*
 * A solver for ground states on a line, and nothing else: inverse iteration with Thomas's algorithm.
 *
 *   (H psi)_g = V_g psi_g + J (2 psi_g - psi_{g-1} - psi_{g+1}),  J = hbar^2 / (2 m spacing^2)
 */
#include <qhost.h>

#include <math.h>
#include <stdlib.h>

enum { ITERATIONS = 200 };

static qhost_status create(const qhost_request *request, void **instance, qhost_error *error) {
  int *made = malloc(sizeof *made);
  (void)request;
  if (made == NULL) return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  *instance = made;
  return QHOST_OK;
}

/* Solves (H - shift) x = x in place: H - shift is positive, as shift lies below the potential. */
static void solve(const double *potential, double hopping, double shift, uint64_t count,
                  double *scratch, double *x) {
  double diagonal = potential[0] + 2 * hopping - shift;
  scratch[0] = -hopping / diagonal;
  x[0] /= diagonal;
  for (uint64_t g = 1; g < count; g++) {
    diagonal = potential[g] + 2 * hopping - shift + hopping * scratch[g - 1];
    scratch[g] = -hopping / diagonal;
    x[g] = (x[g] + hopping * x[g - 1]) / diagonal;
  }
  for (uint64_t g = count - 1; g-- > 0;) x[g] -= scratch[g] * x[g + 1];
}

static void normalise(double *x, uint64_t count, double spacing) {
  double sum = 0;
  for (uint64_t g = 0; g < count; g++) sum += x[g] * x[g];
  double factor = 1 / sqrt(sum * spacing);
  for (uint64_t g = 0; g < count; g++) x[g] *= factor;
}

static double energy(const double *potential, double hopping, const double *x, uint64_t count,
                     double spacing) {
  double sum = 0;
  for (uint64_t g = 0; g < count; g++) {
    double left = g > 0 ? x[g - 1] : 0, right = g + 1 < count ? x[g + 1] : 0;
    sum += x[g] * (potential[g] * x[g] + hopping * (2 * x[g] - left - right));
  }
  return sum * spacing;
}

/* One packet: psi in x [G], and what is wanted of it. */
static void evolve_one(const qhost_packets *p, uint64_t packet, double *scratch, double *x) {
  uint64_t count = p->grid_count;
  const double *potential = p->potentials + packet * count;
  double hopping = p->hbar * p->hbar / (2 * p->masses[packet] * p->spacing * p->spacing);
  double shift = potential[0], mean = 0, second = 0;
  for (uint64_t g = 0; g < count; g++) {
    shift = fmin(shift, potential[g]);
    x[g] = 1;
  }
  for (int i = 0; i < ITERATIONS; i++) {
    solve(potential, hopping, shift, count, scratch, x);
    normalise(x, count, p->spacing);
  }
  for (uint64_t g = 0; g < count; g++) {
    double place = p->origin + (double)g * p->spacing, density = x[g] * x[g];
    mean += place * density * p->spacing;
    second += place * place * density * p->spacing;
    if (p->densities != NULL) p->densities[packet * count + g] = density;
    if (p->real != NULL) p->real[packet * count + g] = x[g];
    if (p->imaginary != NULL) p->imaginary[packet * count + g] = 0;
  }
  if (p->means != NULL) p->means[packet] = mean;
  if (p->second_moments != NULL) p->second_moments[packet] = second;
  if (p->energies != NULL) p->energies[packet] = energy(potential, hopping, x, count, p->spacing);
  if (p->norms != NULL) p->norms[packet] = 1;
}

static qhost_status evolve(void *instance, const qhost_packets *packets, qhost_error *error) {
  (void)instance;
  if (packets->mode != QHOST_EVOLVE_GROUND_STATE || packets->topology != QHOST_GRID_LINE) {
    return qhost_fail(error, QHOST_UNSUPPORTED, QHOST_ERROR_PLUGIN,
                      "it finds ground states on a line only; use another solver");
  }
  double *memory = malloc((size_t)packets->grid_count * 2 * sizeof *memory);
  if (memory == NULL) {
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "no memory is left");
  }
  for (uint64_t packet = 0; packet < packets->packet_count; packet++) {
    evolve_one(packets, packet, memory, memory + packets->grid_count);
  }
  free(memory);
  return QHOST_OK;
}

static const qhost_solver table = {
    .struct_size = sizeof table, .modes = 1u << QHOST_EVOLVE_GROUND_STATE,
    .topologies = 1u << QHOST_GRID_LINE, .create = create, .destroy = free, .evolve = evolve};

static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_SOLVER, .name = "fixture-ground",
    .summary = "Ground states on a line, by inverse iteration.", .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 1,
    .vendor = "fixture", .name = "ground", .version = "0.1.0", .summary = "A fixture.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
