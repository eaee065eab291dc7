/*
 * qhost/draft/figures.h: data for pictures.
 *
 * A component that has something to show hands it over as data: lines, points, maps, events, graphs.
 * The host draws. It asks once, when a run has ended; nothing of this is on the path of queries.
 *
 * This is a draft: its number changes whenever a struct here does, and plugins are built again then.
 */
#ifndef QHOST_DRAFT_FIGURES_H
#define QHOST_DRAFT_FIGURES_H

#include "../base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The capability's id, for qhost_capability and host->capability. */
#define QHOST_DRAFT_FIGURES "qhost.draft.figures/1"

/* Scales of an axis. */
#define QHOST_FIGURE_LINEAR 0u
#define QHOST_FIGURE_LOGARITHMIC 1u /* all coordinates must be > 0 */

/* How a series is drawn. */
#define QHOST_FIGURE_LINE 0u
#define QHOST_FIGURE_POINTS 1u

/* One axis. */
typedef struct qhost_figure_axis {
  uint32_t struct_size;
  uint32_t scale;    /* QHOST_FIGURE_LINEAR or QHOST_FIGURE_LOGARITHMIC */
  const char *label; /* for example "time" */
  const char *unit;  /* for example "ms"; NULL: none */
} qhost_figure_axis;

/* Points in their order; with lower and upper a band (of a line) or bars (of points). */
typedef struct qhost_figure_series {
  uint32_t struct_size;
  uint32_t mark;        /* QHOST_FIGURE_LINE or QHOST_FIGURE_POINTS */
  const char *name;     /* in the legend; not empty */
  uint64_t x_count;     /* must be y_count; both are given so that a slip is found */
  uint64_t y_count;
  const double *x;      /* [x_count] */
  const double *y;      /* [y_count] */
  uint64_t bound_count; /* y_count, or 0: none */
  const double *lower;  /* [bound_count] <= y */
  const double *upper;  /* [bound_count] >= y */
} qhost_figure_series;

/* Numbers over a rectangle, drawn as colours with a scale beside them. */
typedef struct qhost_figure_map {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name;     /* what the numbers are; not empty */
  const char *unit;     /* of the numbers; NULL: none */
  uint64_t rows;        /* >= 1 */
  uint64_t columns;     /* >= 1 */
  const double *values; /* [rows x columns]; row 0 is at y_minimum, column 0 at x_minimum */
  double x_minimum;     /* outer edges of the cells, minimum < maximum */
  double x_maximum;
  double y_minimum;
  double y_maximum;
} qhost_figure_map;

/* Events in lanes, for example spikes of neurons: lane i lies at y = i. */
typedef struct qhost_figure_raster {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name;      /* not empty */
  uint64_t lane_count;   /* >= 1 */
  uint64_t event_count;
  const double *times;   /* [event_count] */
  const uint64_t *lanes; /* [event_count] < lane_count */
} qhost_figure_raster;

/* Nodes at places and lines between them. */
typedef struct qhost_figure_graph {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name;          /* not empty */
  uint64_t node_count;       /* >= 1 */
  uint64_t edge_count;
  const double *x;           /* [node_count] */
  const double *y;           /* [node_count] */
  const char *const *labels; /* [node_count]; NULL: none */
  const uint64_t *sources;   /* [edge_count] < node_count */
  const uint64_t *targets;   /* [edge_count] < node_count */
  const double *weights;     /* [edge_count] drawn as width and, below 0, another colour; NULL: all 1 */
} qhost_figure_graph;

/* A figure: one pair of axes and what is drawn on them, at least one of the four lists. */
typedef struct qhost_figure {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name;  /* of its file: [a-z0-9][a-z0-9-]*, once in a component */
  const char *title; /* one line; not empty */
  const qhost_figure_axis *x;
  const qhost_figure_axis *y;
  uint32_t series_count;
  uint32_t map_count;
  uint32_t raster_count;
  uint32_t graph_count;
  const qhost_figure_series *const *series;
  const qhost_figure_map *const *maps;
  const qhost_figure_raster *const *rasters;
  const qhost_figure_graph *const *graphs;
} qhost_figure;

/* A component's side: the table of its capability. For optimizers, models, datasets and solvers. */
typedef struct qhost_figures {
  uint32_t struct_size;
  uint32_t reserved;

  /*
   * Stores the instance's figures, [*count], after a run. `parameters` are those that the run ends
   * with, for an optimizer and a model; NULL and 0 for a dataset and a solver. What is stored is
   * owned by the instance and valid until the next call on it. All numbers must be finite, and no figure
   * may have more elements than the host's element_limit. [owner]
   */
  qhost_status (*figures)(void *instance, const double *parameters, uint64_t parameter_count,
                          const qhost_figure *const **figures, uint64_t *count,
                          qhost_error *error);
} qhost_figures;

/* The host's side: what host->capability(host, QHOST_DRAFT_FIGURES) returns. */
typedef struct qhost_host_figures {
  uint32_t struct_size;
  uint32_t figure_limit;  /* figures that it takes from one component */
  uint64_t element_limit; /* points, cells, events, nodes and edges together, in one figure */
} qhost_host_figures;

#ifdef __cplusplus
}
#endif
#endif
