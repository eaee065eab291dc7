import Foundation
import Testing

/// A plugin in C, built once: an optimizer with every fault that the host must survive, and a dataset
/// whose file is to be fetched.
enum FaultyPlugin {
  /// What was to be fetched.
  static let contents = "to be fetched\n"

  private static let path = NSTemporaryDirectory() + "qhost-faulty-\(getpid())"

  /// The folder that it is in, or why there is none.
  static let folder: Result<String, any Error> = Result {
    let folder = Self.path
    atexit { try? FileManager.default.removeItem(atPath: FaultyPlugin.path) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let source = folder + "/faulty.c"
    try Data(code.utf8).write(to: URL(fileURLWithPath: source))
    try Data(contents.utf8).write(to: URL(fileURLWithPath: folder + "/file.txt"))
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().path
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = [
      "cc", "-shared", "-fPIC", "-I", package + "/SDK/C/include", "-DFOLDER=\"\(folder)\"", source,
      "-o", folder + "/libqhost-faulty.so",
    ]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0, "the plugin in C could not be built")
    return folder
  }

  private static let code = #"""
    #include <math.h>
    #include <qhost.h>
    #include <stdlib.h>
    #include <unistd.h>

    typedef struct { long fault; uint64_t n, asked; double *point; uint64_t index; } faulty;
    enum { NONE, NOT_A_NUMBER, ERROR, FATAL, SILENT, NO_POINTS, CRASH, HANG, UNKNOWN, CUT, GRADIENTS };

    static qhost_status create(const qhost_request *r, const qhost_problem *p, void **i,
                               qhost_error *e) {
      faulty *f = calloc(1, sizeof *f);
      f->fault = r->values[0]->integer;
      f->n = p->dimension;
      f->point = calloc(f->n, sizeof(double));
      for (uint64_t k = 0; k < f->n; k++) f->point[k] = p->initial[k];
      *i = f;
      return QHOST_OK;
    }
    static void destroy(void *i) { free(((faulty *)i)->point); free(i); }
    static qhost_status ask(void *i, qhost_query *q, qhost_error *e) {
      faulty *f = i;
      q->kind = QHOST_QUERY_POINTS;
      q->point_count = 1;
      q->points = f->point;
      if (f->asked++ < 3) return QHOST_OK;
      switch (f->fault) {
        case NOT_A_NUMBER: f->point[1] = NAN; break;
        case ERROR: return qhost_fail(e, QHOST_ERROR, QHOST_ERROR_PLUGIN, "it has had enough; rest");
        case FATAL: return qhost_fail(e, QHOST_FATAL, QHOST_ERROR_PLUGIN, "all is lost; despair");
        case SILENT: return QHOST_ERROR;
        case NO_POINTS: q->point_count = 0; break;
        case CRASH: *(volatile int *)8 = 1; break;
        case HANG: for (;;) sleep(1);
        case UNKNOWN: q->kind = 99; break;
        case CUT:
          q->kind = QHOST_QUERY_CUTS;
          f->index = f->n;
          q->base = f->point;
          q->cut_count = q->offset_count = 1;
          q->cut_indices = &f->index;
          q->offsets = f->point;
          break;
        case GRADIENTS: q->kind = QHOST_QUERY_GRADIENT; break;
      }
      return QHOST_OK;
    }
    static qhost_status tell(void *i, const qhost_answer *a, qhost_error *e) { return QHOST_OK; }

