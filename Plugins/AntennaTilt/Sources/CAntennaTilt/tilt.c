#include "qhost_kernels_tilt.h"

#include "tilt_angle.h"

enum { BLOCK = QHOST_KERNEL_TILT_BLOCK, SITES = QHOST_KERNEL_TILT_SITES };

static const float bel = 0.230258509f; /* ln 10 / 10 */

/* What is the same for all users of a drop; powers in natural logarithms of mW. */
typedef struct drop {
  float site_x[SITES], site_y[SITES], shift_x[7], shift_y[7]; /* m */
  float tilts[3 * SITES];
  float height, breakpoint;          /* above users; m */
  float clear, far, dark;            /* offsets of losses, antenna and power in them */
  float width, load, noise, noise_indoor;
} drop;

static void prepare(const qhost_kernel_tilt_plan *plan, const float *in, drop *out) {
  float distance = in[QHOST_KERNEL_TILT_DISTANCE], carrier = in[QHOST_KERNEL_TILT_CARRIER];
  for (int s = 0; s < SITES; s++) {
    out->site_x[s] = distance * plan->site_x[s];
    out->site_y[s] = distance * plan->site_y[s];
    out->shift_x[s] = distance * plan->shift_x[s];
    out->shift_y[s] = distance * plan->shift_y[s];
  }
  float mean = 0.0f;
  for (int n = 0; n < QHOST_KERNEL_TILT_NEIGHBOURS; n++) mean += in[QHOST_KERNEL_TILT_NEIGHBOUR + n];
  mean /= (float)QHOST_KERNEL_TILT_NEIGHBOURS;
  for (int c = 0; c < 3 * SITES; c++) out->tilts[c] = mean;
  for (int n = 0; n < QHOST_KERNEL_TILT_NEIGHBOURS; n++)
    out->tilts[plan->neighbours[n]] = in[QHOST_KERNEL_TILT_NEIGHBOUR + n];
  out->tilts[0] = in[QHOST_KERNEL_TILT_OWN];

  const qhost_kernel_tilt_loss *loss = &plan->loss;
  float height = in[QHOST_KERNEL_TILT_HEIGHT], frequency = natural_logarithm(carrier);
  out->height = height - plan->user_height;
  out->breakpoint = 4.0f * (height - 1.0f) * (plan->user_height - 1.0f) * carrier * 3.33564095f;
  float turn = natural_logarithm(out->breakpoint * out->breakpoint + out->height * out->height);
  float power = bel * (in[QHOST_KERNEL_TILT_POWER] + plan->gain);
  out->clear = power - loss->clear - 2.0f * frequency;
  out->far = out->clear + loss->turn * turn;
  out->dark = power - loss->dark - loss->dark_carrier * frequency;
  out->width = in[QHOST_KERNEL_TILT_WIDTH];
  out->load = in[QHOST_KERNEL_TILT_LOAD];
  out->noise = exponential(bel * plan->noise);
  /* Walls of the low-loss kind and the mean indoor distance, 25/3 m: TR 38.901, 7.4.3. */
  float glass = exponential(-bel * (2.0f + 0.2f * carrier));
  float concrete = exponential(-bel * (5.0f + 4.0f * carrier));
  float wall = 0.3f * glass + 0.7f * concrete;
  out->noise_indoor = out->noise * exponential(bel * (5.0f + 0.5f * 25.0f / 3.0f)) / wall;
}

/* What users of a block receive: with line of sight and without it from site 0, expected from others. */
typedef struct block {
  float x[BLOCK], y[BLOCK], probability[BLOCK];
  float clear[BLOCK], dark[BLOCK];     /* links to the own site, without antenna */
  float own[BLOCK], beside[BLOCK];     /* antenna gains of cell 0, and of cells 1 and 2 together */
  float others[BLOCK];                 /* mW */
} block;

QHOST_INLINE float attenuation(const qhost_kernel_tilt_plan *plan, const drop *drop, float azimuth,
                               float depression, int cell) {
  float across = azimuth - plan->boresights[cell % 3];
  across = across > 180.0f ? across - 360.0f : across;
  across = across < -180.0f ? across + 360.0f : across;
  across = across / plan->horizontal_width;
  float down = (depression - drop->tilts[cell]) / drop->width;
  float h = 12.0f * across * across, v = 12.0f * down * down;
  h = h < plan->front_to_back ? h : plan->front_to_back;
  v = v < plan->side_lobe ? v : plan->side_lobe;
  float sum = h + v;
  sum = sum < plan->front_to_back ? sum : plan->front_to_back;
  return exponential(-bel * sum);
}

