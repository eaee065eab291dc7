#include "network_lines.h"
#include "qhost_kernels_potential.h"

/* Columns of a row's line. */
enum { SUM = 0, NOW = 1, INVERSE = 2, FIRST = 3, NARROW = 8 };

/* Offsets that are worked on at once. */
enum { TOGETHER = 4 };

QHOST_INLINE float place_of(uint32_t place, float steepness, float z) {
  switch (place) {
    case QHOST_KERNEL_PLACE_STEP: return z != z ? z : (z > 0.0f ? 1.0f : -1.0f);
    case QHOST_KERNEL_PLACE_SIGN: return z != z ? z : (z >= 0.0f ? 1.0f : -1.0f);
    default: return hyperbolic_tangent(steepness * z);
  }
}

/* The numbers of a row. */
QHOST_INLINE size_t width_of(size_t coefficient_count) {
  if (coefficient_count == 2) return 2;
  return coefficient_count == NARROW - FIRST ? NARROW : LINE;
}

/* Lists are far from those of the call before: all their lines are asked for at once. */
QHOST_INLINE void ask_for(const qhost_kernel_slopes *s) {
  if (!s->rows || !s->x) return;
  for (size_t i = 0; i < s->count; i += 16) {
    __builtin_prefetch(s->rows + i);
    __builtin_prefetch(s->x + i);
  }
}

QHOST_INLINE double add_up(const float *sums) {
  double sum = 0;
  for (int i = 0; i < LINE; i++) sum += (double)sums[i];
  return sum;
}

/* Where a row has a line: its place now, what it loses there, 1/reach, and its coefficients. */

#if defined(__clang__)
typedef float half_line __attribute__((vector_size(2 * QHOST_KERNEL_LINE), aligned(32)));

/* The columns of 8 lines, each of two rows that are 8 apart. */
QHOST_INLINE void take_halves(const float *numbers, const size_t *row, float columns[][LINE]) {
  line lines[NARROW];
  QHOST_UNROLL
  for (int j = 0; j < NARROW; j++) {
    half_line low = *(const half_line *)(const void *)(numbers + row[j] * NARROW);
    half_line high = *(const half_line *)(const void *)(numbers + row[j + NARROW] * NARROW);
    lines[j] = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  }
  QHOST_EXCHANGE(lines, NARROW, 1)
  QHOST_EXCHANGE(lines, NARROW, 2)
  QHOST_EXCHANGE(lines, NARROW, 4)
  QHOST_UNROLL
  for (int j = 0; j < NARROW; j++) memcpy(columns[j], &lines[j], sizeof *columns);
}

QHOST_INLINE void take_wholes(const float *numbers, const size_t *row, float columns[][LINE]) {
  line lines[LINE];
  QHOST_UNROLL
  for (int j = 0; j < LINE; j++) lines[j] = *(const line *)(const void *)(numbers + row[j] * LINE);
  transpose(lines);
  QHOST_UNROLL
  for (int j = 0; j < LINE; j++) memcpy(columns[j], &lines[j], sizeof *columns);
}
#endif

/* The numbers of `count` rows, at most 16, of the list `rows`, or of those from `start` on: 0 in lanes beyond. */
QHOST_INLINE void take_lines(size_t width, const qhost_kernel_potential *p, const uint32_t *rows,
                             size_t start, size_t count, size_t *row, float columns[][LINE]) {
  for (size_t j = 0; j < LINE; j++) {
    size_t place = start + (j < count ? j : 0);
    row[j] = alone(rows ? rows[place] : place);
  }
#if defined(__clang__)
  if (width == NARROW)
    take_halves(p->rows, row, columns);
  else
    take_wholes(p->rows, row, columns);
#else
  for (size_t c = 0; c < width; c++)
    for (size_t j = 0; j < LINE; j++) columns[c][j] = p->rows[row[j] * width + c];
#endif
  for (size_t c = 0; c < width && count < LINE; c++)
    for (size_t j = count; j < LINE; j++) columns[c][j] = 0.0f;
}

