#!/usr/bin/env bash
# Installs what reads logs, pinned, for the tests here: TensorBoard into .venv (needs Python 3.11 or later), and
# tfjs-vis, the file for pages alone, into .tfjs-vis: as a package it would bring 130 others.
set -euo pipefail
cd "$(dirname "$0")"

TFJS_VIS=1.5.1

python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
.venv/bin/python -c 'import tensorboard.version; print("tensorboard", tensorboard.version.VERSION)'

mkdir -p .tfjs-vis
archive=$(cd .tfjs-vis && npm pack --silent "@tensorflow/tfjs-vis@$TFJS_VIS")
tar -xzf ".tfjs-vis/$archive" -C .tfjs-vis --strip-components=2 package/dist/tfjs-vis.umd.min.js
sed -i "/^\/\/# sourceMappingURL/d" .tfjs-vis/tfjs-vis.umd.min.js
rm ".tfjs-vis/$archive"
echo "tfjs-vis $TFJS_VIS"