/* Adds a site; `is_own` is known where this is compiled in. */
QHOST_INLINE void add_site(const qhost_kernel_tilt_plan *plan, const drop *drop, int site,
                           int is_own, block *users) {
  QHOST_LANES
  for (int u = 0; u < BLOCK; u++) {
    float east = users->x[u] - drop->site_x[site], north = users->y[u] - drop->site_y[site];
    float dx = east, dy = north, square = dx * dx + dy * dy;
    if (!is_own) { /* a user in the middle cell sees that cell's site itself */
#pragma clang loop unroll(full)
      for (int i = 1; i < 7; i++) {
        float x = east - drop->shift_x[i], y = north - drop->shift_y[i], other = x * x + y * y;
        dx = other < square ? x : dx;
        dy = other < square ? y : dy;
        square = other < square ? other : square;
      }
    }
    float distance = __builtin_sqrtf(square);
    float slant = 0.5f * natural_logarithm(square + drop->height * drop->height);
    float near = drop->clear - plan->loss.clear_slope * slant;
    float far = drop->far - plan->loss.far_slope * slant;
    float clear = distance > drop->breakpoint ? far : near;
    float dark = drop->dark - plan->loss.dark_slope * slant;
    dark = dark < clear ? dark : clear;
    float ratio = 18.0f / (distance > 18.0f ? distance : 18.0f);
    float probability = ratio + exponential(-distance / plan->loss.decay) * (1.0f - ratio);
    clear = exponential(clear);
    dark = exponential(dark);
    float azimuth = angle_of(dy, dx), depression = angle_of(drop->height, distance);
    float first = attenuation(plan, drop, azimuth, depression, 3 * site);
    float rest = attenuation(plan, drop, azimuth, depression, 3 * site + 1) +
                 attenuation(plan, drop, azimuth, depression, 3 * site + 2);
    if (is_own) {
      users->probability[u] = probability;
      users->clear[u] = clear;
      users->dark[u] = dark;
      users->own[u] = first;
      users->beside[u] = rest;
      users->others[u] = 0.0f;
    } else {
      users->others[u] += (first + rest) * (probability * clear + (1.0f - probability) * dark);
    }
  }
}

QHOST_INLINE float utility(const qhost_kernel_tilt_plan *plan, float signal, float disturbance) {
  float rate = plan->rate_factor * 1.44269504f * natural_logarithm(1.0f + signal / disturbance);
  rate = rate < plan->rate_cap ? rate : plan->rate_cap;
  return natural_logarithm(plan->offset + rate);
}

QHOST_WIDE
void qhost_kernel_tilt(const qhost_kernel_tilt_plan *plan, size_t count, const float *inputs,
                       double *utilities) {
  block users QHOST_KERNEL_LINES;
  float means[BLOCK] QHOST_KERNEL_LINES;
  for (size_t row = 0; row < count; row++) {
    const float *in = inputs + row * QHOST_KERNEL_TILT_INPUTS;
    drop drop;
    prepare(plan, in, &drop);
    float least = plan->least_distance, exponent = in[QHOST_KERNEL_TILT_EXPONENT];
    float indoor = in[QHOST_KERNEL_TILT_INDOOR], distance = in[QHOST_KERNEL_TILT_DISTANCE];
    double sum = 0.0;
    for (size_t start = 0; start < plan->user_count; start += BLOCK) {
      const float *cosines = plan->cosines + start, *sines = plan->sines + start;
      const float *edges = plan->edges + start, *log_radii = plan->log_radii + start;
      QHOST_LANES
      for (int u = 0; u < BLOCK; u++) {
        float part = exponential(exponent * log_radii[u]);
        float radius = least + (distance * edges[u] - least) * part;
        users.x[u] = radius * cosines[u];
        users.y[u] = radius * sines[u];
      }
      add_site(plan, &drop, 0, 1, &users);
      for (int site = 1; site < SITES; site++) add_site(plan, &drop, site, 0, &users);
      QHOST_LANES
      for (int u = 0; u < BLOCK; u++) {
        float p = users.probability[u], load = drop.load, others = load * users.others[u];
        float clear = users.clear[u] * users.own[u], dark = users.dark[u] * users.own[u];
        float beside = load * users.beside[u];
        float clear_rest = others + users.clear[u] * beside;
        float dark_rest = others + users.dark[u] * beside;
        float outside = p * utility(plan, clear, clear_rest + drop.noise) +
                        (1.0f - p) * utility(plan, dark, dark_rest + drop.noise);
        float inside = p * utility(plan, clear, clear_rest + drop.noise_indoor) +
                       (1.0f - p) * utility(plan, dark, dark_rest + drop.noise_indoor);
        means[u] = (1.0f - indoor) * outside + indoor * inside;
      }
      float total = 0.0f;
      for (int u = 0; u < BLOCK; u++) total += means[u];
      sum += (double)total;
    }
    utilities[row] = sum / (double)plan->user_count;
  }
}
