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

    /// <summary>A program with everything that a fault may be about.</summary>
    internal const string Web = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: ${NS}}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: ${NS}}
        data: {colour: blue}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: keys, namespace: ${NS}}
        stringData: {token: abc}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: pull, namespace: ${NS}}
        type: kubernetes.io/dockerconfigjson
        stringData: {.dockerconfigjson: '{"auths":{"test.example":{"username":"robot","password":"right"}}}'}
        ---
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: data, namespace: ${NS}}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 4Mi}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: ${NS}}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: ${NS}}
        spec:
          selector: {matchLabels: {app: web}}
          strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
          template:
            metadata: {labels: {app: web}}
            spec:
              terminationGracePeriodSeconds: 0
              imagePullSecrets: [{name: pull}]
              containers:
              - name: main
                image: test.example/web:1.0
                env:
                - {name: COLOUR, valueFrom: {configMapKeyRef: {name: settings, key: colour}}}
                - {name: TOKEN, valueFrom: {secretKeyRef: {name: keys, key: token}}}
                - {name: PORT, value: "8080"}
                resources: {requests: {cpu: 10m}, limits: {memory: 64Mi}}
                readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}
                volumeMounts: [{name: data, mountPath: /data}]
              volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
        ---
        apiVersion: autoscaling/v2
        kind: HorizontalPodAutoscaler
        metadata: {name: web, namespace: ${NS}}
        spec:
          minReplicas: 1
          maxReplicas: 3
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
          metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 5000}}}]
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: sweep, namespace: ${NS}}
        spec:
          schedule: "0 3 1 1 *"
          jobTemplate:
            spec:
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  containers: [{name: sweep, image: "test/app:good", command: ["true"]}]
        """;
}
