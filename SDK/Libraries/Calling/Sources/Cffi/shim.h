#include <ffi.h>

/*
 * The types are variables in libffi, which Swift's checks of concurrency refuse; libffi changes none
 * of them. A closure is plain memory here: its struct has parts that Swift cannot import.
 */
static inline ffi_type *qhost_ffi_void(void) { return &ffi_type_void; }
static inline ffi_type *qhost_ffi_int8(void) { return &ffi_type_sint8; }
static inline ffi_type *qhost_ffi_uint8(void) { return &ffi_type_uint8; }
static inline ffi_type *qhost_ffi_int16(void) { return &ffi_type_sint16; }
static inline ffi_type *qhost_ffi_uint16(void) { return &ffi_type_uint16; }
static inline ffi_type *qhost_ffi_int32(void) { return &ffi_type_sint32; }
static inline ffi_type *qhost_ffi_uint32(void) { return &ffi_type_uint32; }
static inline ffi_type *qhost_ffi_int64(void) { return &ffi_type_sint64; }
static inline ffi_type *qhost_ffi_uint64(void) { return &ffi_type_uint64; }
static inline ffi_type *qhost_ffi_float(void) { return &ffi_type_float; }
static inline ffi_type *qhost_ffi_double(void) { return &ffi_type_double; }
static inline ffi_type *qhost_ffi_pointer(void) { return &ffi_type_pointer; }

typedef void (*qhost_ffi_body)(ffi_cif *cif, void *result, void **arguments, void *context);

static inline void *qhost_ffi_closure_alloc(void **code) {
  return ffi_closure_alloc(sizeof(ffi_closure), code);
}

static inline ffi_status qhost_ffi_closure_prepare(void *closure, ffi_cif *cif, qhost_ffi_body body,
                                                   void *context, void *code) {
  return ffi_prep_closure_loc((ffi_closure *)closure, cif, body, context, code);
}

static inline void qhost_ffi_call(ffi_cif *cif, void *function, void *result, void **arguments) {
  ffi_call(cif, FFI_FN(function), result, arguments);
}
