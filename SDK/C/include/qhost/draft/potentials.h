/*
 * qhost/draft/potentials.h: models whose losses along the weights of one unit are sums of functions of its output.
 *
 * While the incoming weights of one unit are cut one after the other, all other units stand still. What a row loses
 * is then a function of this unit's output alone, its potential: the same one for all of these weights, and none of
 * their moves changes it. The host, which knows the loss, asks once for the outputs with the unit held at some
 * places, and hands over a polynomial a row; the model, which knows the unit, sums these along its weights.
 *
 * The unit's place t is what such a function is written in, -1 to 1. A unit with two outputs is at -1 with the lower
 * and at 1 with the higher of them. Any other is at t where its sum is z + reach t, z being the row's sum when the unit
 * was prepared and reach what the model gives each row, so that polynomials of few terms meet the function there.
 *
 * B = rows, C = numbers in one output, U = units, P = coefficients of a polynomial, K = offsets. A work is in the
 * units of qhost_changes.work.
 *
 * This is a draft: its number changes whenever a struct here does, and plugins are built again then.
 */
#ifndef QHOST_DRAFT_POTENTIALS_H
#define QHOST_DRAFT_POTENTIALS_H

#include "../model.h"

#ifdef __cplusplus
extern "C" {
#endif

#define QHOST_DRAFT_POTENTIALS "qhost.draft.potentials/2"

/* The most coefficients of a row's polynomial. */
#define QHOST_POTENTIAL_COEFFICIENTS 13

/* What potential_of gives for a parameter that no such unit's sum is linear in. */
#define QHOST_NO_POTENTIAL UINT64_MAX

/* What a model with cut changes publishes under the id. */
typedef struct qhost_potentials {
  uint32_t struct_size;
  uint32_t reserved;

  /* How many such units this instance has; 0: the functions below are not called. Never fails. [any] */
  uint64_t (*unit_count)(void *instance);

  /* 1 if its units have two outputs each, else 0. Never fails. [any] */
  uint32_t (*has_two_outputs)(void *instance);

  /* The unit, below U, whose sum is linear in parameter `index`; else QHOST_NO_POTENTIAL. Never fails. [any] */
  uint64_t (*unit_of)(void *instance, uint64_t index);

  /*
   * After cut_open, with no unit open, before a unit with more than two outputs is held and opened: fixes each row's
   * reach for cuts at offsets of up to `offset`, above 0. One such cut from here stays within it in every row; how many
   * moves more are likely to is for the model to choose, some tens. [session]
   */
  qhost_status (*unit_prepare)(void *session, uint64_t unit, double offset, qhost_error *error);

  /*
   * After cut_open, with no unit open: the outputs [count x C x B] at the base point with this unit at places[j], -1
   * to 1, in all rows. [session]
   */
  qhost_status (*hold)(void *session, uint64_t unit, const double *places, uint64_t count,
                       float *outputs, qhost_error *error);

  /*
   * Opens a unit. What row r loses with it at t is the sum over p < P of coefficients[p B + r] t^p; they are copied.
   * With noise_width above 0 a unit with two outputs is at t = tanh(z / noise_width), z being its sum without the
   * noise that qhost_flips.noise gave: its mean over logistic noise of this width. `sum` becomes the sum over rows at
   * the base point. Until unit_close, bind, forward or cut_open no other function of cuts is called. [session]
   */
  qhost_status (*unit_open)(void *session, uint64_t unit, const float *coefficients,
                            uint64_t coefficient_count, double noise_width, double *sum,
                            qhost_error *error);

  /*
   * What that sum changes by where parameter `index`, one of the open unit's, grows by offsets[k]: changes [K]. Adds
   * to `work` what that took. `outside` becomes the number of times that a row is at no place from -1 to 1; if it is
   * not 0 the changes mean nothing. [session]
   */
  qhost_status (*unit_cut)(void *session, uint64_t index, const double *offsets,
                           uint64_t offset_count, double *changes, uint64_t *outside,
                           double *work, qhost_error *error);

  /*
   * Moves the base point along one of these parameters; `change` is what the sum changes by, and `outside` as above:
   * if it is not 0 the move is made, and the unit is to be closed. [session]
   */
  qhost_status (*unit_move)(void *session, uint64_t index, double delta, double *change,
                            uint64_t *outside, double *work, qhost_error *error);

  /* Ends what unit_open began: cuts start again from the base point as it was moved. [session] */
  qhost_status (*unit_close)(void *session, double *work, qhost_error *error);
} qhost_potentials;

/* The host's side, from host->capability: nothing yet. */
typedef struct qhost_host_potentials {
  uint32_t struct_size;
  uint32_t reserved;
} qhost_host_potentials;

#ifdef __cplusplus
}
#endif
#endif
