/* Circuits in single precision. */
#define REAL float
#define LANE_BITS 4
#define LEAST_SCALE 0x1p-40
#define NAME(name) name##_f32
#include "circuit_template.h"
