#!/usr/bin/env bash
# Runs one experiment: health check, the experiment's Job, health check. Exit status: 0 the steady state was back in the
# expected time, 1 not, or a health check failed, 2 wrong use.
set -uo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
namespace=${CHAOS_NAMESPACE:-chaos-engineering}
name=${1:-}
if [ -z "$name" ] || ! kubectl get cronjob -n "$namespace" "$name" > /dev/null; then
  echo "usage: run-experiment.sh NAME, one of:" >&2
  kubectl get cronjobs -n "$namespace" -l app=chaos-experiment -o name | sed 's|.*/|  |' >&2
  exit 2
fi

"$here/health-check.sh" pre || exit 1

job="$name-$(date -u +%Y%m%d-%H%M%S)"
kubectl create job -n "$namespace" "--from=cronjob/$name" "$job" || exit 1
# A Job ends in one of two ways, and `kubectl wait` knows one at a time.
end=
for _ in $(seq 600); do
  end=$(kubectl get job -n "$namespace" "$job" \
    -o jsonpath='{range .status.conditions[?(@.status=="True")]}{.type} {end}') || exit 1
  case "$end" in *Complete* | *Failed*) break ;; esac
  sleep 1
done
kubectl logs -n "$namespace" "job/$job"
result=1
case "$end" in *Complete*) result=0 ;; esac

"$here/health-check.sh" post || exit 1
exit "$result"
