#!/usr/bin/env bash
# Slurm 22.05.8: a client whose SLURM_CONF names a file that is not there does not fail; it tries again every second for a
# minute, and only then says so. A program that asks sinfo or squeue in a loop, with a limit for its own patience, or while a
# cluster is being set up, stands still for a minute at each question; a script that removes the folder of a test
# cluster too early hangs where it should end at once.
#
# Seen on 2026-12-01: 'sinfo' with SLURM_CONF=/nonexistent/slurm.conf wrote "cannot stat file ..., retrying in 1sec up to
# 60sec" at once, and ended with code 1 after 59 s. Needs a Debian 12 on x86-64 that can download packages.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
version=22.05.8-4+deb12u3
apt-get download --quiet "slurm-client=$version" "slurm-wlm-basic-plugins=$version" >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" tree; done
library=$(dirname "$(find tree -name libslurmfull.so | head -n 1)")
begun=$SECONDS
code=0
LD_LIBRARY_PATH=$folder/$library SLURM_CONF=/nonexistent/slurm.conf tree/usr/bin/sinfo >out 2>&1 || code=$?
taken=$((SECONDS - begun))
echo "sinfo $version: code $code after $taken s"
cat out
[ "$code" -eq 1 ] && [ "$taken" -ge 55 ] && [ "$taken" -le 75 ] && grep -q "retrying in 1sec up to 60sec" out ||
  { echo "changed: the client no longer waits a minute for its configuration" >&2; exit 1; }
