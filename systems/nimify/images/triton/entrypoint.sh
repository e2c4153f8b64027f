#!/bin/sh
# An empty model repository gets the models that came with the image; one that has any is left alone.
set -eu
repository=${MIDWATCH_ROOT:-}${MODEL_REPOSITORY:-/models}
mkdir -p "$repository"
if [ -z "$(ls -A "$repository/")" ]; then
  cp -R "$MODEL_SEED/." "$repository/"
fi
exec "$@"
