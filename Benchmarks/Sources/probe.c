/*
 * An optimizer that learns nothing: it asks the same queries again and again, one kind after the other, and
 * writes what each kind took, and what the host charged for it.
 *
 *   cc -O2 -shared -fPIC -I SDK/C/include probe.c -lm -o libqhost-probe.so
 *   QHOST_PLUGIN_PATH=. PROBE_OUTPUT=file qhost run --optimizer probe --no-isolate --threads 1 --max-forward-equivalents 1e9
 *
 * A line for each query of a round: its kind, microseconds of processor time (the least of all rounds), and
 * forward-equivalents. What it is charged the host tells as progress, the part of the budget that is spent. PROBE_CUTS (200) is the number of queries of each kind of cut;
 * rounds continue for PROBE_SECONDS (2) of processor time, and there are PROBE_ROUNDS (5) at least.
 */
#define _GNU_SOURCE
#include "qhost.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const double BUDGET = 1e9;

enum { POINT, POINTS, GRADIENT, OPEN, CUT_3, CUT_9, LAST_3, BLOCK, SWEEP, STEP, BATCH, KINDS };
static const char *const names[KINDS] = {
    "point", "points", "gradient", "open", "cut-3", "cut-9", "last-3", "block", "sweep", "step", "batch"};

enum { MANY_POINTS = 20, BLOCK_CUTS = 32, WIDEST = 9, POINT_QUERIES = 8 };

typedef struct slot {
  int kind;
  uint64_t move; /* the parameter of the move before a cut */
  uint64_t cuts[BLOCK_CUTS];
  double wall, processor; /* seconds, the least of all rounds */
  double charged; /* forward-equivalents of the last round */
} slot;

typedef struct probe {
  uint64_t dimension, state;
  double *initial, *scales, *points;
  uint32_t *kinds;
  uint64_t indices[BLOCK_CUTS], move_index;
  double offsets[BLOCK_CUTS * WIDEST], move_delta;
  slot *slots;
  size_t count, place;
  int round, rounds;
  double wall_reading, processor_reading; /* what reading a clock takes */
  double wall_asked, processor_asked, spent, until;
} probe;

