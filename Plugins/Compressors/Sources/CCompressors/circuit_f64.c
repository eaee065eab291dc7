/* Circuits in double precision. */
#define REAL double
#define LANE_BITS 3
#define LEAST_SCALE 0x1p-400
#define NAME(name) name##_f64
#include "circuit_template.h"