/* The polynomial of a lane. */
QHOST_INLINE float worth(size_t count, float columns[][LINE], size_t lane, float t) {
  float value = columns[FIRST + count - 1][lane];
  QHOST_UNROLL
  for (size_t p = count - 1; p-- > 0;) value = value * t + columns[FIRST + p][lane];
  return value;
}

/* How far the places of 16 rows go at an offset of 1. */
QHOST_INLINE void take_steps(const qhost_kernel_slopes *s, size_t start, size_t count,
                             float columns[][LINE], float *steps) {
  if (count == LINE && s->x)
    memcpy(steps, s->x + start, LINE * sizeof *steps);
  else
    for (size_t j = 0; j < LINE; j++) steps[j] = j < count ? (s->x ? s->x[start + j] : 1.0f) : 0.0f;
  QHOST_LANES
  for (int j = 0; j < LINE; j++) steps[j] *= columns[INVERSE][j];
}

QHOST_INLINE uint32_t is_outside(float t) { return !(t >= -1.0f && t <= 1.0f); }

QHOST_INLINE void open_lines(size_t coefficient_count, const qhost_kernel_potential *p,
                             const float *reach, const float *coefficients, size_t row_count,
                             double *sum) {
  size_t width = width_of(coefficient_count);
  for (size_t i = 0; i < row_count; i++) {
    float *row = p->rows + i * width;
    row[SUM] = 0.0f;
    row[NOW] = coefficients[i];
    row[INVERSE] = reach[i] > 0.0f ? 1.0f / reach[i] : 0.0f;
    for (size_t c = 0; c < coefficient_count; c++) row[FIRST + c] = coefficients[c * row_count + i];
    *sum += (double)coefficients[i];
  }
}

QHOST_INLINE void cut_lines(size_t coefficient_count, const qhost_kernel_potential *p,
                            const qhost_kernel_slopes *s, const float *offsets, size_t together,
                            double *changes, size_t *outside) {
  QHOST_KERNEL_LINES float columns[LINE][LINE], steps[LINE], sums[TOGETHER][LINE] = {{0}};
  QHOST_KERNEL_LINES uint32_t beyond[LINE] = {0};
  size_t row[LINE];
  for (size_t start = 0; start < s->count; start += LINE) {
    size_t count = s->count - start < LINE ? s->count - start : LINE;
    take_lines(width_of(coefficient_count), p, s->rows, start, count, row, columns);
    take_steps(s, start, count, columns, steps);
    for (size_t k = 0; k < together; k++) {
      float offset = offsets[k];
      QHOST_LANES
      for (int j = 0; j < LINE; j++) {
        float t = columns[SUM][j] + offset * steps[j];
        sums[k][j] += worth(coefficient_count, columns, (size_t)j, t) - columns[NOW][j];
        beyond[j] += is_outside(t);
      }
    }
  }
  for (size_t k = 0; k < together; k++) changes[k] = add_up(sums[k]);
  for (int j = 0; j < LINE; j++) *outside += beyond[j];
}

QHOST_INLINE void move_lines(size_t coefficient_count, const qhost_kernel_potential *p,
                             const qhost_kernel_slopes *s, float offset, double *total,
                             size_t *outside) {
  QHOST_KERNEL_LINES float columns[LINE][LINE], steps[LINE], sums[LINE] = {0};
  QHOST_KERNEL_LINES float moved[LINE][2];
  QHOST_KERNEL_LINES uint32_t beyond[LINE] = {0};
  size_t width = width_of(coefficient_count), row[LINE];
  for (size_t start = 0; start < s->count; start += LINE) {
    size_t count = s->count - start < LINE ? s->count - start : LINE;
    take_lines(width, p, s->rows, start, count, row, columns);
    take_steps(s, start, count, columns, steps);
    QHOST_LANES
    for (int j = 0; j < LINE; j++) {
      float t = columns[SUM][j] + offset * steps[j];
      float after = worth(coefficient_count, columns, (size_t)j, t);
      sums[j] += after - columns[NOW][j];
      beyond[j] += is_outside(t);
      moved[j][SUM] = t;
      moved[j][NOW] = after;
    }
    for (size_t j = 0; j < count; j++) memcpy(p->rows + row[j] * width, moved[j], sizeof moved[j]);
  }
  *total = add_up(sums);
  for (int j = 0; j < LINE; j++) *outside += beyond[j];
}

