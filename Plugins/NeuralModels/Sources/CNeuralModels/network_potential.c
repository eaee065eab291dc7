#include "network_lines.h"
#include "qhost_kernels_potential.h"

/* Columns of a row's line. */
enum { SUM = 0, NOW = 1, FIRST = 2, LINES_WIDTH = QHOST_KERNEL_POTENTIAL_LINE };

/* Offsets that are worked on at once. */
enum { TOGETHER = 4 };

QHOST_INLINE float place_of(uint32_t place, float steepness, float z) {
  switch (place) {
    case QHOST_KERNEL_PLACE_SINE: return sine(z);
    case QHOST_KERNEL_PLACE_STEP: return z != z ? z : (z > 0.0f ? 1.0f : -1.0f);
    case QHOST_KERNEL_PLACE_SIGN: return z != z ? z : (z >= 0.0f ? 1.0f : -1.0f);
    default: return hyperbolic_tangent(steepness * z);
  }
}

/* The polynomial of a strip's lane, whose coefficients are a strip apart. */
QHOST_INLINE float worth(size_t count, const float *coefficients, float t) {
  float value = coefficients[(count - 1) * STRIP];
  QHOST_UNROLL
  for (size_t p = count - 1; p-- > 0;) value = value * t + coefficients[p * STRIP];
  return value;
}

QHOST_INLINE size_t padded(size_t count) { return (count + 15) & ~(size_t)15; }

QHOST_INLINE qhost_kernel_lines lines_of(const qhost_kernel_potential *p, float *strips) {
  return (qhost_kernel_lines){.numbers = p->rows, .strips = strips, .width = LINES_WIDTH};
}

