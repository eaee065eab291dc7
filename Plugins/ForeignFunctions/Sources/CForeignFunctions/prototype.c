#define _GNU_SOURCE
#include "qhost_foreign.h"

#include <dlfcn.h>
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What is looked for, and the text that is made of it. */
typedef struct search {
  const char *symbol;
  char *text;
  size_t capacity, length;
  int is_found;
} search;

static void append(search *s, const char *word) {
  size_t size = strlen(word);
  if (s->length + size + 1 > s->capacity) return;
  memcpy(s->text + s->length, word, size + 1);
  s->length += size;
}

/* The type that a DIE's attribute refers to; NULL: none, which is void. */
static Dwarf_Die *type_of(Dwarf_Die *die, Dwarf_Die *type) {
  Dwarf_Attribute attribute;
  if (dwarf_attr_integrate(die, DW_AT_type, &attribute) == NULL) return NULL;
  return dwarf_formref_die(&attribute, type);
}

static Dwarf_Word size_of(Dwarf_Die *die) {
  Dwarf_Word size = 0;
  return dwarf_aggregate_size(die, &size) == 0 ? size : 0;
}

static void append_number(search *s, char letter, Dwarf_Word size) {
  char word[16];
  snprintf(word, sizeof word, "%c%u", letter, (unsigned)size);
  append(s, word);
}

static void append_base(search *s, Dwarf_Die *type) {
  Dwarf_Attribute attribute;
  Dwarf_Word encoding = 0;
  if (dwarf_attr_integrate(type, DW_AT_encoding, &attribute) != NULL) dwarf_formudata(&attribute, &encoding);
  char letter = 'x';
  if (encoding == DW_ATE_float) letter = 'f';
  if (encoding == DW_ATE_signed || encoding == DW_ATE_signed_char) letter = 'i';
  if (encoding == DW_ATE_unsigned || encoding == DW_ATE_unsigned_char) letter = 'u';
  append_number(s, letter, size_of(type));
}

/* Names of types and qualifiers are seen through; a chain of them that has no end is not. */
static void append_type(search *s, Dwarf_Die *type, int depth) {
  Dwarf_Die next;
  if (type == NULL) {
    append(s, "v");
    return;
  }
  if (depth > 32) {
    append(s, "x0");
    return;
  }
  switch (dwarf_tag(type)) {
    case DW_TAG_typedef:
    case DW_TAG_const_type:
    case DW_TAG_volatile_type:
    case DW_TAG_restrict_type:
    case DW_TAG_atomic_type:
      append_type(s, type_of(type, &next), depth + 1);
      return;
    case DW_TAG_pointer_type:
    case DW_TAG_reference_type:
    case DW_TAG_rvalue_reference_type:
      append(s, "p");
      append_type(s, type_of(type, &next), depth + 1);
      return;
    case DW_TAG_base_type:
      append_base(s, type);
      return;
    case DW_TAG_enumeration_type:
      append_number(s, 'u', size_of(type));
      return;
    case DW_TAG_structure_type:
    case DW_TAG_union_type:
    case DW_TAG_class_type:
      append_number(s, 's', size_of(type));
      return;
    default:
      append(s, "x0");
  }
}

static int is_named(Dwarf_Die *die, const char *symbol) {
  Dwarf_Attribute attribute;
  const char *name = dwarf_diename(die), *linkage = NULL;
  if (dwarf_attr_integrate(die, DW_AT_linkage_name, &attribute) != NULL) linkage = dwarf_formstring(&attribute);
  if (linkage != NULL) return strcmp(linkage, symbol) == 0;
  return name != NULL && strcmp(name, symbol) == 0;
}

static int take_function(Dwarf_Die *die, void *context) {
  search *s = context;
  Dwarf_Die type, child;
  if (!is_named(die, s->symbol) || !dwarf_hasattr_integrate(die, DW_AT_external)) return DWARF_CB_OK;
  s->is_found = 1;
  append_type(s, type_of(die, &type), 0);
  if (dwarf_child(die, &child) != 0) return DWARF_CB_ABORT;
  do {
    int tag = dwarf_tag(&child);
    if (tag == DW_TAG_formal_parameter) {
      append(s, " ");
      append_type(s, type_of(&child, &type), 0);
    }
    if (tag == DW_TAG_unspecified_parameters) append(s, " .");
  } while (dwarf_siblingof(&child, &child) == 0);
  return DWARF_CB_ABORT;
}

/* The file that a loaded library's symbol is in; NULL: it is not loaded, or lacks it. */
static const char *file_of(const char *library, const char *symbol) {
  void *handle = dlopen(library, RTLD_NOW | RTLD_NOLOAD);
  if (handle == NULL) return NULL;
  Dl_info info;
  void *address = dlsym(handle, symbol);
  int is_known = address != NULL && dladdr(address, &info) != 0;
  dlclose(handle);
  return is_known ? info.dli_fname : NULL;
}

int qhost_prototype(const char *library, const char *symbol, char *text, size_t capacity) {
  search s = {.symbol = symbol, .text = text, .capacity = capacity};
  if (capacity > 0) *text = '\0';
  const char *path = file_of(library, symbol);
  int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return QHOST_PROTOTYPE_ABSENT;
  Dwarf *dwarf = dwarf_begin(file, DWARF_C_READ);
  if (dwarf != NULL) {
    Dwarf_Off unit = 0, next = 0;
    size_t header = 0;
    while (!s.is_found && dwarf_nextcu(dwarf, unit, &next, &header, NULL, NULL, NULL) == 0) {
      Dwarf_Die die;
      if (dwarf_offdie(dwarf, unit + header, &die) != NULL) dwarf_getfuncs(&die, take_function, &s, 0);
      unit = next;
    }
    dwarf_end(dwarf);
  }
  close(file);
  return s.is_found ? QHOST_PROTOTYPE_FOUND : QHOST_PROTOTYPE_ABSENT;
}
