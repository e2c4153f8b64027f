#!/usr/bin/env bash
# Ends every experiment and brings the services back: for several failing pods at once, or a system that does not come to
# rest. It is a harsh thing to do: pods that are not Running are deleted without grace, and every service is rolled.
# Exit status: 0 all services are healthy afterwards, 1 not.
set -uo pipefail

namespace=${NAMESPACE:-pyairtable}
chaos=${CHAOS_NAMESPACE:-chaos-engineering}
limit=${ROLLOUT_LIMIT:-300s}
report=${REPORT_FILE:-${TMPDIR:-/tmp}/emergency-stop-$(date -u +%Y%m%dT%H%M%SZ).txt}
services=(api-gateway:8080 auth-service:8081 platform-services:8000)
: > "$report" || exit 1

say() { printf '%s %s\n' "$(date -u +%T)" "$*" | tee -a "$report"; }

if ! kubectl get namespace "$namespace" > /dev/null; then
  say "The cluster, or its namespace $namespace, cannot be reached: nothing was done."
  exit 1
fi

say "Experiments: none may start, those that run end"
for experiment in $(kubectl get cronjobs -n "$chaos" -l app=chaos-experiment -o name); do
  kubectl patch -n "$chaos" "$experiment" --type=merge -p '{"spec":{"suspend":true}}' >> "$report"
done
kubectl delete jobs -n "$chaos" -l app=chaos-experiment --wait=false --ignore-not-found >> "$report"
kubectl delete networkpolicies -n "$namespace" -l created-by=chaos-engineering --ignore-not-found >> "$report"

say "Pods that neither run nor are done: deleted"
kubectl delete pods -n "$namespace" --field-selector=status.phase!=Running,status.phase!=Succeeded \
  --grace-period=0 --force --ignore-not-found >> "$report" 2>&1

say "Services: rolled"
for service in "${services[@]}"; do
  kubectl rollout restart -n "$namespace" "deployment/${service%:*}" >> "$report"
done
for service in "${services[@]}"; do
  kubectl rollout status -n "$namespace" "deployment/${service%:*}" "--timeout=$limit" >> "$report" 2>&1 ||
    say "${service%:*} is not rolled out within $limit"
done

healthy=0
for service in "${services[@]}"; do
  if kubectl exec -q -n "$namespace" "deployment/${service%:*}" -- \
    curl -fsS -m 5 "http://localhost:${service#*:}/health" >> "$report" 2>&1; then
    healthy=$((healthy + 1))
  else
    say "${service%:*} is not healthy"
  fi
done

{
  echo
  kubectl get pods,endpoints -n "$namespace"
  kubectl get events -n "$namespace" --sort-by=.lastTimestamp | tail -n 20
} >> "$report" 2>&1
say "$healthy of ${#services[@]} services are healthy; report: $report"
if [ "$healthy" -lt "${#services[@]}" ]; then
  say "Next: the pods that are not Ready, their logs, PostgreSQL and Redis, and then a person of the platform team."
  exit 1
fi
