#!/usr/bin/env bash
# Makes the grading environment. Gradescope and `otter grade` run this once, as root, while they build an image
# from one of Debian or Ubuntu; what it ends with is an environment that has graded, or an error that says why not.
# `autograder build` fills in the versions from grading.yml.
set -euo pipefail
umask 022
TORCH=@torch@
TORCHVISION=@torchvision@
TORCH_INDEX=@torch_index@  # if empty: where pip and uv look here, then the place that uv knows as `cpu`

SOURCE=/autograder/source
KIT=/opt/autograder  # not below /root: submissions run as users who may not go there
PYTHON=$KIT/bin/python
export DEBIAN_FRONTEND=noninteractive
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
export UV_NO_CACHE=1 UV_LINK_MODE=copy UV_NO_PROGRESS=1
# uv does not read pip's settings, and wants commas where pip has spaces.
[ -z "${PIP_FIND_LINKS:-}" ] || export UV_FIND_LINKS="${UV_FIND_LINKS:-${PIP_FIND_LINKS// /,}}"
[ -z "${PIP_INDEX_URL:-}" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$PIP_INDEX_URL}"
unset PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX

step() { printf '[setup %3d s] %s\n' "$SECONDS" "$*"; }
fail() {
    printf 'setup.sh: %s\n' "$*" >&2
    exit 1
}

[ "$(id -u)" = 0 ] || fail "run this as root, in the image that grades"
[ -f "$SOURCE/requirements.engine.zip" ] || fail "$SOURCE holds no autograder of this kit: build it again"

step "Python"
# The image's own Python if it will do, else the distribution's. It must be able to make environments, and lie
# where other users than root may go.
usable='import ensurepip, os, sys, venv
sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 14) or os.path.realpath(sys.executable).startswith("/root/"))'
base=python3
if ! "$base" -c "$usable" 2>/dev/null; then
    apt-get -qq update
    # As in the images of the hubs: packages are unpacked without a flush to the disk after each file.
    apt-get -qq install -y --no-install-recommends -o Dpkg::Options::=--force-unsafe-io \
        python3 python3-venv ca-certificates >/dev/null
    base=/usr/bin/python3
    "$base" -c "$usable" || fail "$("$base" -V) is none of Python 3.10 to 3.14: choose another base image"
fi
"$base" -m venv --clear "$KIT"

step "Pinned packages"
$PYTHON -m pip install --quiet --no-input "$(grep '^uv==' "$SOURCE/requirements.txt")"
uv() { $PYTHON -m uv pip install --quiet --python "$PYTHON" --no-deps --only-binary :all: "$@"; }
uv --requirement "$SOURCE/requirements.txt"

step "torch $TORCH, the build for CPUs"
index=()
[ -z "$TORCH_INDEX" ] || index=(--index "$TORCH_INDEX")
# No build for CUDA carries the label +cpu, so this finds a build for CPUs or nothing.
if uv "${index[@]}" "torch==$TORCH+cpu" 2>/dev/null; then
    # torchvision is small even where it is built for CUDA, and the kit can import that.
    uv "${index[@]}" "torchvision==$TORCHVISION+cpu" 2>/dev/null || uv "torchvision==$TORCHVISION"
else
    uv --torch-backend=cpu "torch==$TORCH" "torchvision==$TORCHVISION" ||
        fail "no build of torch $TORCH for CPUs is to be had for $($PYTHON -V) on $(uname -m): choose another base" \
            "image, or name a package index that has it as image.torch_index in grading.yml"
fi
$PYTHON -I -c 'import torch; torch.version.cuda and exit(1)' ||
    fail "torch $TORCH from image.torch_index is no build for CPUs, or does not start"

step "The engine"
site=$($PYTHON -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
$PYTHON -m zipfile -e "$SOURCE/requirements.engine.zip" "$site"

step "Without what grading does not need"
# torch cannot be imported without torch/bin/torch_shm_manager.
find "$site/torch/bin" -mindepth 1 -maxdepth 1 ! -name torch_shm_manager -exec rm -rf {} +
rm -rf "$site"/torch/{include,share,test} "$site"/torch/lib/{*.a,*_test.so}
find "$site"/{matplotlib,mpmath,networkx,numpy,pandas,sympy} -type d -name tests -prune -exec rm -rf {} +
$PYTHON -m pip --quiet uninstall -y uv
$PYTHON -m pip --quiet uninstall -y pip
chmod -R u=rwX,go=rX "$KIT"
chmod 700 "$SOURCE"

step "Does it grade?"
cd /
# What grading imports is compiled here once: a student's process may not write it down. The self-test compiles the
# rest of it.
$PYTHON -I -c 'from autograder.worker.warm_parent import preload
preload(["torchvision", "torchvision.transforms"])
import autograder.worker.cells'
$PYTHON -I -m autograder doctor --grade || fail "this image cannot grade, see above"

cpu=$(awk '{ print int(($14 + $15 + $16 + $17) / 100) }' /proc/$$/stat)  # of this shell and all that it waited for
step "Done: $(du -sm "$KIT" | cut -f1) MB in $KIT, $cpu s of processor time"
