#!/bin/sh
# Starts PostgreSQL as the official image does: the first time with POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB,
# later with what lies in PGDATA. Any other command is run as it is: psql, pg_dump, pg_isready.
set -eu
if [ "${1:-postgres}" != postgres ]; then
  exec "$@"
fi
[ $# -eq 0 ] || shift
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
user=${POSTGRES_USER:-postgres}

mkdir -p "$PGDATA"
chmod 700 "$PGDATA/."

# PostgreSQL refuses to run as root. In a container with a root of its own it becomes Debian's user `postgres`; without
# one the folders above PGDATA may be closed to that user, and a user namespace does it: inside, the server is not root,
# outside, the files stay those of the user that runs the cluster. See docs/decisions/0016.
as=
if [ "$(id -u)" -eq 0 ]; then
  as="unshare --user --map-user=$(id -u postgres) --map-group=$(id -g postgres)"
  if [ -z "${MIDWATCH_ROOT:-}" ] || ! $as true 2> /dev/null; then
    as="setpriv --reuid=postgres --regid=postgres --clear-groups"
    chown -R postgres:postgres "$PGDATA/."
  fi
fi

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  if [ -z "${POSTGRES_PASSWORD:-}" ]; then
    echo "Error: Database is uninitialized and superuser password is not specified (POSTGRES_PASSWORD)." >&2
    exit 1
  fi
  secret=$(mktemp)
  printf '%s\n' "$POSTGRES_PASSWORD" > "$secret"
  [ -z "$as" ] || chmod 644 "$secret"
  $as "$bin/initdb" -D "$PGDATA/." -U "$user" -E UTF8 --locale=C --auth=scram-sha-256 --pwfile="$secret" --no-sync \
    > /dev/null
  rm -f "$secret"
  echo "host all all 0.0.0.0/0 scram-sha-256" >> "$PGDATA/pg_hba.conf"
  if [ "${POSTGRES_DB:-$user}" != postgres ]; then
    printf 'CREATE DATABASE "%s";\n' "${POSTGRES_DB:-$user}" |
      $as "$bin/postgres" --single -D "$PGDATA/." postgres > /dev/null
  fi
  echo "PostgreSQL init process complete; ready for start up."
fi

# Kubernetes ends a container with TERM, for which PostgreSQL would wait for its clients; INT ends them (fast shutdown).
# The official image says so with STOPSIGNAL.
trap 'kill -INT "$server" 2> /dev/null' TERM INT
$as "$bin/postgres" -D "$PGDATA/." -c listen_addresses="$LISTEN_ADDRESS" -c unix_socket_directories= \
  -c shared_buffers=32MB -c max_connections=50 "$@" &
server=$!
status=0
wait "$server" || status=$?
while kill -0 "$server" 2> /dev/null; do
  status=0
  wait "$server" || status=$?
done
exit "$status"
