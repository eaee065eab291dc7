/* What the library exports: an optimizer and a dataset that are classes in Python. */
#include "components.h"

#include <qhost/draft/determinism.h>

#include <math.h>

#define PARAMETER(...) {.struct_size = sizeof(qhost_parameter), .minimum = -INFINITY, .maximum = INFINITY, __VA_ARGS__}

static const qhost_parameter file = PARAMETER(
    .type = QHOST_PATH, .flags = QHOST_REQUIRED, .name = "file", .documentation = "The Python file that has the class.");
static const qhost_parameter class_name =
    PARAMETER(.type = QHOST_TEXT, .name = "class", .default_value = "",
              .documentation = "The class; by default the only one of the file that has what is needed.");
static const qhost_parameter options =
    PARAMETER(.type = QHOST_TEXT, .name = "options", .default_value = "",
              .documentation = "What it is made with, such as 'step=0.1 size=20': values as in Python.");
static const qhost_parameter interpreter =
    PARAMETER(.type = QHOST_PATH, .name = "python", .default_value = "",
              .documentation = "The interpreter, which needs NumPy; by default what QHOST_PYTHON says, else python3.");

static const qhost_parameter *const parameters[] = {&file, &class_name, &options, &interpreter};

static const qhost_determinism declared = {
    .struct_size = sizeof declared, .level = QHOST_DETERMINISM_NONE,
    .reason = "what a class in Python depends on is its author's."};

static const qhost_capability determinism = {
    .struct_size = sizeof determinism, .id = QHOST_DRAFT_DETERMINISM, .table = &declared};
static const qhost_capability constraints = {
    .struct_size = sizeof constraints, .id = QHOST_DRAFT_CONSTRAINTS, .table = &python_constraints};
static const qhost_capability *const of_optimizer[] = {&determinism};
static const qhost_capability *const of_dataset[] = {&determinism, &constraints};

static const qhost_component optimizer = {
    .struct_size = sizeof optimizer, .kind = QHOST_KIND_OPTIMIZER, .name = "python",
    .summary = "An optimizer in Python: a class with ask() and tell(), in a process of its own.",
    .parameter_count = 4, .parameters = parameters, .table = &python_optimizer,
    .capability_count = 1, .capabilities = of_optimizer};
static const qhost_component dataset = {
    .struct_size = sizeof dataset, .kind = QHOST_KIND_DATASET, .name = "python",
    .summary = "Rows or a scenario in Python: a class with train, or with score(), in a process of its own.",
    .parameter_count = 4, .parameters = parameters, .table = &python_dataset,
    .capability_count = 2, .capabilities = of_dataset};

static const qhost_component *const components[] = {&optimizer, &dataset};

static const qhost_plugin plugin = {
    .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .abi_minor = 2, .component_count = 2,
    .vendor = "qhost", .name = "python", .version = "0.1.0", .summary = "Plugins that are written in Python.",
    .licence = "Apache-2.0", .components = components};

QHOST_DEFINE_ENTRY(plugin)
