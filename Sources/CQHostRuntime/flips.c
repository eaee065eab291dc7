#include "qhost_kernels_flips.h"

#include "qhost_kernels_elementary.h"

/* Sums are kept in 16 lanes, so that they are the same for any width of the processor's vectors. */
enum { LANES = 16, TOGETHER = 4 };

QHOST_INLINE float chance(float z, float steepness) {
  return 0.5f * hyperbolic_tangent(z * steepness) + 0.5f;
}

/* Sixteen rows; those beyond the last have no gain. */
typedef struct lines {
  uint32_t row[LANES];
  float z[LANES], gain[LANES], x[LANES];
} lines;

/* Lists are read once a call, far from those of the call before: all their lines are asked for at once. */
QHOST_INLINE void ask_for(const qhost_kernel_factors *factors) {
  if (!factors->rows || !factors->values) return;
  for (size_t i = 0; i < factors->count; i += LANES) {
    __builtin_prefetch(factors->rows + i);
    __builtin_prefetch(factors->values + i);
  }
}

QHOST_INLINE void take(const qhost_kernel_unit *unit, const qhost_kernel_factors *factors,
                       size_t start, size_t count, lines *l) {
  const uint64_t *pairs = (const uint64_t *)(const void *)unit->rows;
  if (count == LANES && factors->rows && factors->values) {
    memcpy(l->row, factors->rows + start, sizeof l->row);
    memcpy(l->x, factors->values + start, sizeof l->x);
  } else {
    for (size_t i = 0; i < LANES; i++) {
      size_t place = start + (i < count ? i : 0);
      l->row[i] = factors->rows ? factors->rows[place] : (uint32_t)place;
      l->x[i] = factors->values ? factors->values[place] : 1.0f;
    }
  }
  QHOST_LANES
  for (int i = 0; i < LANES; i++) {
    uint64_t pair = pairs[l->row[i]];
    l->z[i] = float_from_bits((uint32_t)pair);
    l->gain[i] = float_from_bits((uint32_t)(pair >> 32));
  }
  for (size_t i = count; i < LANES; i++) l->gain[i] = 0.0f;
}

QHOST_WIDE
double qhost_kernel_unit_sum(const qhost_kernel_unit *unit, size_t row_count) {
  qhost_kernel_factors all = {.count = row_count};
  double sum = 0;
  for (size_t start = 0; start < row_count; start += LANES) {
    size_t count = row_count - start < LANES ? row_count - start : LANES;
    QHOST_KERNEL_LINES lines l;
    take(unit, &all, start, count, &l);
    QHOST_LANES
    for (int i = 0; i < LANES; i++) l.gain[i] *= chance(l.z[i], unit->steepness);
    for (int i = 0; i < LANES; i++) sum += (double)l.gain[i];
  }
  return sum;
}

/* Up to TOGETHER offsets other than 0. */
QHOST_INLINE void cut(const qhost_kernel_unit *unit, const qhost_kernel_factors *factors,
                      const float *offsets, const size_t *places, size_t together,
                      double *changes) {
  float steepness = unit->steepness;
  QHOST_KERNEL_LINES float sums[TOGETHER][LANES] = {{0}};
  for (size_t start = 0; start < factors->count; start += LANES) {
    size_t count = factors->count - start < LANES ? factors->count - start : LANES;
    QHOST_KERNEL_LINES lines l;
    take(unit, factors, start, count, &l);
    QHOST_KERNEL_LINES float before[LANES];
    QHOST_LANES
    for (int i = 0; i < LANES; i++) before[i] = chance(l.z[i], steepness);
    for (size_t k = 0; k < together; k++) {
      float offset = offsets[places[k]];
      QHOST_LANES
      for (int i = 0; i < LANES; i++)
        sums[k][i] += l.gain[i] * (chance(l.z[i] + offset * l.x[i], steepness) - before[i]);
    }
  }
  for (size_t k = 0; k < together; k++) {
    double sum = 0;
    for (int i = 0; i < LANES; i++) sum += (double)sums[k][i];
    changes[places[k]] = sum;
  }
}

QHOST_WIDE
void qhost_kernel_unit_cut(const qhost_kernel_unit *unit, const qhost_kernel_factors *factors,
                           const float *offsets, size_t offset_count, double *changes) {
  ask_for(factors);
  size_t places[TOGETHER], together = 0;
  for (size_t k = 0; k < offset_count; k++) {
    changes[k] = 0;
    if (offsets[k] == 0.0f) continue;
    places[together++] = k;
    if (together < TOGETHER) continue;
    cut(unit, factors, offsets, places, together, changes);
    together = 0;
  }
  if (together > 0) cut(unit, factors, offsets, places, together, changes);
}

QHOST_WIDE
double qhost_kernel_unit_move(const qhost_kernel_unit *unit, const qhost_kernel_factors *factors,
                              float offset) {
  float steepness = unit->steepness;
  QHOST_KERNEL_LINES float sums[LANES] = {0};
  for (size_t start = 0; start < factors->count; start += LANES) {
    size_t count = factors->count - start < LANES ? factors->count - start : LANES;
    QHOST_KERNEL_LINES lines l;
    take(unit, factors, start, count, &l);
    QHOST_LANES
    for (int i = 0; i < LANES; i++) {
      float z = l.z[i] + offset * l.x[i];
      sums[i] += l.gain[i] * (chance(z, steepness) - chance(l.z[i], steepness));
      l.z[i] = z;
    }
    for (size_t i = 0; i < count; i++) unit->rows[2 * (size_t)l.row[i]] = l.z[i];
  }
  double sum = 0;
  for (int i = 0; i < LANES; i++) sum += (double)sums[i];
  return sum;
}

QHOST_WIDE
void qhost_kernel_logistic_noise(const double *restrict uniforms, size_t count, float width,
                                 float *restrict noise) {
  const float least = 5.9604645e-8f, most = 1.0f - 5.9604645e-8f;
  QHOST_LANES
  for (size_t i = 0; i < count; i++) {
    float u = (float)uniforms[i];
    u = u < least ? least : u;
    u = u > most ? most : u;
    noise[i] = 0.5f * width * (natural_logarithm(u) - natural_logarithm(1.0f - u));
  }
}
