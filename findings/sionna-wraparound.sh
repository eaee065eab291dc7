#!/usr/bin/env bash
# Sionna 2.2.0, sionna.sys.topology: the sites of its TR 38.901 calibration layouts have neighbours at 0 degrees, the vectors
# by which their images are moved belong to a lattice with neighbours at 30 degrees. Images then lie between the sites: with 7
# sites within 0.78, with 19 within 0.60 of the distance between sites of another site, where 1 is the least that a lattice allows.
#
# Seen on 2026-11-30, with the two functions called as gen_tr38901_multicell_topology does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check torch==2.15.0 numpy==2.4.6 scipy==1.17.1 matplotlib \
  importlib_resources
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps sionna==2.2.0
"$folder/venv/bin/python" - <<'PYTHON' | tee "$folder/output"
import torch
from sionna.sys.topology import _tr38901_site_positions, _tr38901_wrap_vectors

for rings in (1, 2):
    sites = _tr38901_site_positions(rings, 1.0, torch.float64, "cpu")
    shifts = _tr38901_wrap_vectors(rings, 1.0, torch.float64, "cpu")
    images = (sites[None] + shifts[1:, None]).reshape(-1, 2)
    print(len(sites), "sites, least distance of an image from a site:", torch.cdist(images, sites).min().item())
PYTHON

grep -q "^7 sites, .*: 0.7795" "$folder/output" && grep -q "^19 sites, .*: 0.5991" "$folder/output" || {
  echo "this Sionna gives other distances" >&2
  exit 1
}
