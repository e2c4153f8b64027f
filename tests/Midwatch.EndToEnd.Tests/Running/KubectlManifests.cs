namespace Midwatch.EndToEnd.Tests.Running;

/// <summary>What the kubectl tests apply; its programs are the machine's own shell.</summary>
internal static class KubectlManifests
{
    internal const string Shop = """
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: settings }
        data: { GREETING: hello }
        ---
        apiVersion: v1
        kind: Secret
        metadata: { name: key }
        data: { token: YWJj }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: db }
        spec: { clusterIP: None, selector: { app: db }, ports: [ { port: 6379 } ] }
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: { name: db }
        spec:
          serviceName: db
          replicas: 2
          selector: { matchLabels: { app: db } }
          template:
            metadata: { labels: { app: db } }
            spec:
              containers:
              - { name: db, image: "busybox:1.36", command: [sh, -c, "echo I am $HOSTNAME; exec sleep 3600"] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: web }
        spec: { selector: { app: web }, ports: [ { port: 80, targetPort: 8080 } ] }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: web, labels: { app: web } }
        spec:
          replicas: 1
          selector: { matchLabels: { app: web } }
          template:
            metadata: { labels: { app: web } }
            spec:
              containers:
              - name: web
                image: busybox
                command: [sh, -c, "echo $GREETING $TOKEN; echo last; exec sleep 3600"]
                envFrom: [ { configMapRef: { name: settings } } ]
                env: [ { name: TOKEN, valueFrom: { secretKeyRef: { name: key, key: token } } } ]
        ---
        apiVersion: v1
        kind: Pod
        metadata: { name: crash }
        spec: { containers: [ { name: c, image: busybox, command: [sh, -c, "echo one; echo two; exit 3"] } ] }
        """;

    internal const string Cache = """
        apiVersion: v1
        kind: Service
        metadata: { name: cache }
        spec: { selector: { app: cache }, ports: [ { port: 80, targetPort: 6379 } ] }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: cache }
        spec:
          selector: { matchLabels: { app: cache } }
          template:
            metadata: { labels: { app: cache } }
            spec:
              containers:
              - name: redis
                image: redis:7
                ports: [ { containerPort: 6379 } ]
                readinessProbe: { tcpSocket: { port: 6379 }, periodSeconds: 1 }
        """;
}
