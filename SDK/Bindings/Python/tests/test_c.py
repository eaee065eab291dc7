"""libqhost from C and C++, where there is a compiler and the header."""

import os
import shutil
import subprocess

import pytest

from qhost import _library

HEADER = os.environ.get("QHOST_HEADER", "")

PROGRAM = r"""
#include <libqhost.h>
#include <stdio.h>

static int32_t bowl(void *context, const double *x, int64_t count, double *losses, double *violations) {
  int64_t *calls = (int64_t *)context;
  (void)violations;
  *calls += count;
  for (int64_t i = 0; i < count; i++)
    losses[i] = (x[2 * i] - 1) * (x[2 * i] - 1) + (x[2 * i + 1] + 2) * (x[2 * i + 1] + 2);
  return LIBQHOST_GO_ON;
}

int main(void) {
  int64_t calls = 0;
  const double start[] = {4, 4}, lower[] = {-5, -5}, upper[] = {5, 5};
  double best[2];
  char *json = NULL;
  libqhost_function function = {sizeof function, &calls, bowl, NULL, 0, 0};
  libqhost_space space = {sizeof space, 2, start, lower, upper, NULL, NULL};
  if (libqhost_minimize(&function, &space, "{\"optimizer\": \"cma-es\", \"max_evaluations\": 500}", NULL, best, &json)) {
    fprintf(stderr, "%s\n", libqhost_error());
    return 1;
  }
  printf("%.2f %.2f %lld\n", best[0], best[1], (long long)calls);
  libqhost_free(json);
  space.variable_count = 0;
  int32_t status = libqhost_minimize(&function, &space, "{}", NULL, best, &json);
  printf("%d %s\n", (int)status, libqhost_error());
  return status == LIBQHOST_USAGE ? 0 : 1;
}
"""


@pytest.mark.parametrize("compiler, language", [("cc", "c"), ("c++", "c++")])
def test_a_program(compiler, language, tmp_path):
    if not HEADER or not shutil.which(compiler):
        pytest.skip("QHOST_HEADER names no folder with libqhost.h, or there is no compiler")
    source, program = tmp_path / "bowl.c", tmp_path / "bowl"
    source.write_text(PROGRAM)
    folder = _library.folder()
    subprocess.run(
        [compiler, "-x", language, "-Wall", "-Wextra", "-Werror", f"-I{HEADER}", str(source), "-x", "none",
         os.path.join(folder, "libqhost.so"), f"-Wl,-rpath,{folder}", "-Wl,--allow-shlib-undefined",
         "-o", str(program)], check=True)
    done = subprocess.run([str(program)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert first == "1.00 -2.00 500"
    assert second.startswith("2 there are no variables")
