/* All kernels. */
#ifndef QHOST_KERNELS_H
#define QHOST_KERNELS_H

#include "qhost_kernels_base.h"
#include "qhost_kernels_cholesky.h"
#include "qhost_kernels_convolution.h"
#include "qhost_kernels_crank_nicolson.h"
#include "qhost_kernels_gather.h"
#include "qhost_kernels_ground_state.h"
#include "qhost_kernels_imaginary_time.h"
#include "qhost_kernels_integer.h"
#include "qhost_kernels_loss.h"
#include "qhost_kernels_network.h"
#include "qhost_kernels_product.h"
#include "qhost_kernels_random.h"
#include "qhost_kernels_spin.h"

#endif
