/*
 * Layers of spiking neurons, stepped in time; lanes are neurons of one layer, or offsets of a cut of one neuron.
 *
 * T = steps, H = neurons, S = H rounded up to a multiple of 16 ("lanes"), N = inputs of a layer. All arrays
 * of floats begin on a cache line's boundary. Products and sums are rounded one by one, never fused, so that every
 * processor and the plain version have the same bits. Weights are multiples of 2^-14: sums of them are exact up to
 * 1,024, and so do not depend on their order.
 */
#ifndef QHOST_KERNELS_SPIKING_H
#define QHOST_KERNELS_SPIKING_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* Lanes of a vector. */
enum { QHOST_SPIKING_LANES = 16 };

/* The arrays [S] of a layer's state, one after the other. */
enum {
  QHOST_SPIKING_MEMBRANE = 0,
  QHOST_SPIKING_FIRED = 1,      /* 1 where the last step had a spike */
  QHOST_SPIKING_SYNAPSE = 2,    /* the synaptic current, or the excitatory conductance */
  QHOST_SPIKING_INHIBITION = 3, /* the inhibitory conductance */
  QHOST_SPIKING_ADAPTATION = 4, /* of the threshold; the recovery of Izhikevich's neurons */
  QHOST_SPIKING_RESTING = 5,    /* steps of rest that are left */
  QHOST_SPIKING_TRACE = 6,      /* of the spikes */
  QHOST_SPIKING_SUM = 7,        /* of the membrane, or of the spikes */
  QHOST_SPIKING_STATES = 8
};

/* What neurons do. */
enum {
  QHOST_SPIKING_CURRENT = 1,       /* synapses are currents that decay */
  QHOST_SPIKING_CONDUCTANCE = 2,   /* synapses are conductances that decay: two currents a step, [2 x S] */
  QHOST_SPIKING_SUBTRACT = 4,      /* a spike takes the threshold off the membrane */
  QHOST_SPIKING_ZERO = 8,          /* a spike puts the membrane at `reset` */
  QHOST_SPIKING_NEXT = 16,         /* it does so in the next step */
  QHOST_SPIKING_REACHED = 32,      /* spikes at the threshold, not only above it */
  QHOST_SPIKING_ADAPTS = 64,       /* the threshold rises with spikes */
  QHOST_SPIKING_RESTS = 128,       /* spikes are followed by rest */
  QHOST_SPIKING_TRACED = 256,      /* the trace is wanted */
  QHOST_SPIKING_SUMMED = 512,      /* the sum is wanted */
  QHOST_SPIKING_SILENT = 1024,     /* there are no spikes */
  QHOST_SPIKING_SCALED = 2048,     /* `gain` is not 1 */
  QHOST_SPIKING_IZHIKEVICH = 4096, /* quadratic neurons */
  QHOST_SPIKING_COUNTED = 8192     /* the sum is that of the spikes */
};

/*
 * A layer. Leaky integrate-and-fire:
 *   i_t = synapse i_{t-1} + x_t (or x_t itself; or g (E - v) for either conductance)
 *   u_t = decay v_{t-1} + gain i_t,   spike: u_t > threshold + adaptation A_{t-1}
 *   v_t = u_t, u_t - threshold or `reset`;  A_t = adaptation_decay A_{t-1} + spike_t
 * Izhikevich (2003), with a step of 1 ms: v in two halves of v' = 0.04 v^2 + 5 v + 140 - A + gain i, then
 * A' = recovery (sensitivity v - A); at 30 mV a spike, v = reset and A += jump.
 */
typedef struct qhost_spiking_layer {
  size_t lanes;
  uint32_t flags;
  const float *decay, *gain, *threshold, *synapse; /* [S] */
  float reset, adaptation, adaptation_decay, rest_steps, trace_decay;
  float excitatory, inhibitory;                        /* reversal potentials */
  float recovery, sensitivity, jump;                   /* of Izhikevich's neurons */
} qhost_spiking_layer;

/* Where a run of steps leaves what it computes; NULL: nowhere. Step t is at t, whatever step the run begins at. */
typedef struct qhost_spiking_record {
  uint16_t *spikes;  /* [T x S / 16], a bit for each lane */
  float *membranes;  /* [T x S] before the reset */
  float *synapses;   /* [T x S], or [T x 2 S] of conductances */
} qhost_spiking_record;

