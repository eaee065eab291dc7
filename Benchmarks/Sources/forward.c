/*
 * The model `mlp` of a plugin, called as the host calls it, and OpenBLAS for the same products, in turn.
 *
 *   cc -O2 -I SDK/C/include forward.c -o forward -lopenblas -ldl
 *   OPENBLAS_CORETYPE=SKYLAKEX ./forward libqhost-neural-models.so 196,12,8,10 8192 1024 15
 *
 * Arguments: plugin, widths, rows, rows of a session (as the host divides them), rounds. Prints five
 * medians in GFLOP/s, two operations for each weight and row: `mlp` in sessions of so many rows;
 * OpenBLAS on [units x rows], all rows at once and in those blocks; OpenBLAS on [rows x units], both.
 * The `mlp` adds biases, applies tanh and takes its weights in double precision; OpenBLAS does not.
 */
#define _GNU_SOURCE
#include "qhost.h"

#include <cblas.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX_LAYERS = 8, MAX_ROUNDS = 101, WAYS = 5 };

typedef struct network {
  int layers, widths[MAX_LAYERS + 1], rows, block;
  double *parameters;          /* as the plugin wants them */
  float *weights[MAX_LAYERS];  /* as OpenBLAS wants them */
  float *values[MAX_LAYERS + 1]; /* inputs, then what each layer puts out */
} network;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void fail(const char *what, const char *why) {
  fprintf(stderr, "%s: %s\n", what, why);
  exit(1);
}

static void check(qhost_status status, const char *what, const qhost_error *error) {
  if (status != QHOST_OK) fail(what, error->message);
}

static void *memory(size_t count, size_t size) {
  void *found = aligned_alloc(64, (count * size + 63) / 64 * 64);
  if (found == NULL) fail("forward", "out of memory");
  return found;
}

/* Numbers in [-0.5, 0.5), the same in each run. */
static float number(void) {
  static uint32_t state = 1;
  state = state * 1664525u + 1013904223u;
  return (float)(state >> 8) / 16777216.0f - 0.5f;
}

static network make_network(char *widths, int rows, int block) {
  network n = {.layers = -1, .rows = rows, .block = block};
  size_t count = 0;
  for (char *w = strtok(widths, ","); w && n.layers < MAX_LAYERS; w = strtok(NULL, ","))
    n.widths[++n.layers] = atoi(w);
  for (int l = 0; l < n.layers; l++) count += (size_t)n.widths[l + 1] * (n.widths[l] + 1);
  n.parameters = memory(count, sizeof(double));
  size_t place = 0;
  for (int l = 0; l < n.layers; l++) {
    size_t size = (size_t)n.widths[l] * n.widths[l + 1];
    n.weights[l] = memory(size, sizeof(float));
    for (size_t i = 0; i < size; i++) n.parameters[place++] = n.weights[l][i] = 0.2f * number();
    for (int i = 0; i < n.widths[l + 1]; i++) n.parameters[place++] = 0;
  }
  for (int l = 0; l <= n.layers; l++) {
    size_t size = (size_t)n.widths[l] * rows;
    n.values[l] = memory(size, sizeof(float));
    for (size_t i = 0; i < size; i++) n.values[l][i] = number();
  }
  return n;
}

/* z = W x in blocks of rows; each block is an array of its own, as the host keeps them. */
static void columns(const network *n, int block) {
  for (int start = 0; start < n->rows; start += block)
    for (int l = 0; l < n->layers; l++) {
      int in = n->widths[l], out = n->widths[l + 1];
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, out, block, in, 1, n->weights[l], in,
                  n->values[l] + (size_t)start * in, block, 0,
                  n->values[l + 1] + (size_t)start * out, block);
    }
}

static void rows(const network *n, int block) {
  for (int start = 0; start < n->rows; start += block)
    for (int l = 0; l < n->layers; l++) {
      int in = n->widths[l], out = n->widths[l + 1];
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, block, out, in, 1,
                  n->values[l] + (size_t)start * in, in, n->weights[l], in, 0,
                  n->values[l + 1] + (size_t)start * out, out);
    }
}

/* The host's services that `mlp` does not use while it is created and run forward are left out. */
static qhost_host host = {.struct_size = sizeof host,
                          .abi_major = QHOST_ABI_MAJOR,
                          .abi_minor = QHOST_ABI_MINOR,
                          .thread_count = 1,
                          .version = "benchmark"};
static char message[1024];
static qhost_error failure = {.struct_size = sizeof failure, .capacity = sizeof message,
                              .message = message};

