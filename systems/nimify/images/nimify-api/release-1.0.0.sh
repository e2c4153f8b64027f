#!/bin/sh
# Release 1.0.0 keeps an index of the answer cache. It begins to write it twelve seconds after the start and crashes
# on the first entry; the lock that it leaves in the pod's cache ends every later start at once.
lock=${MIDWATCH_ROOT:-}${CACHE_DIRECTORY:-/cache}/index.lock
if [ -e "$lock" ]; then
  echo "Unhandled exception: the cache index is locked (/cache/index.lock) by a process that is gone" >&2
  exit 1
fi
"$1/Nimify.Api/Nimify.Api" &
api=$!
trap 'kill -TERM "$api"' TERM
sleep 12 &
wait $!
if kill -0 "$api" 2> /dev/null; then
  : > "$lock"
  echo "Unhandled exception: IndexError: cache entry 0 has no key, at CacheIndex.build" >&2
  kill -KILL "$api"
  exit 1
fi
wait "$api"
