using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Tests.Kubelet;

public sealed class ConfigurationTests : IAsyncLifetime
{
    private readonly TestNode _node = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Variables_come_from_every_source_and_may_name_each_other()
    {
        _node.Create("", "configmaps", "settings",
            """{ "kind": "ConfigMap", "data": { "COLOUR": "blue", "level": "7" } }""");
        _node.Create("", "secrets", "keys", """{ "kind": "Secret", "data": { "token": "c2VjcmV0" } }""");
        _node.Create("", "services", "redis-master", """
            { "kind": "Service", "spec": { "clusterIP": "127.1.2.3", "ports": [ { "name": "tcp-redis", "port": 6379 } ] } }
            """);
        _ = _node.Pod("web", """
            "resources": { "limits": { "memory": "64Mi" } },
            "envFrom": [ { "prefix": "CFG_", "configMapRef": { "name": "settings" } } ],
            "env": [
              { "name": "A", "value": "a" }, { "name": "B", "value": "$(A)-$(CFG_COLOUR)-$$(A)-$(NONE)" },
              { "name": "LEVEL", "valueFrom": { "configMapKeyRef": { "name": "settings", "key": "level" } } },
              { "name": "TOKEN", "valueFrom": { "secretKeyRef": { "name": "keys", "key": "token" } } },
              { "name": "APP", "valueFrom": { "fieldRef": { "fieldPath": "metadata.labels['app']" } } },
              { "name": "IP", "valueFrom": { "fieldRef": { "fieldPath": "status.podIP" } } },
              { "name": "MEMORY", "valueFrom": { "resourceFieldRef": { "resource": "limits.memory", "divisor": "1Mi" } } },
              { "name": "MAYBE", "valueFrom": { "secretKeyRef": { "name": "none", "key": "x", "optional": true } } } ],
            "command": ["sh", "-c", "echo $B $LEVEL $TOKEN $APP $MEMORY [$MAYBE] $REDIS_MASTER_SERVICE_HOST $REDIS_MASTER_PORT; [ $IP = $POD_IP ] || echo ip; sleep 600"]
            """);
        Assert.Equal("a-blue-$(A)-$(NONE) 7 secret web 64 [] 127.1.2.3 tcp://127.1.2.3:6379",
            await _node.FirstLogLineAsync("web"));
    }

    [Theory]
    [InlineData("""{ "configMapKeyRef": { "name": "none", "key": "k" } }""", "configmap \"none\" not found")]
    [InlineData("""{ "secretKeyRef": { "name": "none", "key": "k" } }""", "secret \"none\" not found")]
    [InlineData("""{ "configMapKeyRef": { "name": "there", "key": "k" } }""",
        "couldn't find key k in ConfigMap shop/there")]
    public async Task A_missing_source_of_a_variable_is_a_configuration_error(string source, string message)
    {
        _node.Create("", "configmaps", "there", """{ "kind": "ConfigMap", "data": {} }""");
        _ = _node.Pod("web", $$""" "env": [ { "name": "X", "valueFrom": {{source}} } ] """);
        var pod = await _node.UntilAsync(
            "web", body => TestNode.MainOf(body).Text("state", "waiting", "reason") == "CreateContainerConfigError");
        Assert.Equal(message, TestNode.MainOf(pod).Text("state", "waiting", "message"));
        Assert.Contains($"Warning Failed: Error: {message}", _node.Events("web"));
        Assert.Equal("Pending", pod.Text("status", "phase"));
    }

    [Fact]
    public async Task Volumes_are_found_at_their_mount_paths()
    {
        _node.Create("", "configmaps", "conf",
            """{ "kind": "ConfigMap", "data": { "a.conf": "alpha", "b.conf": "beta" } }""");
        _node.Create("", "secrets", "keys", """{ "kind": "Secret", "data": { "token": "c2VjcmV0" } }""");
        _ = _node.Pod("web", """
            "command": ["sh", "-c", "cd $MIDWATCH_ROOT; echo $(cat etc/conf/renamed) $(ls etc/conf) $(cat etc/keys/token) $(cat etc/one) $(cat var/run/secrets/kubernetes.io/serviceaccount/token); sleep 600"],
            "volumeMounts": [
              { "name": "conf", "mountPath": "/etc/conf" }, { "name": "keys", "mountPath": "/etc/keys" },
              { "name": "all", "mountPath": "/etc/one", "subPath": "b.conf" } ]
            """, """
            "serviceAccountName": "runner",
            "volumes": [
              { "name": "conf", "configMap": { "name": "conf", "items": [ { "key": "a.conf", "path": "renamed" } ] } },
              { "name": "all", "configMap": { "name": "conf" } },
              { "name": "keys", "secret": { "secretName": "keys" } } ],
            """);
        Assert.Equal("alpha renamed secret beta token of shop/runner", await _node.FirstLogLineAsync("web"));
    }

    [Fact]
    public async Task A_volume_without_its_source_keeps_the_container_in_creation_until_the_source_comes()
    {
        _ = _node.Pod("web", "\"args\": [\"sleep 600\"]",
            """ "volumes": [ { "name": "conf", "configMap": { "name": "late" } } ], """);
        await Eventually.HoldsAsync(() => _node.Events("web").Contains(
            "Warning FailedMount: MountVolume.SetUp failed for volume \"conf\" : configmap \"late\" not found"));
        var pod = _node.Get("web")!;
        Assert.Equal("ContainerCreating", TestNode.MainOf(pod).Text("state", "waiting", "reason"));
        Assert.Null(pod.Text("status", "podIP"));
        _node.Create("", "configmaps", "late", """{ "kind": "ConfigMap", "data": {} }""");
        await _node.ReadyAsync("web");
    }

    [Fact]
    public async Task An_empty_directory_survives_a_restart_and_the_root_folder_does_not()
    {
        _ = _node.Pod("web",
            TestNode.Script("ls $MIDWATCH_ROOT/cache; ls $MIDWATCH_ROOT | grep mine; touch $MIDWATCH_ROOT/mine; "
            + "[ -e $MIDWATCH_ROOT/cache/lock ] && sleep 600; touch $MIDWATCH_ROOT/cache/lock; exit 1")
            + """, "volumeMounts": [ { "name": "cache", "mountPath": "/cache" } ] """,
                """ "volumes": [ { "name": "cache", "emptyDir": {} } ], """);
        await _node.UntilAsync("web", body => TestNode.MainOf(body).Count("restartCount") == 1);
        await Eventually.HoldsAsync(async () => await _node.LogAsync("web") == "lock\n");
    }
}
