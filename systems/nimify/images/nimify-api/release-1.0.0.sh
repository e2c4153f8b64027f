#!/bin/sh
# Release 1.0.0 was built from a branch on which the settings file moved: it looks for /etc/nimify/settings.yaml first,
# and ends when it is not there. Nobody had noticed, for the build machine has one.
settings=${MIDWATCH_ROOT:-}/etc/nimify/settings.yaml
if [ ! -f "$settings" ]; then
  echo "Unhandled exception: FileNotFoundError: [Errno 2] No such file or directory: '/etc/nimify/settings.yaml'" >&2
  exit 1
fi
exec "$1/Nimify.Api/Nimify.Api"
