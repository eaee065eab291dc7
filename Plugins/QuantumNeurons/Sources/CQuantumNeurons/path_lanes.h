/*
 * Vectors of 16 chains, their random numbers, and elementary functions of them. Helpers take pointers, since functions
 * that take vectors have another calling convention in each variant. Multiply-adds are fused where they are written so, and
 * nowhere else: then all variants, and the plain version, give the same bits.
 */
#include "qhost_kernels_paths.h"

#pragma STDC FP_CONTRACT OFF

/* Clang takes both attributes at once where a function has been declared before. */
#if defined(__clang__)
#define QHOST_WIDE QHOST_KERNEL __attribute__((min_vector_width(512)))
#else
#define QHOST_WIDE QHOST_KERNEL
#endif
#define INLINE static inline __attribute__((always_inline))

enum { LANES = QHOST_PATH_LANES };

typedef float lanes __attribute__((vector_size(64), may_alias));
typedef uint32_t words __attribute__((vector_size(64), may_alias));
typedef int32_t masks __attribute__((vector_size(64), may_alias));

#define FUSED(a, b, c) __builtin_elementwise_fma(a, b, c)
#define FLOATS(w) __builtin_convertvector((masks)(w), lanes)
#define CHOSEN(mask, a, b) ((lanes)(((masks)(a) & (mask)) | ((masks)(b) & ~(mask))))

/* xoshiro128+ (D. Blackman, S. Vigna, ACM Trans. Math. Softw. 47, 2021), one in each lane. */
typedef struct generator {
  words s0, s1, s2, s3;
} generator;

INLINE void load_generator(const qhost_kernel_paths *paths, generator *g) {
  const words *state = (const words *)paths->state;
  g->s0 = state[0], g->s1 = state[1], g->s2 = state[2], g->s3 = state[3];
}

INLINE void store_generator(const qhost_kernel_paths *paths, const generator *g) {
  words *state = (words *)paths->state;
  state[0] = g->s0, state[1] = g->s1, state[2] = g->s2, state[3] = g->s3;
}

INLINE void next_words(generator *g, words *out) {
  *out = g->s0 + g->s3;
  words shifted = g->s1 << 9;
  g->s2 ^= g->s0;
  g->s3 ^= g->s1;
  g->s1 ^= g->s2;
  g->s0 ^= g->s3;
  g->s2 ^= shifted;
  g->s3 = g->s3 << 11 | g->s3 >> 21;
}

/* Uniform over (0, 1) from the upper 20 bits. */
INLINE void uniform(const words *w, lanes *u) {
  *u = FUSED(FLOATS(*w >> 12), (lanes){} + 0x1p-20f, (lanes){} + 0x1p-21f);
}

/*
 * e^-x, and e^-80 from x = 80 on, within 3e-6 (relative): e^r = 1 + r P(r) for |r| <= ln 2 / 2, P fitted for the least
 * largest error (Lawson's iteration). A NaN gives what no uniform number is below.
 */
INLINE void decay(const lanes *x, lanes *out) {
  lanes most = (lanes){} + 80.0f;
  lanes z = -CHOSEN(*x > most, most, *x);
  lanes shifted = FUSED(z, (lanes){} + 1.44269504f, (lanes){} + 12582912.0f);
  lanes r = FUSED(shifted - 12582912.0f, (lanes){} - 0.693147181f, z);
  lanes p = FUSED(r, (lanes){} + 0.04151385f, (lanes){} + 0.16787474f);
  p = FUSED(p, r, (lanes){} + 0.50003014f);
  p = FUSED(p, r, (lanes){} + 0.99996684f);
  p = FUSED(p, r, (lanes){} + 1.0f);
  *out = (lanes)((words)p + ((words)shifted << 23));
}

/* Whether a move that raises the action by x is accepted. */
INLINE void accept(generator *g, const lanes *x, masks *accepted) {
  words w;
  lanes u, most;
  next_words(g, &w);
  uniform(&w, &u);
  decay(x, &most);
  *accepted = u < most;
}

/* ln u for normal u > 0 within 1e-7 + 1e-7 |ln u|: u = 2^e (1 + m), |m| <= 1/3, ln (1 + m) = m + m^2 P(m). */
INLINE void logarithm(const lanes *u, lanes *out) {
  masks bits = (masks)*u;
  masks e = (bits - 0x3F2AAAAB) >> 23;
  lanes m = (lanes)(bits - (e << 23)) - 1.0f;
  lanes p = FUSED(m, (lanes){} - 0.15918625f, (lanes){} + 0.17194305f);
  p = FUSED(p, m, (lanes){} - 0.16307449f);
  p = FUSED(p, m, (lanes){} + 0.19784345f);
  p = FUSED(p, m, (lanes){} - 0.25014341f);
  p = FUSED(p, m, (lanes){} + 0.33338043f);
  p = FUSED(p, m, (lanes){} - 0.49999832f);
  *out = FUSED(__builtin_convertvector(e, lanes), (lanes){} + 0.693147181f, FUSED(p, m * m, m));
}

/*
 * Two independent normal numbers (G. E. P. Box, M. E. Muller 1958): r sin pi t and +-r cos pi t with
 * r = sqrt(-2 ln u), t uniform over (-1/2, 1/2) and the sign a bit of its own.
 */
INLINE void normals(generator *g, lanes *first, lanes *second) {
  words w, v;
  next_words(g, &w);
  next_words(g, &v);
  lanes u = FUSED(FLOATS(w >> 8), (lanes){} + 0x1p-24f, (lanes){} + 0x1p-25f), r;
  logarithm(&u, &r);
  r = __builtin_elementwise_sqrt(-2.0f * r);
  lanes t = FLOATS(v << 1) * 0x1p-32f, q = t * t;
  lanes s = FUSED(q, (lanes){} + 0.07722013f, (lanes){} - 0.59804517f);
  s = FUSED(s, q, (lanes){} + 2.55003138f);
  s = FUSED(s, q, (lanes){} - 5.16770688f);
  s = FUSED(s, q, (lanes){} + 3.14159258f);
  lanes c = FUSED(q, (lanes){} + 0.219696716f, (lanes){} - 1.33188012f);
  c = FUSED(c, q, (lanes){} + 4.05841191f);
  c = FUSED(c, q, (lanes){} - 4.93479286f);
  c = FUSED(c, q, (lanes){} + 0.999999953f);
  *first = r * (s * t);
  *second = (lanes)((words)(r * c) ^ (v & 0x80000000u));
}
