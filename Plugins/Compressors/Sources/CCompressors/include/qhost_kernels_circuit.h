/*
 * State vectors of EfficientSU2 circuits: Hadamards on |0...0>, then layers of RY and RZ on all qubits
 * with CX gates between them.
 *
 *   psi_0 = RY(y_0) H |0>,  psi_l = RY(y_l) E_l RZ(z_{l-1}) psi_{l-1},  p = |psi|^2
 *
 * E_l is an entangler for l <= repetitions, else the identity. Qubit q is bit q of an amplitude's index. Real and
 * imaginary parts are arrays of their own, on a cache line's boundary.
 *
 * RY is (1, -t; t, 1) times cos(y/2) with t = tan(y/2): one multiply-add for an amplitude's part; the cosines of a layer
 * go into the phases before it. Where their product is too small for a number's range, the layer is turned twice by
 * half the angles. A layer is one pass over memory for the high qubits, a tile of columns at a time, and
 * one for the low ones, a block at a time; CX gates are loads from other places in these passes.
 */
#ifndef QHOST_KERNELS_CIRCUIT_H
#define QHOST_KERNELS_CIRCUIT_H

#include "qhost_kernels_base.h"

#pragma GCC visibility push(hidden) /* a plugin exports its entry alone */

/* Qubits that the kernels are for; smaller states are not worth them. */
enum { QHOST_KERNEL_CIRCUIT_LEAST = 8, QHOST_KERNEL_CIRCUIT_MOST = 30 };

/* y = A x for bits x before and y after an entangler. */
enum {
  QHOST_KERNEL_CIRCUIT_NONE = 0,
  QHOST_KERNEL_CIRCUIT_LINEAR = 1,  /* y_j = x_0 + ... + x_j: CX(0, 1), CX(1, 2), ... */
  QHOST_KERNEL_CIRCUIT_REVERSE = 2, /* y_j = x_j + x_{j-1}: the same in reverse; "full" is linear's inverse, too */
  QHOST_KERNEL_CIRCUIT_CIRCULAR = 3 /* CX(n - 1, 0), then linear */
};

typedef struct qhost_kernel_circuit {
  size_t qubit_count;  /* n */
  size_t layer_count;  /* of rotations, repetitions + 1 + extra ones */
  size_t repetitions;  /* layers that an entangler is before */
  uint32_t entangler;
  const double *cosines, *sines; /* [layers x 2 x n] of half the angles: those of RY, then those of RZ */
} qhost_kernel_circuit;

/* cos(angle / 2) and sin(angle / 2), within 2e-16 for |angle| <= 10^6. */
void qhost_kernel_half_angles(size_t count, const double *angles, double *cosines, double *sines);

/* Bytes of scratch memory, on a cache line's boundary, of forward and gradient. */
size_t qhost_kernel_circuit_scratch_f32(size_t qubit_count);
size_t qhost_kernel_circuit_scratch_f64(size_t qubit_count);

/*
 * Writes psi [2^n] after the last RY; with `finish` after the last RZ too, which changes no probability.
 */
void qhost_kernel_circuit_forward_f32(const qhost_kernel_circuit *circuit, int finish, float *real,
                                      float *imaginary, void *scratch);
void qhost_kernel_circuit_forward_f64(const qhost_kernel_circuit *circuit, int finish, double *real,
                                      double *imaginary, void *scratch);

/*
 * Writes dL/d angle [layers x 2 x n] for dL/dp = slopes [2^n], by undoing the circuit on psi and on the slopes'
 * state side by side (Jones and Gacon, 2020). psi as forward without `finish` left it; it is lost. `slopes_real` is
 * slopes on entry and, like `slopes_imaginary`, scratch after.
 */
void qhost_kernel_circuit_gradient_f32(const qhost_kernel_circuit *circuit, float *real,
                                       float *imaginary, float *slopes_real, float *slopes_imaginary,
                                       void *scratch, double *gradient);
void qhost_kernel_circuit_gradient_f64(const qhost_kernel_circuit *circuit, double *real,
                                       double *imaginary, double *slopes_real,
                                       double *slopes_imaginary, void *scratch, double *gradient);

/*
 * Bytes for psi of all layers, on a page's boundary; 0 for circuits of so many qubits that keeping them would not pay.
 */
size_t qhost_kernel_circuit_kept_f32(const qhost_kernel_circuit *circuit);
size_t qhost_kernel_circuit_kept_f64(const qhost_kernel_circuit *circuit);

/* As forward without `finish`, but keeps psi of all layers in `states`; stores where that after the last RY is. */
void qhost_kernel_circuit_keep_f32(const qhost_kernel_circuit *circuit, float *states, void *scratch,
                                   float **real, float **imaginary);
void qhost_kernel_circuit_keep_f64(const qhost_kernel_circuit *circuit, double *states,
                                   void *scratch, double **real, double **imaginary);

/* As gradient, of states that were kept and stay so: a quarter less work, since psi need not be undone. */
void qhost_kernel_circuit_gradient_kept_f32(const qhost_kernel_circuit *circuit, float *states,
                                            float *slopes_real, float *slopes_imaginary,
                                            void *scratch, double *gradient);
void qhost_kernel_circuit_gradient_kept_f64(const qhost_kernel_circuit *circuit, double *states,
                                            double *slopes_real, double *slopes_imaginary,
                                            void *scratch, double *gradient);

/* A gate on one qubit, which another one may control. */
typedef struct qhost_kernel_gate {
  int64_t target, control; /* control is -1 for none */
  double matrix[8];        /* real and imaginary parts, by rows */
} qhost_kernel_gate;

/* Qubits that gates one by one are for: as many as are in a vector. */
enum { QHOST_KERNEL_GATE_LEAST = 4 };

/* psi <- gate psi. */
void qhost_kernel_gate_forward_f32(const qhost_kernel_gate *gate, size_t qubit_count, float *real,
                                   float *imaginary);
void qhost_kernel_gate_forward_f64(const qhost_kernel_gate *gate, size_t qubit_count, double *real,
                                   double *imaginary);

/*
 * psi <- gate psi; overlaps [2 x 2, complex] = sums of conj(slopes' state of row a) psi of row b, over what the gate changes;
 * slopes' state <- gate slopes' state. With the inverse of a circuit's gate this undoes it and gives what its gradient needs.
 */
void qhost_kernel_gate_backward_f32(const qhost_kernel_gate *gate, size_t qubit_count, float *real,
                                    float *imaginary, float *slopes_real, float *slopes_imaginary,
                                    double *overlaps);
void qhost_kernel_gate_backward_f64(const qhost_kernel_gate *gate, size_t qubit_count, double *real,
                                    double *imaginary, double *slopes_real, double *slopes_imaginary,
                                    double *overlaps);

#pragma GCC visibility pop

#endif
