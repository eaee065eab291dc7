/*
 * One radio link, slot by slot: fading, interference, reports, HARQ, and what chooses the modulation and coding scheme.
 *
 * A trace is what happens to an episode whatever is sent: it is made once, and any number of policies run on it. Ratios are in dB
 * where nothing else is said; a symbol's information is in units of the bits that it carries, 0 to 1.
 */
#ifndef QHOST_KERNELS_LINK_H
#define QHOST_KERNELS_LINK_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

enum {
  QHOST_KERNEL_LINK_INPUTS = 15,
  QHOST_KERNEL_LINK_SCHEMES = 28,
  QHOST_KERNEL_LINK_ORDERS = 4,    /* 2, 4, 6, 8 bits of a symbol */
  QHOST_KERNEL_LINK_ROUNDS = 4,    /* transmissions of a block at most */
  QHOST_KERNEL_LINK_PROCESSES = 8, /* of HARQ, in turn: a block's slots are 8 apart */
  QHOST_KERNEL_LINK_POINTS = 16,   /* frequencies at which fading is known, 8 resource blocks apart */
  QHOST_KERNEL_LINK_BANDS = 8,     /* sub-bands of reports, two points each */
  QHOST_KERNEL_LINK_TAPS = 24,
  QHOST_KERNEL_LINK_SINES = 8,     /* of a tap */
  QHOST_KERNEL_LINK_PROFILES = 2,  /* delay profiles that episodes are drawn from */
  QHOST_KERNEL_LINK_SIZES = 5,     /* allocations of 8, 16, 32, 64, 128 resource blocks */
  QHOST_KERNEL_LINK_REPORTS = 8,   /* reports that are remembered */
  QHOST_KERNEL_LINK_QUALITIES = 15,
  QHOST_KERNEL_LINK_LEAD = 56,     /* slots before the first block, for reports */
  QHOST_KERNEL_LINK_OCTAVE = 64,   /* entries of an octave of ratios */
  QHOST_KERNEL_LINK_RATIOS = 28 * 64, /* ratios of 2^-14 ... 2^14 */
  QHOST_KERNEL_LINK_INVERSE = 1024,
  QHOST_KERNEL_LINK_WATERFALL = 512 /* entries of ln Phi over -8 ... 8 */
};

/* Where a block of a scheme, sent k times, is lost half of the time, and how steeply that changes. */
typedef struct qhost_kernel_link_curve {
  float middle;        /* dB */
  float inverse_width; /* 1/dB */
} qhost_kernel_link_curve;

/* Tables, the same for all episodes. */
typedef struct qhost_kernel_link_plan {
  float efficiencies[QHOST_KERNEL_LINK_SCHEMES]; /* bits of a symbol */
  int32_t orders[QHOST_KERNEL_LINK_SCHEMES];     /* bits of a symbol / 2 - 1 of its constellation */
  qhost_kernel_link_curve curves[QHOST_KERNEL_LINK_SIZES][QHOST_KERNEL_LINK_SCHEMES][QHOST_KERNEL_LINK_ROUNDS];
  float block_counts[QHOST_KERNEL_LINK_SIZES][QHOST_KERNEL_LINK_SCHEMES]; /* code blocks of a transport block */
  float thresholds[QHOST_KERNEL_LINK_SIZES][QHOST_KERNEL_LINK_SCHEMES];   /* dB, of 10 % lost transport blocks */
  float quality_thresholds[QHOST_KERNEL_LINK_QUALITIES]; /* dB, rising: from where a report says at least this quality */
  int32_t quality_orders[QHOST_KERNEL_LINK_QUALITIES];
  float information[QHOST_KERNEL_LINK_RATIOS][QHOST_KERNEL_LINK_ORDERS]; /* of a symbol, by the bits of a ratio */
  float inverse[QHOST_KERNEL_LINK_ORDERS][QHOST_KERNEL_LINK_INVERSE + 1]; /* dB by information */
  float waterfall[QHOST_KERNEL_LINK_WATERFALL + 1]; /* ln Phi(z) */
  int32_t tap_counts[QHOST_KERNEL_LINK_PROFILES];
  float tap_delays[QHOST_KERNEL_LINK_PROFILES][QHOST_KERNEL_LINK_TAPS];     /* in delay spreads */
  float tap_amplitudes[QHOST_KERNEL_LINK_PROFILES][QHOST_KERNEL_LINK_TAPS]; /* squares sum to 1 */
  float point_spacing; /* Hz */
  float slot_seconds;
  float doppler_for_speed; /* Hz for 1 km/h */
  float report_error;  /* dB, deviation */
  /* Ranges that episodes are drawn from, least and largest. */
  float snr[2], delay_spread[2], speed[2]; /* dB; ns; km/h */
  int32_t report_period[2], delay[2];      /* slots */
  float burst_share[2], burst_length[2], burst_ratio[2]; /* of the time; slots; dB above noise */
  /* The offset that policies see: offset += step (lost - expected), expected by a logistic curve of this width. */
  float offset_step, offset_width; /* dB */
  int32_t slot_count; /* T of an episode */
} qhost_kernel_link_plan;

