#!/usr/bin/env bash
# Installs the pinned peers into bench/peers/.venv, which the benchmarks look for.
set -euo pipefail
cd "$(dirname "$0")"
python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
.venv/bin/python -c 'import torch; print("torch", torch.__version__)'
