#!/bin/sh
# Makes the bundled classifiers again, from images of FER+ to models that fer4j reads:
#
#   tools/make_models.sh ferplus.zip fer2013-labels.csv runs
#
# FER+ is what 'fer train' takes as DATA. The labels are FER2013's own for the same images: a CSV file
# with the columns image and label. The steps of hours on two cores are kept in the folder that is
# named last: run it again after an interruption, and it goes on. The classifiers come out in folders of
# it, fer-accurate, fer-fast, fer-svm, fer-forest and fused; the last one is learned with the bundled
# others as its branches.

set -eu

if [ $# -ne 3 ]; then
  echo "usage: make_models.sh FERPLUS LABELS RUNS (expected 3 arguments, found $#)" >&2
  exit 2
fi
images=$1
labels=$2
runs=$3
fer=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)/fer

# train NAME RECIPE ARGUMENTS...: one step, with its run in runs/NAME.run and its model in runs/NAME.
train() {
  name=$1
  recipe=$2
  shift 2
  "$fer" train "$images" --recipe "$recipe" --second-labels "$labels" --half \
    --run "$runs/$name.run" --export "$runs/$name" "$@"
}

mkdir -p "$runs"
train accurate-1 fer-accurate
train fer-accurate fer-accurate-2 --from "$runs/accurate-1"
train fast-1 fer-fast --teacher "$runs/fer-accurate"
train fer-fast fer-fast-2 --from "$runs/fast-1" --teacher "$runs/fer-accurate"
for recipe in fer-svm fer-forest; do
  "$fer" train-classical "$images" --recipe "$recipe" --framed-as fer-accurate \
    --run "$runs/classical.run" --export "$runs/$recipe"
done
"$fer" fuse "$images" --faces 800 --export "$runs/fused"