/* What an episode is, beside its randomness. */
typedef struct qhost_kernel_link_scene {
  float snr, delay_spread, speed, doppler, doppler_estimate, burst_share, burst_length, burst_ratio;
  int32_t profile, report_period, delay, size, first_point, point_count;
} qhost_kernel_link_scene;

/* A report: of a slot of the trace, counted from the first one with a block; negative before it. */
typedef struct qhost_kernel_link_report {
  int32_t slot, quality, least, largest; /* quality 0 to 15: of all bands, of the worst and the best one of the allocation */
} qhost_kernel_link_report;

/* What no base station knows of an episode: for policies that bound what others can bring. */
typedef struct qhost_kernel_link_insight {
  float (*levels)[2][QHOST_KERNEL_LINK_ORDERS]; /* [T] mean information of the allocation, without and with interference */
  int32_t *bursts;                              /* [T + LEAD] whether there is interference */
  float (*taps)[2][QHOST_KERNEL_LINK_TAPS];     /* [T + LEAD] real and imaginary parts of fading */
  /* How taps add up at the points, and the mean ratio without and with interference. */
  float cosine[QHOST_KERNEL_LINK_TAPS][QHOST_KERNEL_LINK_POINTS], sine[QHOST_KERNEL_LINK_TAPS][QHOST_KERNEL_LINK_POINTS];
  float clear, disturbed;
} qhost_kernel_link_insight;

/* An episode whatever is sent. */
typedef struct qhost_kernel_link_trace {
  qhost_kernel_link_scene scene;
  float (*information)[QHOST_KERNEL_LINK_ORDERS]; /* [T] mean information of a symbol of the allocation */
  float *luck;                                    /* [T] uniform: of the block that is new in the slot */
  qhost_kernel_link_report *reports;              /* room for T + LEAD */
  int32_t report_count;
  qhost_kernel_link_insight *insight;             /* filled as the trace is made, or NULL */
} qhost_kernel_link_trace;

/*
 * Draws episode `index` of stream `key` and makes its trace; `scratch` has room for 3 (T + LEAD) doubles.
 */
void qhost_kernel_link_trace_make(const qhost_kernel_link_plan *plan, uint64_t key, uint64_t index,
                                  double *scratch, qhost_kernel_link_trace *trace);

/* Power gains [count] of an episode's slots at the first point, from the beginning: to look at. */
void qhost_kernel_link_gains(const qhost_kernel_link_plan *plan, uint64_t key, uint64_t index, int count, float *gains);

/* The effective ratio in dB of ratios [count] for a constellation. */
float qhost_kernel_link_effective(const qhost_kernel_link_plan *plan, const float *ratios, int count, int order);

/* A block on its way. */
typedef struct qhost_kernel_link_process {
  float information; /* sum over transmissions */
  float luck;
  float expected;    /* part that was expected to be lost at the first transmission, by the offset at that time */
  int32_t scheme, rounds, is_waiting; /* is_waiting: lost, to be sent again */
  int32_t start;     /* slot */
} qhost_kernel_link_process;

/* What a first transmission's acknowledgement says, for outer loops. */
typedef struct qhost_kernel_link_feedback {
  int32_t is_lost, scheme;
  float expected, reported, reported_bands; /* dB that the report said when it was sent: of all bands; of the allocation's */
} qhost_kernel_link_feedback;