    static const qhost_optimizer table = {
        .struct_size = sizeof table, .create = create, .destroy = destroy, .ask = ask, .tell = tell};
    #define FAULT(id, text) \
      static const qhost_choice id = {.struct_size = sizeof id, .name = text, .documentation = text}
    FAULT(none, "none"); FAULT(nan_, "nan"); FAULT(error, "error"); FAULT(fatal, "fatal");
    FAULT(silent, "silent"); FAULT(points, "no-points"); FAULT(crash, "crash");
    FAULT(hang, "hang"); FAULT(unknown, "unknown"); FAULT(cut, "cut"); FAULT(grad, "gradient");
    static const qhost_choice *const choices[] = {&none, &nan_, &error, &fatal, &silent, &points,
                                                  &crash, &hang, &unknown, &cut, &grad};
    static const qhost_parameter fault = {
        .struct_size = sizeof fault, .type = QHOST_CHOICE, .name = "fault",
        .documentation = "What goes wrong.", .default_value = "none", .minimum = -INFINITY,
        .maximum = INFINITY, .choice_count = 11, .choices = choices};
    static const qhost_parameter *const parameters[] = {&fault};
    static const qhost_component optimizer = {
        .struct_size = sizeof optimizer, .kind = QHOST_KIND_OPTIMIZER, .name = "faulty",
        .summary = "Fails as it is told.", .parameter_count = 1, .parameters = parameters,
        .table = &table};

    static qhost_status lacking_create(const qhost_request *r, const qhost_problem *p, void **i,
                                       qhost_error *e) {
      return qhost_fail(e, QHOST_ERROR, QHOST_ERROR_PLUGIN, "libfar.so is not here; install it");
    }
    static const qhost_optimizer lacking_table = {
        .struct_size = sizeof lacking_table, .create = lacking_create, .destroy = destroy,
        .ask = ask, .tell = tell};
    static const qhost_component lacking = {
        .struct_size = sizeof lacking, .kind = QHOST_KIND_OPTIMIZER, .name = "lacking",
        .summary = "Needs what is not there.", .table = &lacking_table};

    static qhost_status dataset_create(const qhost_request *r, void **i, qhost_error *e) {
      return qhost_fail(e, QHOST_ERROR, QHOST_ERROR_DATA, "it holds nothing; use another");
    }
    static void dataset_destroy(void *i) {}
    static const qhost_dataset_description *describe(void *i) { return NULL; }
    static qhost_status read_rows(void *i, uint32_t s, const uint64_t *x, uint64_t c, float *in,
                                  float *t, qhost_error *e) { return QHOST_ERROR; }
    #define SHA "0a9d0ab27a5a3f1cd4f6a1e40f10dbae2d46ed20a2d9b6e2f2bdff1bb2e0ff2e"
    static const qhost_resource good = {.struct_size = sizeof good, .path = "fetched/file.txt",
        .url = "file://" FOLDER "/file.txt", .sha256 = "618e73b50df823be21ff1139683e9bea64bbcd8a158ab387875dd770e3a80d60", .bytes = 14};
    static const qhost_resource wrong = {.struct_size = sizeof wrong, .path = "wrong/file.txt",
        .url = "file://" FOLDER "/file.txt", .sha256 = SHA, .bytes = 14};
    static const qhost_resource gone = {.struct_size = sizeof gone, .path = "gone/file.txt",
        .url = "file://" FOLDER "/gone.txt", .sha256 = SHA, .bytes = 14};
    #define DATASET(id, resource) \
      static const qhost_resource *const id##_resources[] = {&resource}; \
      static const qhost_dataset id##_table = {.struct_size = sizeof id##_table, \
          .resource_count = 1, .resources = id##_resources, .create = dataset_create, \
          .destroy = dataset_destroy, .describe = describe, .read = read_rows}; \
      static const qhost_component id = {.struct_size = sizeof id, .kind = QHOST_KIND_DATASET, \
          .name = #id, .summary = "Has a file to fetch.", .table = &id##_table}
    DATASET(fetched, good);
    DATASET(mistaken, wrong);
    DATASET(missing, gone);

    static const qhost_component *const components[] = {&optimizer, &lacking, &fetched, &mistaken,
                                                        &missing};
    static const qhost_plugin plugin = {
        .struct_size = sizeof plugin, .abi_major = QHOST_ABI_MAJOR, .component_count = 5,
        .vendor = "tests", .name = "faulty", .version = "1", .summary = "Faults.",
        .licence = "Apache-2.0", .components = components};
    QHOST_DEFINE_ENTRY(plugin)
    """#
}
