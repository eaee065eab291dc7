/*
 * What NIR files need of HDF5, whose types and flags are macros that Swift does not see. Ids are above 0 or equal;
 * a negative one is a failure. Strings are of variable length in UTF-8, as h5py writes them.
 */
#ifndef QHOST_HDF5_SHIM_H
#define QHOST_HDF5_SHIM_H

#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

static inline int64_t qhost_hdf5_open(const char *path) {
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  return H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
}

/* A file in memory, which qhost_hdf5_image copies. */
static inline int64_t qhost_hdf5_create(void) {
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  H5Pset_fapl_core(access, 1 << 16, 0);
  hid_t file = H5Fcreate("memory.nir", H5F_ACC_TRUNC, H5P_DEFAULT, access);
  H5Pclose(access);
  return file;
}

static inline void qhost_hdf5_close(int64_t file) { H5Fclose(file); }

/* Bytes of the file; with room for them, writes them. */
static inline int64_t qhost_hdf5_image(int64_t file, void *bytes, size_t count) {
  H5Fflush(file, H5F_SCOPE_GLOBAL);
  return H5Fget_file_image(file, bytes, count);
}

/* 1: a group, 2: a dataset, 0: something else, -1: nothing. */
static inline int qhost_hdf5_kind(int64_t file, const char *path) {
  hid_t object = H5Oopen(file, path, H5P_DEFAULT);
  if (object < 0) return -1;
  H5I_type_t type = H5Iget_type(object);
  H5Oclose(object);
  return type == H5I_GROUP ? 1 : type == H5I_DATASET ? 2 : 0;
}

/* Members of a group; -1: it is none. */
static inline int64_t qhost_hdf5_member_count(int64_t file, const char *path) {
  H5G_info_t info;
  return H5Gget_info_by_name(file, path, &info, H5P_DEFAULT) < 0 ? -1 : (int64_t)info.nlinks;
}

/* The name of a member, in the order of names; its length. */
static inline int64_t qhost_hdf5_member(int64_t file, const char *path, uint64_t index, char *name,
                                        size_t size) {
  return H5Lget_name_by_idx(file, path, H5_INDEX_NAME, H5_ITER_INC, index, name, size, H5P_DEFAULT);
}

/* How many numbers or strings a dataset has, and its extents (at most 8), of which there are *rank; -1: it is none. */
static inline int64_t qhost_hdf5_extents(int64_t file, const char *path, uint64_t *extents, int *rank) {
  hid_t set = H5Dopen2(file, path, H5P_DEFAULT);
  if (set < 0) return -1;
  hid_t space = H5Dget_space(set);
  hsize_t sizes[8] = {0};
  int64_t count = -1;
  *rank = H5Sget_simple_extent_ndims(space);
  if (*rank >= 0 && *rank <= 8) {
    H5Sget_simple_extent_dims(space, sizes, NULL);
    count = (int64_t)H5Sget_simple_extent_npoints(space);
    for (int i = 0; i < *rank; i++) extents[i] = sizes[i];
  }
  H5Sclose(space);
  H5Dclose(set);
  return count;
}

/* 1: numbers, 2: strings, 0: something else. */
static inline int qhost_hdf5_content(int64_t file, const char *path) {
  hid_t set = H5Dopen2(file, path, H5P_DEFAULT);
  if (set < 0) return 0;
  hid_t type = H5Dget_type(set);
  H5T_class_t kind = H5Tget_class(type);
  H5Tclose(type);
  H5Dclose(set);
  return kind == H5T_FLOAT || kind == H5T_INTEGER ? 1 : kind == H5T_STRING ? 2 : 0;
}

static inline int qhost_hdf5_read_numbers(int64_t file, const char *path, double *values) {
  hid_t set = H5Dopen2(file, path, H5P_DEFAULT);
  if (set < 0) return -1;
  int status = H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
  H5Dclose(set);
  return status;
}

/* Copies of `count` strings, which the caller frees; the file's own character set and length are asked for. */
static inline int qhost_hdf5_read_strings(int64_t file, const char *path, size_t count, char **texts) {
  hid_t set = H5Dopen2(file, path, H5P_DEFAULT);
  if (set < 0) return -1;
  hid_t stored = H5Dget_type(set), type = H5Tcopy(H5T_C_S1);
  H5Tset_cset(type, H5Tget_cset(stored));
  int status = -1;
  if (H5Tis_variable_str(stored) > 0) {
    H5Tset_size(type, H5T_VARIABLE);
    char **read = (char **)calloc(count, sizeof *read);
    status = read ? H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, read) : -1;
    for (size_t i = 0; i < count && status >= 0; i++) {
      texts[i] = strdup(read[i] ? read[i] : "");
      H5free_memory(read[i]);
    }
    free(read);
  } else {
    size_t size = H5Tget_size(stored) + 1;
    H5Tset_size(type, size);
    char *read = (char *)calloc(count, size);
    status = read ? H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, read) : -1;
    for (size_t i = 0; i < count && status >= 0; i++) texts[i] = strndup(read + i * size, size);
    free(read);
  }
  H5Tclose(type);
  H5Tclose(stored);
  H5Dclose(set);
  return status;
}

static inline int qhost_hdf5_write_group(int64_t file, const char *path) {
  hid_t group = H5Gcreate2(file, path, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  return group < 0 ? -1 : H5Gclose(group);
}

static inline int qhost_hdf5_write(int64_t file, const char *path, hid_t type, hid_t memory, int rank,
                                   const hsize_t *extents, const void *values) {
  hid_t space = rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, extents, NULL);
  hid_t set = H5Dcreate2(file, path, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  int status = set < 0 ? -1 : H5Dwrite(set, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
  if (set >= 0) H5Dclose(set);
  H5Sclose(space);
  return status;
}

/* Rank 0 is a scalar. */
static inline int qhost_hdf5_write_strings(int64_t file, const char *path, int rank,
                                           const uint64_t *extents, const char *const *texts) {
  hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  hsize_t sizes[8] = {0};
  for (int i = 0; i < rank && i < 8; i++) sizes[i] = extents[i];
  int status = qhost_hdf5_write(file, path, type, type, rank, sizes, texts);
  H5Tclose(type);
  return status;
}

/* As single precision, or as integers of 64 bits. */
static inline int qhost_hdf5_write_numbers(int64_t file, const char *path, int rank,
                                           const uint64_t *extents, const double *values,
                                           int is_whole) {
  hsize_t sizes[8] = {0};
  for (int i = 0; i < rank && i < 8; i++) sizes[i] = extents[i];
  return qhost_hdf5_write(file, path, is_whole ? H5T_STD_I64LE : H5T_IEEE_F32LE, H5T_NATIVE_DOUBLE,
                          rank, sizes, values);
}

#endif
