/*
 * A solver for qhost: wave packets on a line in imaginary time, by implicit finite differences.
 *
 *   (1 + dt (H - min V) / hbar) psi(t + dt) = psi(t), then |psi| = 1   (backward Euler)
 *   (H psi)_g = V_g psi_g + J (2 psi_g - psi_{g-1} - psi_{g+1}),  J = hbar^2 / (2 m spacing^2)
 *
 * Each step solves a tridiagonal system (Thomas). A ground state is the same with dt = infinity, which is
 * inverse iteration. Real time, chains and complete lattices are refused.
 */
#include <qhost.h>

#include <math.h>
#include <stdlib.h>

enum { GROUND_STATE_STEPS = 500 };

static qhost_status create(const qhost_request *request, void **instance, qhost_error *error) {
  (void)request;
  *instance = malloc(1); /* it has no state, but an instance must have an address */
  if (*instance != NULL) return QHOST_OK;
  return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "there is no memory for the solver");
}

/* One step, in place: solves (rate + V - lowest + 2 J) x_g - J (x_{g-1} + x_{g+1}) = x, and normalises. */
static void advance(const double *potential, double lowest, double hopping, double rate,
                    double spacing, uint64_t count, double *scratch, double *x) {
  double norm = 0, above = 0;
  for (uint64_t g = 0; g < count; g++) {
    double diagonal = rate + potential[g] - lowest + 2 * hopping - hopping * above;
    x[g] = (x[g] + (g > 0 ? hopping * x[g - 1] : 0)) / diagonal;
    scratch[g] = above = hopping / diagonal;
  }
  for (uint64_t g = count - 1; g-- > 0;) x[g] += scratch[g] * x[g + 1];
  for (uint64_t g = 0; g < count; g++) norm += x[g] * x[g];
  for (uint64_t g = 0; g < count; g++) x[g] /= sqrt(norm * spacing);
}

/* Packet b: psi in x [G], and what is wanted of it. */
static void evolve_packet(const qhost_packets *p, uint64_t b, double *scratch, double *x) {
  uint64_t count = p->grid_count, first = b * count;
  const double *potential = p->potentials + first;
  int ground = p->mode == QHOST_EVOLVE_GROUND_STATE;
  double hopping = p->hbar * p->hbar / (2 * p->masses[b] * p->spacing * p->spacing);
  double rate = ground ? 0 : p->hbar * (double)p->steps / p->time; /* hbar / dt */
  double lowest = potential[0], mean = 0, second = 0, energy = 0;
  for (uint64_t g = 0; g < count; g++) {
    lowest = fmin(lowest, potential[g]);
    x[g] = p->real != NULL && !ground ? p->real[first + g] : 1;
  }
  for (uint64_t i = 0, steps = ground ? GROUND_STATE_STEPS : p->steps; i < steps; i++) {
    advance(potential, lowest, hopping, rate, p->spacing, count, scratch, x);
  }
  for (uint64_t g = 0; g < count; g++) {
    double place = p->origin + (double)g * p->spacing, density = x[g] * x[g];
    double left = g > 0 ? x[g - 1] : 0, right = g + 1 < count ? x[g + 1] : 0;
    mean += place * density * p->spacing;
    second += place * place * density * p->spacing;
    energy += x[g] * (potential[g] * x[g] + hopping * (2 * x[g] - left - right)) * p->spacing;
    if (p->densities != NULL) p->densities[first + g] = density;
    if (p->real != NULL) p->real[first + g] = x[g];
    if (p->imaginary != NULL) p->imaginary[first + g] = 0;
  }
  if (p->means != NULL) p->means[b] = mean;
  if (p->second_moments != NULL) p->second_moments[b] = second;
  if (p->energies != NULL) p->energies[b] = energy;
  if (p->norms != NULL) p->norms[b] = 1;
}

static qhost_status evolve(void *instance, const qhost_packets *packets, qhost_error *error) {
  (void)instance;
  if (packets->mode == QHOST_EVOLVE_REAL || packets->topology != QHOST_GRID_LINE) {
    return qhost_fail(error, QHOST_UNSUPPORTED, QHOST_ERROR_PLUGIN,
                      "my-solver evolves in imaginary time on a line only; use another solver");
  }
  double *memory = calloc((size_t)packets->grid_count, 2 * sizeof *memory);
  if (memory == NULL) {
    return qhost_fail(error, QHOST_ERROR, QHOST_ERROR_PLUGIN, "there is no memory for the grid");
  }
  for (uint64_t b = 0; b < packets->packet_count; b++) {
    evolve_packet(packets, b, memory, memory + packets->grid_count);
  }
  free(memory);
  return QHOST_OK;
}

static const qhost_solver table = {
    .struct_size = sizeof table,
    .modes = 1u << QHOST_EVOLVE_IMAGINARY | 1u << QHOST_EVOLVE_GROUND_STATE,
    .topologies = 1u << QHOST_GRID_LINE, .create = create, .destroy = free, .evolve = evolve};

static const qhost_component component = {
    .struct_size = sizeof component, .kind = QHOST_KIND_SOLVER, .name = "my-solver",
    .summary = "Imaginary time on a line, by implicit finite differences.", .table = &table};
static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .vendor = "example",
    .name = "my-solver", .version = "0.1.0", .summary = "A solver in C.",
    .licence = "Apache-2.0", .component_count = 1, .components = components};

QHOST_DEFINE_ENTRY(plugin)
