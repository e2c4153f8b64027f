#!/usr/bin/env bash
# Looks whether the platform is well: `health-check.sh pre` before an experiment, `health-check.sh post` after one or
# after an incident. Exit status: 0 all is well, 1 something is not (or nothing could be asked), 2 wrong use.
set -uo pipefail

mode=${1:-}
if [ "$mode" != pre ] && [ "$mode" != post ]; then
  echo "usage: health-check.sh pre|post" >&2
  exit 2
fi

namespace=${NAMESPACE:-pyairtable}
watching=${MONITORING_NAMESPACE:-chaos-engineering}
total=0
failed=0

say() { printf '%-4s  %s\n' "$1" "$2"; }

# check TEXT COMMAND…: one more look, which is fine when the command is.
check() {
  local text=$1
  shift
  total=$((total + 1))
  if "$@" > /dev/null 2>&1; then
    say ok "$text"
  else
    failed=$((failed + 1))
    say FAIL "$text"
  fi
}

# Every pod of a label is Ready, and there is one.
ready() {
  local states
  states=$(kubectl get pods -n "$1" -l "app=$2" \
    -o jsonpath='{range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}') || return 1
  [ -n "$states" ] && ! grep -qv '^True$' <<< "$states"
}

# A service answers on its own port, asked inside one of its pods.
answers() {
  kubectl exec -q -n "$namespace" "deployment/$1" -- curl -fsS -m 5 "http://localhost:$2/health"
}

if ! kubectl get namespace "$namespace" > /dev/null; then
  echo "The cluster, or its namespace $namespace, cannot be reached." >&2
  exit 1
fi

for service in api-gateway:8080 auth-service:8081 platform-services:8000; do
  check "${service%:*} is Ready" ready "$namespace" "${service%:*}"
  check "${service%:*} answers on /health" answers "${service%:*}" "${service#*:}"
done
check "PostgreSQL accepts connections" kubectl exec -q -n "$namespace" deployment/postgres -- pg_isready -q
check "Redis is Ready" ready "$namespace" redis

# Whoever watches is no part of the service: told, not counted.
if [ "$mode" = post ] && ! ready "$watching" chaos-prometheus > /dev/null 2>&1; then
  say warn "Prometheus in $watching is not Ready"
fi

echo "$mode: total: $total, failed: $failed, success rate: $(((total - failed) * 100 / total)) %"
if [ "$failed" -gt 0 ]; then
  [ "$mode" = pre ] && echo "Do not begin an experiment." || echo "The services may not have recovered."
  exit 1
fi
