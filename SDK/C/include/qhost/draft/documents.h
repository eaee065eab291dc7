/*
 * qhost/draft/documents.h: what a trained model is in the forms of other programs.
 *
 * A model that is more than its graph, such as a circuit, hands it over as text files in forms that others read. The host
 * asks for them where a user does ('qhost export-documents'), and writes them.
 *
 * n = parameters of the model.
 */
#ifndef QHOST_DRAFT_DOCUMENTS_H
#define QHOST_DRAFT_DOCUMENTS_H

#include "../base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The capability's id, for qhost_capability and host->capability. */
#define QHOST_DRAFT_DOCUMENTS "qhost.draft.documents/1"

/* A text file. */
typedef struct qhost_document {
  uint32_t struct_size;
  uint32_t reserved;
  const char *name;   /* of the file: [a-z0-9][a-z0-9.-]*, once in a model; for example "circuit.qasm" */
  const char *format; /* one line, for example "OpenQASM 3.0" */
  const char *text;   /* [size] UTF-8; need not end with NUL */
  uint64_t size;
} qhost_document;

/* What a model publishes under the id. */
typedef struct qhost_documents {
  uint32_t struct_size;
  uint32_t reserved;

  /*
   * Stores the documents [*count] of the model at `parameters` [n], at least one; they are owned by the instance, and
   * valid until the next call or its end. [owner]
   */
  qhost_status (*documents)(void *instance, const double *parameters,
                            const qhost_document *const **documents, uint64_t *count,
                            qhost_error *error);
} qhost_documents;

/* The host's side, from host->capability. */
typedef struct qhost_host_documents {
  uint32_t struct_size;
  uint32_t document_limit; /* documents that it takes from one model */
  uint64_t byte_limit;     /* of one of them */
} qhost_host_documents;

#ifdef __cplusplus
}
#endif
#endif