static double reading(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double wall(void) { return reading(CLOCK_MONOTONIC); }
static double processor(void) { return reading(CLOCK_PROCESS_CPUTIME_ID); }

static uint64_t number(const char *name, uint64_t standard) {
  const char *text = getenv(name);
  return text ? strtoull(text, NULL, 10) : standard;
}

/* SplitMix64. */
static uint64_t next(probe *p) {
  uint64_t z = p->state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static void append(probe *p, int kind, size_t count) {
  uint64_t n = p->dimension, last = n > 20 ? n / 20 : 1;
  for (size_t i = 0; i < count; i++) {
    slot *s = p->slots + p->count++;
    *s = (slot){.kind = kind, .wall = INFINITY, .processor = INFINITY, .move = next(p) % n};
    for (int k = 0; k < BLOCK_CUTS; k++)
      s->cuts[k] = kind == LAST_3 ? n - 1 - next(p) % last : next(p) % n;
  }
}

/* Every kind of cut begins by an opening at the same base point, on a batch of its own if there are batches. */
static void plan(probe *p, const qhost_problem *problem) {
  size_t cuts = number("PROBE_CUTS", 200);
  p->slots = calloc(6 * cuts + 32 * POINT_QUERIES, sizeof *p->slots);
  append(p, POINT, POINT_QUERIES);
  append(p, POINTS, POINT_QUERIES / 4);
  if (problem->queries & (1u << QHOST_QUERY_GRADIENT)) append(p, GRADIENT, POINT_QUERIES);
  int has_batches = problem->batch_rows < problem->row_count;
  for (int kind = CUT_3; kind <= STEP && problem->fast_cuts; kind++) {
    append(p, OPEN, kind == CUT_3 ? POINT_QUERIES : 0);
    if (has_batches) append(p, BATCH, 1);
    append(p, OPEN, 1);
    append(p, kind, kind == BLOCK ? (cuts + 7) / 8 : cuts);
  }
  if (has_batches) append(p, BATCH, POINT_QUERIES);
}

static qhost_status probe_create(const qhost_request *request, const qhost_problem *problem,
                                 void **instance, qhost_error *error) {
  (void)request;
  (void)error;
  uint64_t n = problem->dimension;
  probe *p = calloc(1, sizeof *p);
  p->dimension = n;
  p->initial = malloc(n * sizeof(double));
  p->scales = malloc(n * sizeof(double));
  p->kinds = malloc(n * sizeof(uint32_t));
  p->points = malloc(n * MANY_POINTS * sizeof(double));
  memcpy(p->initial, problem->initial, n * sizeof(double));
  memcpy(p->scales, problem->scales, n * sizeof(double));
  memcpy(p->kinds, problem->kinds, n * sizeof(uint32_t));
  for (uint64_t i = 0; i < MANY_POINTS; i++)
    memcpy(p->points + i * n, problem->initial, n * sizeof(double));
  p->rounds = (int)number("PROBE_ROUNDS", 5);
  p->wall_reading = p->processor_reading = INFINITY;
  for (int i = 0; i < 1000; i++) {
    double start = wall(), middle = wall(), begun = processor(), ended = processor();
    p->wall_reading = fmin(p->wall_reading, middle - start);
    p->processor_reading = fmin(p->processor_reading, ended - begun);
  }
  p->until = processor() + (double)number("PROBE_SECONDS", 2);
  plan(p, problem);
  *instance = p;
  return QHOST_OK;
}

static void probe_destroy(void *instance) { free(instance); }

/*
 * The least wall time is processor time where nothing came between, which some round of a short query is
 * spared; of a long one the processor time is taken, whose clock is slow to read.
 */
static double seconds(const slot *s) { return s->wall < 2e-4 ? s->wall : s->processor; }

static void write_down(const probe *p) {
  FILE *file = fopen(getenv("PROBE_OUTPUT"), "w");
  if (!file) return;
  for (size_t i = 0; i < p->count; i++)
    fprintf(file, "%s %.9g %.9g\n", names[p->slots[i].kind], seconds(p->slots + i) * 1e6,
            p->slots[i].charged);
  fclose(file);
}

static double whole(const probe *p, uint64_t i, double value) {
  return p->kinds[i] == QHOST_PARAMETER_REAL ? value : copysign(fmax(1, rint(fabs(value))), value);
}

static void ask_cuts(probe *p, const slot *s, qhost_query *query) {
  query->kind = QHOST_QUERY_CUTS;
  if (s->kind == OPEN) {
    query->base = p->initial;
    return;
  }
  uint64_t width = s->kind == CUT_9 ? 9 : s->kind == STEP ? 1 : 3;
  query->cut_count = s->kind == BLOCK ? BLOCK_CUTS : 1;
  query->offset_count = width;
  query->cut_indices = s->cuts;
  query->offsets = p->offsets;
  double *offset = p->offsets;
  for (uint64_t c = 0; c < query->cut_count; c++)
    for (uint64_t k = 0; k < width; k++) {
      double part = width == 1 ? 0.5 : 2.0 * (double)k / (double)(width - 1) - 1;
      *offset++ = part == 0 ? 0 : whole(p, s->cuts[c], part * p->scales[s->cuts[c]]);
    }
  if (s->kind != SWEEP && s->kind != STEP) return;
  p->move_delta = whole(p, s->move, (s->move & 1 ? 0.1 : -0.1) * p->scales[s->move]);
  query->move_count = 1;
  query->move_indices = &s->move;
  query->move_deltas = &p->move_delta;
}

static qhost_status probe_ask(void *instance, qhost_query *query, qhost_error *error) {
  probe *p = instance;
  (void)error;
  if (p->place == p->count) {
    p->place = 0;
    p->round++;
  }
  if (p->place == 0 && p->round > p->rounds && processor() > p->until) {
    write_down(p);
    query->kind = QHOST_QUERY_DONE;
    query->reason = QHOST_DONE_SCHEDULE;
    return QHOST_OK;
  }
  const slot *s = p->slots + p->place;
  if (s->kind == POINT || s->kind == POINTS || s->kind == GRADIENT || s->kind == BATCH) {
    query->kind = s->kind == GRADIENT ? QHOST_QUERY_GRADIENT : QHOST_QUERY_POINTS;
    query->batch = s->kind == BATCH ? QHOST_BATCH_NEXT : QHOST_BATCH_SAME;
    query->point_count = s->kind == POINTS ? MANY_POINTS : 1;
    query->points = p->points;
  } else {
    ask_cuts(p, s, query);
  }
  p->processor_asked = processor();
  p->wall_asked = wall();
  return QHOST_OK;
}

/* The first round is there to warm up. */
static qhost_status probe_tell(void *instance, const qhost_answer *answer, qhost_error *error) {
  probe *p = instance;
  double ended = wall(), spent = processor() - p->processor_asked;
  slot *s = p->slots + p->place++;
  (void)error;
  if (p->round > 0) {
    s->wall = fmin(s->wall, ended - p->wall_asked - p->wall_reading);
    s->processor = fmin(s->processor, spent - p->processor_reading - 2 * p->wall_reading);
    s->charged = (answer->progress - p->spent) * BUDGET;
  }
  p->spent = answer->progress;
  return QHOST_OK;
}

static const qhost_optimizer table = {
    .struct_size = sizeof table,
    .create = probe_create,
    .destroy = probe_destroy,
    .ask = probe_ask,
    .tell = probe_tell,
};

static const qhost_component component = {
    .struct_size = sizeof component,
    .kind = QHOST_KIND_OPTIMIZER,
    .name = "probe",
    .summary = "Asks the same queries of each kind again and again, and writes what they took.",
    .table = &table,
};

static const qhost_component *const components[] = {&component};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin,
    .abi_major = QHOST_ABI_MAJOR,
    .component_count = 1,
    .vendor = "benchmark",
    .name = "probe",
    .version = "1.0.0",
    .summary = "Measures what answers cost.",
    .licence = "Apache-2.0",
    .components = components,
};

QHOST_DEFINE_ENTRY(plugin)
