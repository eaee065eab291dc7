#ifndef QHOST_PYTHON_COMPONENTS_H
#define QHOST_PYTHON_COMPONENTS_H

#include <qhost.h>
#include <qhost/draft/constraints.h>

#pragma GCC visibility push(hidden)

extern const qhost_optimizer python_optimizer;
extern const qhost_dataset python_dataset;
extern const qhost_constraints python_constraints;

#pragma GCC visibility pop

#endif