/*
 * Steps `begin` up to `end`: state [8 x S] in and out; currents at x + t stride, [S] or [2 x S].
 */
void qhost_spiking_run(const qhost_spiking_layer *layer, float *state, const float *currents,
                       size_t stride, size_t begin, size_t end, const qhost_spiking_record *record);

/* Spikes of inputs that are there (sign 1) or gone (-1) at steps that do not fall; weights [N x W]. */
typedef struct qhost_spiking_changes {
  const float *weights;
  const uint32_t *steps, *inputs;
  const float *signs;
  size_t count;
} qhost_spiking_changes;

/* How many runs go side by side: the steps of one wait for one another, those of several do not. */
enum { QHOST_SPIKING_SIDE_BY_SIDE = 4 };

/* As many runs over the same steps, each with a state, currents and a record of its own. */
void qhost_spiking_run_side_by_side(const qhost_spiking_layer *layer, float *const *states,
                                    const float *const *currents, size_t stride, size_t begin,
                                    size_t end, const qhost_spiking_record *records);

/* Only the states after steps `begin` up to `end` of as many runs, with changes of each one's currents [T x W] from `begin` on. */
void qhost_spiking_run_changed(const qhost_spiking_layer *layer, float *const *states,
                               const float *const *currents, size_t begin, size_t end,
                               const qhost_spiking_changes *changes);

/*
 * `qhost_spiking_run` with connections within the layer: before each step, currents_t += the rows of `recurrent` [H x S or 2 S] of the
 * neurons that fired in the step before. The currents [T x ...] are changed.
 */
void qhost_spiking_run_recurrent(const qhost_spiking_layer *layer, const float *recurrent,
                                 float *state, float *currents, size_t stride, size_t begin,
                                 size_t end, const qhost_spiking_record *record);

/* Events of steps: those of step t are at offsets[t] up to offsets[t + 1]. */
typedef struct qhost_spiking_events {
  const uint32_t *offsets;  /* [T + 1], of which T steps are looked at */
  const uint32_t *channels; /* which input */
  const float *values;      /* how strong; NULL: 1 */
} qhost_spiking_events;

/* currents [T x W] = bias [W] + sum of the rows of `weights` [N x W] of each step's events; W a multiple of 16. */
void qhost_spiking_gather(const float *weights, const float *bias, size_t width,
                          const qhost_spiking_events *events, size_t steps, float *currents);

/* The same by a dense product with spikes [N x T], each 0 or 1, `pitch` floats from input to input. */
void qhost_spiking_multiply(const float *weights, const float *bias, size_t width,
                            size_t input_count, const float *spikes, size_t pitch, size_t steps,
                            float *currents);

/* currents[t + delays[i x S + j]] [j] += weights[i x W + j] for each event (i, t), j < W and W = S or 2 S. */
void qhost_spiking_scatter(const float *weights, const uint32_t *delays, size_t lanes, size_t width,
                           const qhost_spiking_events *events, size_t steps,
                           float *currents);

/* Writes the events of spikes [T x lanes / 16]: offsets [T + 1] and channels; how many there are. */
size_t qhost_spiking_list(const uint16_t *spikes, size_t lanes, size_t begin, size_t end,
                          uint32_t *offsets, uint32_t *channels);

/* q(x) = x as the nearest multiple of 2^-14; beyond 255 it stays there. */
void qhost_spiking_round(const double *from, size_t count, float *to);

/*
 * The inputs that are not 0, of at most 16 rows: inputs [steps x channels] `pitch` floats apart, rows side by
 * side. Row r's are written to channels[r] and values[r], where steps x channels have room; offsets[r] [steps + 1];
 * counts [rows].
 */
void qhost_spiking_scan(const float *inputs, size_t pitch, size_t rows, size_t steps,
                        size_t channel_count, uint32_t *const *channels, float *const *values,
                        uint32_t *const *offsets, uint32_t *counts);

/* sums [C] = bias + the rows of weights [N x width] times traces [N] rounded to multiples of 2^-14: exact. */
void qhost_spiking_read(const float *weights, const float *bias, size_t output_count, size_t width,
                        size_t input_count, const float *traces, double *sums);