/* A link that runs on a trace. */
typedef struct qhost_kernel_link {
  const qhost_kernel_link_plan *plan;
  const qhost_kernel_link_trace *trace;
  int32_t slot;
  qhost_kernel_link_process processes[QHOST_KERNEL_LINK_PROCESSES];
  /* First transmissions not yet acknowledged: ring by slot modulo 16. */
  qhost_kernel_link_feedback pending[16];
  int32_t pending_slot[16];
  /* What came at the beginning of this slot. */
  qhost_kernel_link_feedback arrived;
  int32_t has_arrived;
  float offset;  /* dB */
  int32_t results[4], last_scheme, last_rounds;
  int32_t report; /* index of the latest one that is known */
  /* The block that ended in the last slot played, for learning: -1 none. */
  int32_t ended_process;
  float ended_reward;  /* bits of a symbol */
  int32_t ended_rounds, ended_start, ended_scheme;
  /* Sums. */
  double delivered; /* bits of a symbol, over slots */
  int64_t first_count, first_lost, block_count, block_lost, slot_count;
} qhost_kernel_link;

/* Starts a link at slot 0. */
void qhost_kernel_link_begin(const qhost_kernel_link_plan *plan, const qhost_kernel_link_trace *trace,
                             qhost_kernel_link *link);

/* Whether the slot needs a scheme: its process has no block to send again. Takes in what is acknowledged first; call once a slot. */
int qhost_kernel_link_listen(qhost_kernel_link *link);

/* Writes what is known, [15]. */
void qhost_kernel_link_observe(const qhost_kernel_link *link, float *inputs);

/* Plays the slot; `scheme` counts where `listen` said so. */
void qhost_kernel_link_play(qhost_kernel_link *link, int scheme);

/* The part of new blocks of a scheme that are received at a ratio in dB of the allocation. */
float qhost_kernel_link_success(const qhost_kernel_link_plan *plan, int size, int scheme, int rounds, float ratio);

/* The scheme of most expected bits at its first transmission, by the slot's true information. */
int qhost_kernel_link_genie(const qhost_kernel_link *link);

/* dB that a quality stands for. */
float qhost_kernel_link_ratio(const qhost_kernel_link_plan *plan, float quality);

/* The highest scheme whose transport blocks are lost in at most 10 % at a ratio in dB. */
int qhost_kernel_link_inner(const qhost_kernel_link_plan *plan, int size, float ratio);

/* Policies without learning beforehand. */
enum {
  QHOST_KERNEL_LINK_FIXED = 0, /* one scheme */
  QHOST_KERNEL_LINK_INNER = 1, /* inner loop on the latest report */
  QHOST_KERNEL_LINK_OUTER = 2, /* with an offset that keeps lost blocks at a target */
  QHOST_KERNEL_LINK_SALAD = 3, /* ratio inferred from acknowledgements, by cross-entropy */
  QHOST_KERNEL_LINK_GENIE = 4  /* knows the slot */
};

enum { QHOST_KERNEL_LINK_STEPS = 6, QHOST_KERNEL_LINK_WINDOW = 15 };

typedef struct qhost_kernel_link_policy {
  int32_t kind, scheme;
  float target;  /* part of first transmissions to be lost */
  float step;    /* OUTER: dB after a lost block */
  float start;   /* dB, offset at first */
  int32_t uses_bands; /* whether the mean of the allocation's worst and best band is taken for the report */
  /* SALAD: whether the ratio is relative to reports; the logistic curve's width, dB; gain of the loop that keeps the target;
     how often and how boldly it probes. */
  int32_t uses_reports;
  float width, gain, probe_part, probe_target;
} qhost_kernel_link_policy;

/* What a policy remembers of a link; all zero at first. */
typedef struct qhost_kernel_link_memory {
  float offset;
  float offsets[QHOST_KERNEL_LINK_STEPS], losses[QHOST_KERNEL_LINK_STEPS];
  float expected[QHOST_KERNEL_LINK_WINDOW];
  int32_t lost[QHOST_KERNEL_LINK_WINDOW];
  int32_t count, is_started;
  float error;
} qhost_kernel_link_memory;

/* Plays slots first ... T of a trace by a policy; the link has the sums. */
void qhost_kernel_link_run(const qhost_kernel_link_policy *policy, qhost_kernel_link *link);

/* What a block would meet that starts in a slot: mean informations after 1 ... 4 transmissions. */
typedef struct qhost_kernel_link_future {
  float information[QHOST_KERNEL_LINK_ROUNDS][QHOST_KERNEL_LINK_ORDERS];
} qhost_kernel_link_future;