/* The slopes of a strip; 0 in lanes beyond the last row. */
QHOST_INLINE const float *slopes_of(const qhost_kernel_slopes *s, size_t start, size_t count,
                                    float *room) {
  if (s->x && padded(count) == count) return s->x + start;
  for (size_t i = 0; i < padded(count); i++)
    room[i] = i < count ? (s->x ? s->x[start + i] : 1.0f) : 0.0f;
  return room;
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

/* Lanes beyond the last row change nothing. */
QHOST_INLINE void add_lanes(float *restrict sums, float *restrict change, size_t left) {
  for (size_t j = left; j < LINE; j++) change[j] = 0.0f;
  QHOST_LANES
  for (size_t j = 0; j < LINE; j++) sums[j] += change[j];
}

/* Where a row has its own line. */

QHOST_INLINE void open_lines(uint32_t place, size_t coefficient_count,
                             const qhost_kernel_potential *p, const float *z,
                             const float *coefficients, size_t row_count, double *sum) {
  QHOST_KERNEL_LINES float strips[LINES_WIDTH * STRIP] = {0};
  qhost_kernel_lines lines = lines_of(p, strips);
  float steepness = p->steepness;
  for (size_t start = 0; start < row_count; start += STRIP) {
    size_t count = row_count - start < STRIP ? row_count - start : STRIP;
    memcpy(strips + SUM * STRIP, z + start, count * sizeof *z);
    for (size_t c = 0; c < coefficient_count; c++)
      memcpy(strips + (FIRST + c) * STRIP, coefficients + c * row_count + start,
             count * sizeof *coefficients);
    float *now = strips + NOW * STRIP;
    QHOST_LANES
    for (size_t i = 0; i < padded(count); i++)
      now[i] = worth(coefficient_count, strips + FIRST * STRIP + i,
                     place_of(place, steepness, strips[i]));
    for (size_t i = 0; i < count; i++) *sum += (double)now[i];
    leave_lines(&lines, NULL, start, count, 0);
  }
}

QHOST_INLINE void cut_lines(uint32_t place, size_t coefficient_count,
                            const qhost_kernel_potential *p, const qhost_kernel_slopes *s,
                            const float *offsets, size_t together, double *changes) {
  QHOST_KERNEL_LINES float strips[LINES_WIDTH * STRIP], room[STRIP], change[LINE];
  QHOST_KERNEL_LINES float sums[TOGETHER][LINE] = {{0}};
  qhost_kernel_lines lines = lines_of(p, strips);
  float steepness = p->steepness;
  const float *now = strips + NOW * STRIP;
  for (size_t start = 0; start < s->count; start += STRIP) {
    size_t count = s->count - start < STRIP ? s->count - start : STRIP;
    enter_lines(&lines, s->rows ? s->rows + start : NULL, start, count, 0);
    const float *x = slopes_of(s, start, count, room);
    for (size_t k = 0; k < together; k++) {
      float offset = offsets[k];
      for (size_t i = 0; i < count; i += LINE) {
        QHOST_LANES
        for (size_t j = i; j < i + LINE; j++)
          change[j - i] = worth(coefficient_count, strips + FIRST * STRIP + j,
                                place_of(place, steepness, strips[j] + offset * x[j])) -
                          now[j];
        add_lanes(sums[k], change, count - i);
      }
    }
  }
  for (size_t k = 0; k < together; k++) changes[k] = add_up(sums[k]);
}

QHOST_INLINE void move_lines(uint32_t place, size_t coefficient_count,
                             const qhost_kernel_potential *p, const qhost_kernel_slopes *s,
                             float offset, double *total) {
  QHOST_KERNEL_LINES float strips[LINES_WIDTH * STRIP], room[STRIP], change[LINE];
  QHOST_KERNEL_LINES float sums[LINE] = {0};
  qhost_kernel_lines lines = lines_of(p, strips);
  float steepness = p->steepness;
  float *now = strips + NOW * STRIP;
  for (size_t start = 0; start < s->count; start += STRIP) {
    size_t count = s->count - start < STRIP ? s->count - start : STRIP;
    const uint32_t *rows = s->rows ? s->rows + start : NULL;
    enter_lines(&lines, rows, start, count, 0);
    const float *x = slopes_of(s, start, count, room);
    for (size_t i = 0; i < count; i += LINE) {
      QHOST_LANES
      for (size_t j = i; j < i + LINE; j++) {
        float z = strips[j] + offset * x[j];
        float after = worth(coefficient_count, strips + FIRST * STRIP + j,
                            place_of(place, steepness, z));
        change[j - i] = after - now[j];
        strips[j] = z;
        now[j] = after;
      }
      add_lanes(sums, change, count - i);
    }
    for (size_t i = 0; i < count; i++) {
      float *line = p->rows + (rows ? rows[i] : start + i) * LINES_WIDTH;
      line[SUM] = strips[i];
      line[NOW] = now[i];
    }
  }
  *total = add_up(sums);
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

/* Calls `pairs` or `lines` with the place and the number of coefficients as constants. */
#define WITH_COUNT(place, pairs, lines, ...)                                                    \
  switch (p->coefficient_count) {                                                               \
    case 2: pairs(place, __VA_ARGS__); break;                                                   \
    case 5: lines(place, 5, __VA_ARGS__); break;                                                \
    case 9: lines(place, 9, __VA_ARGS__); break;                                                \
    default: lines(place, 13, __VA_ARGS__); break;                                              \
  }
#define WITH_CONSTANTS(pairs, lines, ...)                                                       \
  switch (p->place) {                                                                           \
    case QHOST_KERNEL_PLACE_SINE: WITH_COUNT(QHOST_KERNEL_PLACE_SINE, pairs, lines, __VA_ARGS__) break; \
    case QHOST_KERNEL_PLACE_STEP: pairs(QHOST_KERNEL_PLACE_STEP, __VA_ARGS__); break;           \
    case QHOST_KERNEL_PLACE_SIGN: pairs(QHOST_KERNEL_PLACE_SIGN, __VA_ARGS__); break;           \
    default: WITH_COUNT(QHOST_KERNEL_PLACE_TANH, pairs, lines, __VA_ARGS__) break;              \
  }

QHOST_WIDE
double qhost_kernel_potential_open(const qhost_kernel_potential *p, const float *z,
                                   const float *coefficients, size_t row_count) {
  double sum = 0;
  WITH_CONSTANTS(open_pairs, open_lines, p, z, coefficients, row_count, &sum)
  return sum;
}

QHOST_WIDE
void qhost_kernel_potential_cut(const qhost_kernel_potential *p, const qhost_kernel_slopes *s,
                                const float *offsets, size_t offset_count, double *changes) {
  float moving[TOGETHER];
  double found[TOGETHER];
  size_t places[TOGETHER], together = 0;
  ask_for(s);
  for (size_t k = 0; k < offset_count; k++) {
    changes[k] = 0;
    if (offsets[k] != 0.0f) {
      moving[together] = offsets[k];
      places[together++] = k;
    }
    if (together == 0 || (together < TOGETHER && k + 1 < offset_count)) continue;
    WITH_CONSTANTS(cut_pairs, cut_lines, p, s, moving, together, found)
    for (size_t i = 0; i < together; i++) changes[places[i]] = found[i];
    together = 0;
  }
}

QHOST_WIDE
double qhost_kernel_potential_move(const qhost_kernel_potential *p, const qhost_kernel_slopes *s,
                                   float offset) {
  double change = 0;
  if (offset == 0.0f) return 0;
  WITH_CONSTANTS(move_pairs, move_lines, p, s, offset, &change)
  return change;
}

void qhost_kernel_potential_sums(const qhost_kernel_potential *p, size_t row_count, float *z) {
  size_t width = p->coefficient_count == 2 ? 2 : LINES_WIDTH;
  for (size_t i = 0; i < row_count; i++) z[i] = p->rows[i * width];
}
