#!/usr/bin/env bash
# Installs @tensorflow/tfjs-node where its own installation fails because the download of TensorFlow's C
# library is blocked: the library comes out of the Python package tensorflow-cpu instead, and the binding is
# compiled here.
#
#   tests/native/install.sh             for this repository
#   tests/native/install.sh ~/project   for another project, one that has @tensorflow/tfjs-core
#
# Needs Linux on x64, Python 3 with pip (it downloads and unpacks, its version does not matter), a C++ compiler
# and make. Keeps what it makes in <project>/.tfjs-node; what is there is not made again, so that a second run
# takes seconds. Of node_modules it touches @tensorflow/tfjs-node alone: no package.json, no lock file, and the
# binding works with the project's own copy of tfjs-core. An `npm ci` or `npm install` drops the link: run it
# again.
set -euo pipefail

TFJS=4.22.0
TENSORFLOW=2.15.1
NODE_GYP=11.4.2

repository=$(cd "$(dirname "$0")/../.." && pwd)
project=$(cd "${1:-$repository}" && pwd)
store=$project/.tfjs-node
package=$project/node_modules/@tensorflow/tfjs-node

fail() {
  echo "install.sh: $*" >&2
  exit 1
}
loads() { (cd "$project" && node -e 'require("@tensorflow/tfjs-node")') > /dev/null 2>&1; }
done_already() { echo "@tensorflow/tfjs-node $TFJS works in $project"; }

[ -d "$project/node_modules/@tensorflow/tfjs-core" ] ||
  fail "@tensorflow/tfjs-core must be installed in $project first: run npm ci (or npm install) there"
if loads; then
  done_already
  exit
fi
[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] ||
  fail "the package tensorflow-cpu has this library for Linux on x64 only, got $(uname -s) on $(uname -m)"
python=$(command -v python3 || command -v python) || fail 'needs Python 3 with pip, got none'
"$python" -m pip --version > /dev/null 2>&1 || fail "needs pip, which $python lacks (Debian: apt install python3-pip)"
command -v c++ > /dev/null && command -v make > /dev/null ||
  fail 'needs a C++ compiler and make (Debian: apt install build-essential)'

mkdir -p "$store"
# The folder ignores itself, so that no project has to.
echo '*' > "$store/.gitignore"

library=$store/tensorflow-$TENSORFLOW
if [ ! -f "$library/complete" ]; then
  echo "== TensorFlow's C library $TENSORFLOW"
  rm -rf "$library" "$store/wheel"
  "$python" -m pip download --quiet --disable-pip-version-check --no-deps --dest "$store/wheel" \
    --only-binary=:all: --implementation cp --python-version 3.11 --abi cp311 \
    --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 "tensorflow-cpu==$TENSORFLOW"
  "$python" - "$store"/wheel/*.whl "$library" << 'PYTHON'
import sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
libraries = ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2')
wheel.extractall(sys.argv[2], [
    name for name in wheel.namelist()
    if name in libraries or name.startswith('tensorflow/include/tensorflow/') or name.startswith('tensorflow/include/tsl/')
])
PYTHON
  rm -rf "$store/wheel"
  touch "$library/complete"
fi

if [ ! -f "$package/package.json" ]; then
  if [ ! -f "$store/node_modules/@tensorflow/tfjs-node/package.json" ]; then
    echo "== the package @tensorflow/tfjs-node $TFJS, without its download"
    echo '{ "private": true }' > "$store/package.json"
    npm install --prefix "$store" --ignore-scripts --no-audit --no-fund --loglevel=error \
      "@tensorflow/tfjs-node@$TFJS"
  fi
  # What the project has shall exist once: two copies of tfjs-core do not know each other's layers.
  for name in tfjs-core tfjs-layers tfjs-backend-cpu tfjs-backend-webgl; do
    if [ -d "$project/node_modules/@tensorflow/$name" ]; then
      rm -rf "${store:?}/node_modules/@tensorflow/$name"
    fi
  done
  rm -rf "$package"
  ln -s ../../.tfjs-node/node_modules/@tensorflow/tfjs-node "$package"
fi

if ! loads; then
  echo '== compile the binding'
  cd "$package"
  rm -rf deps build lib
  mkdir -p deps/lib
  ln -s "$library/tensorflow/include" deps/include
  for name in libtensorflow.so libtensorflow_cc.so.2; do
    ln -s "$library/tensorflow/libtensorflow_cc.so.2" "deps/lib/$name"
  done
  for name in libtensorflow_framework.so libtensorflow_framework.so.2; do
    ln -s "$library/tensorflow/libtensorflow_framework.so.2" "deps/lib/$name"
  done
  # Node's own headers where they were installed with it; node-gyp downloads them otherwise.
  prefix=$(node -p 'require("path").resolve(process.execPath, "../..")')
  headers=()
  if [ -f "$prefix/include/node/node_api.h" ]; then headers=("--nodedir=$prefix"); fi
  binding=$(pwd -P)/lib/napi-v8
  if ! npx --yes "node-gyp@$NODE_GYP" rebuild "${headers[@]}" --module_name=tfjs_binding \
    --module_path="$binding" --module="$binding/tfjs_binding.node" --napi_version=8 --napi_build_version=8 \
    > "$store/compile.log" 2>&1; then
    tail -n 30 "$store/compile.log" >&2
    fail "the binding did not compile; everything the compiler said is in $store/compile.log"
  fi
fi

loads || (cd "$project" && node -e 'require("@tensorflow/tfjs-node")') || fail 'the binding was built and does not load'
done_already