/* A row in which one neuron runs at S offsets of a cut, as lanes of a layer (16 or 32). */
typedef struct qhost_spiking_cut_row {
  const float *start;      /* the neuron's states before the first step, [8 x neuron_lanes] */
  const float *currents;   /* its currents at the base point */
  const uint64_t *train;   /* its spikes there, a bit for each step */
  const uint32_t *steps;   /* where changes [W] are added to its currents, [E] */
  const float *changes;    /* those of each of the steps, or the same at all of them */
  size_t change_count;     /* E */
  float *state;            /* out: the final state, [8 x S] */
  float *scratch;          /* [end x W] */
  uint16_t *spikes;        /* out: from the first step on, the spikes that differ from `train`, [end x S / 16] */
  uint32_t differs;        /* out: a bit for each lane where any does */
} qhost_spiking_cut_row;

/*
 * One neuron in up to QHOST_SPIKING_SIDE_BY_SIDE rows, from step `begin` up to `end`. Its currents are at currents[t] (always
 * currents[0] if constant), those of inhibition `pitch` floats on; has_own: steps have changes of their own.
 */
void qhost_spiking_cut(const qhost_spiking_layer *layer, size_t neuron, size_t neuron_lanes,
                       size_t pitch, int is_constant, int has_own, qhost_spiking_cut_row *rows,
                       size_t row_count, size_t begin, size_t end);

/* The steps of one lane of spikes that differ, and whether they are there (1) or gone (-1); how many there are. */
size_t qhost_spiking_lane_changes(const uint16_t *spikes, size_t lanes, size_t lane,
                                  const uint64_t *train, size_t begin, size_t end, uint32_t *steps,
                                  float *signs);

/* Surrogates of dspike/du. */
enum {
  QHOST_SPIKING_FAST_SIGMOID = 0, /* 1 / (1 + k |x|)^2 */
  QHOST_SPIKING_ARCTAN = 1,       /* (k / 2) / (1 + (pi k x / 2)^2) */
  QHOST_SPIKING_SIGMOID = 2,      /* k s (1 - s), s = 1 / (1 + e^(-k x)) */
  QHOST_SPIKING_TRIANGLE = 3,     /* k max(0, 1 - k |x|) */
  QHOST_SPIKING_BOXCAR = 4        /* k where |x| < 1 / (2 k) */
};

/* slopes [count] of the step at x. */
void qhost_spiking_surrogate(uint32_t kind, float steepness, const float *x, size_t count,
                             float *slopes);

/* What a gradient goes through: a layer's record, and what it writes. */
typedef struct qhost_spiking_backward {
  uint32_t surrogate;
  float steepness;
  uint32_t is_reset_followed;  /* whether slopes go through the reset, too */
  const float *membranes, *synapses;
  const uint16_t *spikes;
  const float *recurrent;      /* [H x W]; NULL: none */
  size_t neuron_count;         /* H */
  const float *spike_slopes;   /* [T x S], dL/dspike from outside */
  const float *membrane_slopes; /* [T x S], dL/du from outside; NULL: 0 */
  float *current_slopes;       /* out: [T x W], dL/dx */
  float *decay, *gain, *threshold, *synapse; /* out: [S] each, added to */
  float *scratch;              /* [8 x S] */
} qhost_spiking_backward;

/* Goes back through steps 0 up to `steps`, whose state began at 0. Not for Izhikevich's neurons. */
void qhost_spiking_run_back(const qhost_spiking_layer *layer, const qhost_spiking_backward *pass,
                            size_t steps);

/* gradient [N x W] += current_slopes [T x W] of the steps of each input's events, times their values. */
void qhost_spiking_add_gradient(const qhost_spiking_events *events, size_t steps, size_t width,
                                const float *current_slopes, float *gradient);

/* spike_slopes [T x pitch] [t][i] = weights[i] [W] . current_slopes[t] [W] for i < N. */
void qhost_spiking_carry_back(const float *weights, size_t input_count, size_t width,
                              const float *current_slopes, size_t steps, size_t pitch,
                              float *spike_slopes);

/*
 * The same for synapses with delays, and what slopes are along delays: of spikes that a straight line joins to the steps
 * before and after. spike_slopes [T x pitch] may be NULL.
 */
void qhost_spiking_scatter_back(const float *weights, const uint32_t *delays, size_t lanes,
                                size_t width, size_t input_count,
                                const qhost_spiking_events *events, size_t steps, size_t pitch,
                                const float *current_slopes, float *gradient,
                                float *delay_gradient, float *spike_slopes);

#pragma GCC visibility pop

#endif