/* Where a row has a pair: its sum, and the slope of what it loses. */

typedef struct pairs {
  uint32_t row[LINE];
  float z[LINE], slope[LINE], x[LINE];
} pairs;

QHOST_INLINE void take(const qhost_kernel_potential *p, const qhost_kernel_slopes *s, size_t start,
                       size_t count, pairs *l) {
  const uint64_t *all = (const uint64_t *)(const void *)p->rows;
  if (count == LINE && s->rows && s->x) {
    memcpy(l->row, s->rows + start, sizeof l->row);
    memcpy(l->x, s->x + start, sizeof l->x);
  } else {
    for (size_t i = 0; i < LINE; i++) {
      size_t place = start + (i < count ? i : 0);
      l->row[i] = s->rows ? s->rows[place] : (uint32_t)place;
      l->x[i] = s->x ? s->x[place] : 1.0f;
    }
  }
  QHOST_LANES
  for (int i = 0; i < LINE; i++) {
    uint64_t pair = all[l->row[i]];
    l->z[i] = float_from_bits((uint32_t)pair);
    l->slope[i] = float_from_bits((uint32_t)(pair >> 32));
  }
  for (size_t i = count; i < LINE; i++) l->slope[i] = 0.0f;
}

QHOST_INLINE void open_pairs(uint32_t place, const qhost_kernel_potential *p, const float *z,
                             const float *coefficients, size_t row_count, double *sum) {
  for (size_t i = 0; i < row_count; i++) {
    float slope = coefficients[row_count + i];
    p->rows[2 * i] = z[i];
    p->rows[2 * i + 1] = slope;
    *sum += (double)coefficients[i] + (double)slope * (double)place_of(place, p->steepness, z[i]);
  }
}

QHOST_INLINE void cut_pairs(uint32_t place, const qhost_kernel_potential *p,
                            const qhost_kernel_slopes *s, const float *offsets, size_t together,
                            double *changes) {
  QHOST_KERNEL_LINES float sums[TOGETHER][LINE] = {{0}};
  float steepness = p->steepness;
  for (size_t start = 0; start < s->count; start += LINE) {
    QHOST_KERNEL_LINES pairs l;
    QHOST_KERNEL_LINES float before[LINE];
    take(p, s, start, s->count - start < LINE ? s->count - start : LINE, &l);
    QHOST_LANES
    for (int i = 0; i < LINE; i++) before[i] = place_of(place, steepness, l.z[i]);
    for (size_t k = 0; k < together; k++) {
      float offset = offsets[k];
      QHOST_LANES
      for (int i = 0; i < LINE; i++)
        sums[k][i] += l.slope[i] * (place_of(place, steepness, l.z[i] + offset * l.x[i]) - before[i]);
    }
  }
  for (size_t k = 0; k < together; k++) changes[k] = add_up(sums[k]);
}

QHOST_INLINE void move_pairs(uint32_t place, const qhost_kernel_potential *p,
                             const qhost_kernel_slopes *s, float offset, double *total) {
  QHOST_KERNEL_LINES float sums[LINE] = {0};
  float steepness = p->steepness;
  for (size_t start = 0; start < s->count; start += LINE) {
    size_t count = s->count - start < LINE ? s->count - start : LINE;
    QHOST_KERNEL_LINES pairs l;
    take(p, s, start, count, &l);
    QHOST_LANES
    for (int i = 0; i < LINE; i++) {
      float z = l.z[i] + offset * l.x[i];
      sums[i] += l.slope[i] * (place_of(place, steepness, z) - place_of(place, steepness, l.z[i]));
      l.z[i] = z;
    }
    for (size_t i = 0; i < count; i++) p->rows[2 * (size_t)l.row[i]] = l.z[i];
  }
  *total = add_up(sums);
}

