namespace Midwatch.LocalCluster.Tests.Hosting;

/// <summary>What the tests of the whole cluster run.</summary>
internal static class LiveManifests
{
    public const string App = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: ${NS}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: app, namespace: ${NS}}
        spec:
          replicas: 2
          strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 100%, maxUnavailable: 0}}
          selector: {matchLabels: {app: app}}
          template:
            metadata: {labels: {app: app}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: app
                image: test/app:good
                readinessProbe: {exec: {command: [sh, -c, test $MODE != hang]}, periodSeconds: 1, failureThreshold: 1}
                volumeMounts: [{name: cache, mountPath: /cache}]
              volumes: [{name: cache, emptyDir: {}}]
        """;

    public const string Redis = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: ${NS}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: redis, namespace: ${NS}}
        spec:
          selector: {app: redis}
          ports: [{name: redis, port: 6379, targetPort: redis}]
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: redis, namespace: ${NS}}
        spec:
          serviceName: redis
          replicas: 1
          podManagementPolicy: Parallel
          selector: {matchLabels: {app: redis}}
          template:
            metadata: {labels: {app: redis}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: redis
                image: redis:7.0
                args: [--bind, $(POD_IP), --protected-mode, "no", --save, ""]
                ports: [{name: redis, containerPort: 6379}]
                readinessProbe: {exec: {command: [sh, -c, redis-cli -h $POD_IP ping]}, periodSeconds: 1, failureThreshold: 1}
        """;
}
