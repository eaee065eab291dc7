#!/usr/bin/env bash
# SciPy 1.17.1, scipy.stats.wilcoxon: with method="exact" a sample with ties, or with zeros under Pratt's rule, is
# looked up in the table for ranks 1 to n, without a warning; the value is not that of the 2^n choices of signs. The
# default, "auto", enumerates such small samples and is right.
#
# Seen on 2026-11-30: seven differences of +1 and one of -1: exact 0.078125, auto and all choices of signs 0.0703125;
# three zeros, 1 to 5 and -6 with zero_method="pratt": exact 0.42578125, auto and all choices of signs 0.25.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
"$folder/venv/bin/python" -W error - <<'PYTHON'
import itertools

import scipy
from scipy.stats import rankdata, wilcoxon


def enumerated(differences):
    """The part of all choices of signs whose sum is as far from its mean; zeros are ranked and left out."""
    ranks = [r for r, d in zip(rankdata([abs(d) for d in differences]), differences) if d]
    signs = [d > 0 for d in differences if d]
    mean = sum(ranks) / 2
    seen = abs(sum(r for r, s in zip(ranks, signs) if s) - mean)
    sums = [sum(r for r, s in zip(ranks, choice) if s)
            for choice in itertools.product((0, 1), repeat=len(ranks))]
    return sum(abs(each - mean) >= seen - 1e-9 for each in sums) / len(sums)


print("SciPy", scipy.__version__)
for differences, expected in (
    ([1, 1, 1, 1, 1, 1, 1, -1], (0.078125, 0.0703125, 0.0703125)),
    ([0, 0, 0, 1, 2, 3, 4, 5, -6], (0.42578125, 0.25, 0.25)),
):
    found = tuple(
        float(wilcoxon(differences, zero_method="pratt", method=method).pvalue)
        for method in ("exact", "auto")) + (enumerated(differences),)
    print(differences, "exact %.8g, auto %.8g, all choices of signs %.8g" % found)
    assert all(abs(a - b) < 1e-12 for a, b in zip(found, expected)), "the behaviour has changed"
PYTHON