/* Calls `pairs` with the place as a constant, or `lines` with the number of coefficients. */
#define WITH_PLACE(pairs, ...)                                                                  \
  switch (p->place) {                                                                           \
    case QHOST_KERNEL_PLACE_STEP: pairs(QHOST_KERNEL_PLACE_STEP, __VA_ARGS__); break;           \
    case QHOST_KERNEL_PLACE_SIGN: pairs(QHOST_KERNEL_PLACE_SIGN, __VA_ARGS__); break;           \
    default: pairs(QHOST_KERNEL_PLACE_TANH, __VA_ARGS__); break;                                \
  }
#define WITH_COUNT(lines, ...)                                                                  \
  switch (p->coefficient_count) {                                                               \
    case 5: lines(5, __VA_ARGS__); break;                                                       \
    case 9: lines(9, __VA_ARGS__); break;                                                       \
    default: lines(13, __VA_ARGS__); break;                                                     \
  }

QHOST_WIDE
double qhost_kernel_potential_open(const qhost_kernel_potential *p, const float *numbers,
                                   const float *coefficients, size_t row_count) {
  double sum = 0;
  if (p->coefficient_count == 2) {
    WITH_PLACE(open_pairs, p, numbers, coefficients, row_count, &sum)
  } else {
    WITH_COUNT(open_lines, p, numbers, coefficients, row_count, &sum)
  }
  return sum;
}

QHOST_WIDE
size_t qhost_kernel_potential_cut(const qhost_kernel_potential *p, const qhost_kernel_slopes *s,
                                  const float *offsets, size_t offset_count, double *changes) {
  float moving[TOGETHER];
  double found[TOGETHER];
  size_t places[TOGETHER], together = 0, outside = 0;
  ask_for(s);
  for (size_t k = 0; k < offset_count; k++) {
    changes[k] = 0;
    if (offsets[k] != 0.0f) {
      moving[together] = offsets[k];
      places[together++] = k;
    }
    if (together == 0 || (together < TOGETHER && k + 1 < offset_count)) continue;
    if (p->coefficient_count == 2) {
      WITH_PLACE(cut_pairs, p, s, moving, together, found)
    } else {
      WITH_COUNT(cut_lines, p, s, moving, together, found, &outside)
    }
    for (size_t i = 0; i < together; i++) changes[places[i]] = found[i];
    together = 0;
  }
  return outside;
}

QHOST_WIDE
double qhost_kernel_potential_move(const qhost_kernel_potential *p, const qhost_kernel_slopes *s,
                                   float offset, size_t *outside) {
  double change = 0;
  *outside = 0;
  if (offset == 0.0f) return 0;
  if (p->coefficient_count == 2) {
    WITH_PLACE(move_pairs, p, s, offset, &change)
  } else {
    WITH_COUNT(move_lines, p, s, offset, &change, outside)
  }
  return change;
}

void qhost_kernel_potential_places(const qhost_kernel_potential *p, size_t row_count,
                                   float *places) {
  size_t width = width_of(p->coefficient_count);
  for (size_t i = 0; i < row_count; i++) places[i] = p->rows[i * width];
}

QHOST_WIDE
void qhost_kernel_row_sizes(const float *restrict x, size_t row_count, float *restrict squares,
                            float *restrict largest) {
  for (size_t i = 0; i < row_count; i++) {
    float size = x[i] < 0.0f ? -x[i] : x[i];
    squares[i] += x[i] * x[i];
    largest[i] = size > largest[i] ? size : largest[i];
  }
}