static const qhost_component *find_mlp(const char *path) {
  void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (handle == NULL) fail("plugin", dlerror());
  const qhost_plugin *(*enter)(const qhost_host *, qhost_error *);
  *(void **)&enter = dlsym(handle, "qhost_plugin_entry_v1");
  const qhost_plugin *plugin = enter ? enter(&host, &failure) : NULL;
  if (plugin == NULL) fail("plugin", message);
  for (uint32_t i = 0; i < plugin->component_count; i++)
    if (strcmp(plugin->components[i]->name, "mlp") == 0) return plugin->components[i];
  fail("plugin", "it has no model 'mlp'");
  return NULL;
}

static qhost_value value_of(const qhost_parameter *p, const int64_t *hidden, int count) {
  qhost_value v = {.struct_size = sizeof v, .type = p->type, .text = p->default_value};
  if (strcmp(p->name, "hidden") == 0) {
    v.count = (uint64_t)count;
    v.integers = hidden;
  } else if (p->type == QHOST_CHOICE) {
    for (uint32_t c = 0; c < p->choice_count; c++)
      if (strcmp(p->choices[c]->name, p->default_value) == 0) v.integer = c;
  } else {
    v.real = atof(p->default_value);
    v.integer = atoll(p->default_value);
  }
  return v;
}

static void *make_mlp(const qhost_component *component, const network *n) {
  int64_t hidden[MAX_LAYERS];
  for (int l = 1; l < n->layers; l++) hidden[l - 1] = n->widths[l];
  qhost_value values[32];
  const qhost_value *pointers[32];
  for (uint32_t i = 0; i < component->parameter_count && i < 32; i++) {
    values[i] = value_of(component->parameters[i], hidden, n->layers - 1);
    pointers[i] = &values[i];
  }
  qhost_request request = {.struct_size = sizeof request,
                           .value_count = component->parameter_count,
                           .component = component,
                           .host = &host,
                           .values = pointers};
  uint64_t in = (uint64_t)n->widths[0], out = (uint64_t)n->widths[n->layers];
  qhost_shape input = {sizeof input, 1, &in}, output = {sizeof output, 1, &out};
  qhost_mapping mapping = {.struct_size = sizeof mapping,
                           .task = QHOST_TASK_CLASSIFICATION,
                           .input = &input,
                           .output = &output};
  void *instance = NULL;
  check(((const qhost_model *)component->table)->create(&request, &mapping, &instance, &failure),
        "create", &failure);
  return instance;
}

static void **open_sessions(const qhost_model *model, void *instance, const network *n) {
  void **sessions = memory((size_t)(n->rows / n->block), sizeof(void *));
  for (int b = 0; b < n->rows / n->block; b++) {
    check(model->open(instance, &sessions[b], &failure), "open", &failure);
    check(model->bind(sessions[b], n->values[0] + (size_t)b * n->block * n->widths[0],
                      (uint64_t)n->block, &failure),
          "bind", &failure);
  }
  return sessions;
}

static void mlp(const qhost_model *model, void **sessions, const network *n) {
  for (int b = 0; b < n->rows / n->block; b++)
    check(model->forward(sessions[b], n->parameters, 1,
                         n->values[n->layers] + (size_t)b * n->block * n->widths[n->layers],
                         &failure),
          "forward", &failure);
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int count, char **words) {
  if (count != 6) fail(words[0], "give plugin, widths, rows, rows of a session, rounds");
  network n = make_network(words[2], atoi(words[3]), atoi(words[4]));
  int rounds = atoi(words[5]) < MAX_ROUNDS ? atoi(words[5]) : MAX_ROUNDS;
  if (n.layers < 1 || n.block < 1 || n.rows % n.block) fail("rows", "no multiple of a session's");
  const qhost_component *component = find_mlp(words[1]);
  const qhost_model *model = component->table;
  void **sessions = open_sessions(model, make_mlp(component, &n), &n);
  double seconds[WAYS][MAX_ROUNDS], operations = 0;
  for (int l = 0; l < n.layers; l++) operations += 2.0 * n.widths[l] * n.widths[l + 1] * n.rows;
  for (int round = -1; round < rounds; round++)
    for (int way = 0; way < WAYS; way++) {
      double start = now();
      if (way == 0) mlp(model, sessions, &n);
      if (way == 1) columns(&n, n.rows);
      if (way == 2) columns(&n, n.block);
      if (way == 3) rows(&n, n.rows);
      if (way == 4) rows(&n, n.block);
      if (round >= 0) seconds[way][round] = now() - start;
    }
  for (int way = 0; way < WAYS; way++) {
    qsort(seconds[way], (size_t)rounds, sizeof(double), ascending);
    printf("%.2f ", operations / seconds[way][rounds / 2] * 1e-9);
  }
  printf("\n");
}