/* What is expected of a block over its luck. */
typedef struct qhost_kernel_link_outcome {
  float bits, slots, first_lost; /* bits of a symbol; transmissions; part of first ones lost */
} qhost_kernel_link_outcome;

/* The future of slot `start`; there must be 3 x 8 slots after it. */
void qhost_kernel_link_foresee(const qhost_kernel_link_trace *trace, int start, qhost_kernel_link_future *future);

/* What becomes of a block of a scheme. */
qhost_kernel_link_outcome qhost_kernel_link_expect(const qhost_kernel_link_plan *plan, int size,
                                                   const qhost_kernel_link_future *future, int scheme);

/*
 * The best that is possible for who knows all fading of an episode, past and to come, and interference as late as reports are: by dynamic
 * programming backwards over the turns of each process, with all that may become of interference and luck. Writes for each slot and for whether
 * there was interference `delay` slots before it the expected bits from there on of its process, worth [T x 2], and the scheme, [T x 2]. No
 * policy that learns of interference with that delay has more expected bits. The trace has its insight.
 */
void qhost_kernel_link_foreknow(const qhost_kernel_link_plan *plan, const qhost_kernel_link_trace *trace, double (*worth)[2],
                                uint8_t (*schemes)[2]);

/*
 * The scheme of most expected bits less `turn_worth` for each transmission, in the mean over 32 futures: for who knows all parameters, the
 * fading of every tap as it was `delay` slots ago and at the last `report_count` reports, without error, and interference `delay` slots
 * ago. Futures are normal given these, with the covariance J0 of Jakes' spectrum. The trace has its insight.
 */
int qhost_kernel_link_guess(const qhost_kernel_link *link, int report_count, float turn_worth, uint64_t key, uint64_t index);

/*
 * What each scheme is worth in the mean over a block's luck: rewards [28] = E[d^(k-1) bits] and discounts [28] = E[d^k], for k
 * transmissions.
 */
void qhost_kernel_link_hindsight(const qhost_kernel_link_plan *plan, int size, const qhost_kernel_link_future *future,
                                 float discount, float *rewards, float *discounts);

/*
 * The teacher: 15-256-256-28 with rectified units. Its weights, in this order: matrices [256 x 15], [256 x 256], [28 x 256], each with
 * its biases after it. Activations have rows (samples) contiguous.
 */
enum {
  QHOST_KERNEL_LINK_HIDDEN = 256,
  QHOST_KERNEL_LINK_WEIGHTS = 256 * 16 + 256 * 257 + 28 * 257,
  QHOST_KERNEL_LINK_SCRATCH = 4 * 256 + 3 * 28 /* floats of a row */
};

/* What is taken off inputs as `observe` writes them, [15], and what they are then divided by. */
const float *qhost_kernel_link_middles(void);
const float *qhost_kernel_link_spreads(void);

/* Scales inputs as `observe` writes them, [15], to about -2 ... 2, `stride` apart. */
void qhost_kernel_link_scale(const float *inputs, float *scaled, size_t stride);

/* Values [28 x rows] of scaled inputs [15 x rows]; scratch [SCRATCH x rows]. */
void qhost_kernel_link_values(const float *weights, size_t rows, const float *scaled, float *scratch, float *values);

/*
 * The gradient [WEIGHTS] of the sum of slopes [28 x rows] times values; scratch as for values.
 */
void qhost_kernel_link_gradient(const float *weights, size_t rows, const float *scaled, const float *slopes, float *scratch,
                                float *gradient);

/* The weights that come with the plugin. */
const float *qhost_kernel_link_kept_teacher(void);

/* Weights that learn, each [WEIGHTS]. */
typedef struct qhost_kernel_link_learner {
  float *weights;  /* of the network */
  float *target;   /* of the target network */
  float *averaged; /* exponential mean of weights */
  float *gradient, *first, *second; /* of Adam */
  int64_t step;
} qhost_kernel_link_learner;

/*
 * One step of Adam on Huber's loss of y(m) = r(m) + d(m) Q'(s', argmax Q(s', .)) for all schemes m: rewards and discounts [28 x rows]. The
 * network chooses, the target network values: double DQN. `averaging` is the part of the weights that their mean takes over. Returns the mean square of the differences.
 */
float qhost_kernel_link_learn(qhost_kernel_link_learner *learner, size_t rows, const float *scaled, const float *next,
                              const float *rewards, const float *discounts, float rate, float averaging,
                              float *scratch);

#pragma GCC visibility pop

#endif
