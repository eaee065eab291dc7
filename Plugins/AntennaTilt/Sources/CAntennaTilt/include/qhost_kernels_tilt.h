/*
 * The mean utility of the users of one cell among 21, for many drops at once.
 *
 * Distances of a plan are in units of the distance between sites, angles in degrees where nothing else is said.
 */
#ifndef QHOST_KERNELS_TILT_H
#define QHOST_KERNELS_TILT_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

enum {
  QHOST_KERNEL_TILT_SITES = 7,
  QHOST_KERNEL_TILT_SECTORS = 3,
  QHOST_KERNEL_TILT_NEIGHBOURS = 6,
  QHOST_KERNEL_TILT_INPUTS = 15,
  QHOST_KERNEL_TILT_BLOCK = 64 /* users at once; the count of a plan's users is a multiple of it */
};

/* A drop's inputs [15], in this order. */
enum {
  QHOST_KERNEL_TILT_OWN = 0,       /* electrical downtilt of cell 0, degrees */
  QHOST_KERNEL_TILT_NEIGHBOUR = 1, /* those of its six neighbours, 1 ... 6; the other cells have their mean */
  QHOST_KERNEL_TILT_HEIGHT = 7,    /* of base stations, m */
  QHOST_KERNEL_TILT_DISTANCE = 8,  /* between sites, m */
  QHOST_KERNEL_TILT_CARRIER = 9,   /* GHz */
  QHOST_KERNEL_TILT_POWER = 10,    /* of a cell, dBm */
  QHOST_KERNEL_TILT_WIDTH = 11,    /* vertical width of the beam between half powers, degrees */
  QHOST_KERNEL_TILT_INDOOR = 12,   /* part of users indoors */
  QHOST_KERNEL_TILT_EXPONENT = 13, /* radius = least + (edge - least) u^exponent */
  QHOST_KERNEL_TILT_LOAD = 14      /* part of the time that other cells send */
};

/* Losses of a link, in natural logarithms of power: offsets at 1 GHz for slant distances in m. */
typedef struct qhost_kernel_tilt_loss {
  float clear, clear_slope;           /* with line of sight, up to the breakpoint */
  float far_slope, turn;              /* beyond it: turn ln(d_BP^2 + dh^2) less */
  float dark, dark_slope, dark_carrier; /* without line of sight; dark_carrier ln f */
  float decay;                        /* of the probability of line of sight, m */
} qhost_kernel_tilt_loss;

typedef struct qhost_kernel_tilt_plan {
  size_t user_count;
  const float *cosines, *sines; /* [user_count] of the users' azimuths */
  const float *edges;           /* [user_count] to the edge of the cell there */
  const float *log_radii;       /* [user_count] ln u of numbers u over (0, 1] */
  float site_x[QHOST_KERNEL_TILT_SITES], site_y[QHOST_KERNEL_TILT_SITES];
  float shift_x[7], shift_y[7]; /* of the images; the first is 0 */
  float boresights[QHOST_KERNEL_TILT_SECTORS];
  int32_t neighbours[QHOST_KERNEL_TILT_NEIGHBOURS]; /* cells, 3 site + sector */
  qhost_kernel_tilt_loss loss;
  float user_height;      /* m */
  float least_distance;   /* m, from the site */
  float noise;            /* dBm */
  float gain;             /* of the antenna, dBi */
  float horizontal_width; /* degrees */
  float front_to_back, side_lobe;       /* dB */
  float rate_factor, rate_cap, offset;  /* utility = ln(offset + min(cap, factor log2(1 + SINR))) */
} qhost_kernel_tilt_plan;

/*
 * Writes the utilities [count] of drops inputs [count x 15]: means over users, their state of sight, and their being indoors.
 *
 * utility = mean_u sum_{sight} p_sight ((1 - indoor) U(SINR) + indoor U(SINR indoors)), where other sites have their expected power and
 * the sectors of the own one share the state of sight. Within 2e-5 of the same in double precision.
 */
void qhost_kernel_tilt(const qhost_kernel_tilt_plan *plan, size_t count, const float *inputs,
                       double *utilities);

#pragma GCC visibility pop

#endif
