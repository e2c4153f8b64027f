using Midwatch.LocalCluster.Controllers;
using Midwatch.Processes.Places;

namespace Midwatch.LocalCluster.Tests.Kubelet;

/// <summary>What a container has of its own: files, disks, localhost, a user.</summary>
public sealed class PlaceTests
{
    private const string Claim = """
        { "kind": "PersistentVolumeClaim", "spec": { "resources": { "requests": { "storage": "8Mi" } } },
          "status": { "phase": "Bound", "capacity": { "storage": "8Mi" } } }
        """;

    [Fact]
    public async Task Two_pods_may_bind_the_same_port_on_any_address_and_each_finds_its_own_on_localhost()
    {
        await using var node = Need(places => places.HasOwnLocalhost);
        foreach (var name in new[] { "one", "two" })
        {
            _ = node.Pod(name, TestNode.Script(
                $"mkdir -p /tmp/{name}; cd /tmp/{name}; echo {name} > who; exec python3 -m http.server 18080")
                + """, "readinessProbe": { "httpGet": { "path": "/who", "port": 18080 }, "periodSeconds": 1 }""");
        }

        foreach (var name in new[] { "one", "two" })
        {
            _ = await node.ReadyAsync(name);
            foreach (var host in new[] { "localhost", "127.0.0.1", "[::1]" })
            {
                Assert.Equal(name + "\n", await SessionTests.OutputAsync(
                    node, name, "curl", "-s", $"http://{host}:18080/who"));
            }
        }
    }

    [Fact]
    public async Task What_a_container_writes_and_deletes_stays_in_it()
    {
        await using var node = Need(places => places.HasPlaces);
        var probe = Path.Combine(Directory.CreateTempSubdirectory("midwatch-probe-").FullName, "file");
        await File.WriteAllTextAsync(probe, "ours", TestContext.Current.CancellationToken);
        try
        {
            _ = node.Pod("web", TestNode.Script("exec sleep 600"));
            _ = await node.RunningAsync("web");
            Assert.Equal("gone\nhello\n", await SessionTests.OutputAsync(node, "web", "sh", "-c",
                $"rm -rf /tmp/* /etc/hostname; echo hello > /etc/motd2; [ -e {probe} ] || echo gone; cat /etc/motd2"));
            Assert.True(File.Exists(probe));
            Assert.False(File.Exists("/etc/motd2"));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(probe)!, recursive: true);
        }
    }

    [Fact]
    public async Task A_full_claim_refuses_writes_and_grows_while_it_is_in_use()
    {
        await using var node = Need(places => places.HasDisks);
        _ = node.Create("", "persistentvolumeclaims", "data", Claim);
        Pod();
        _ = await node.RunningAsync("db");
        Assert.Contains("No space left on device", await SessionTests.OutputAsync(
            node, "db", "sh", "-c", "dd if=/dev/zero of=/var/lib/data/big bs=1M count=20 2>&1"),
            StringComparison.Ordinal);
        _ = node.Store.Mutate(new("", "persistentvolumeclaims", "shop", "data"), claim =>
        {
            claim.Need("spec", "resources", "requests")["storage"] = "32Mi";
            Conditions.Set(claim.Need("status"), Conditions.Make(
                "FileSystemResizePending", "True", "", "", DateTimeOffset.UnixEpoch));
        });
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        if (Capacity(node) != "32Mi")
        {
            // Where we may not grow it under the pod, it grows when the pod starts anew.
            node.Delete("db", grace: 0);
            await node.GoneAsync("db");
            Pod();
        }

        await Eventually.HoldsAsync(() => Capacity(node) == "32Mi");
        _ = await node.RunningAsync("db");
        Assert.Equal("ok\n", await SessionTests.OutputAsync(node, "db", "sh", "-c",
            "dd if=/dev/zero of=/var/lib/data/more bs=1M count=10 2>/dev/null && echo ok"));

        void Pod() => node.Pod("db", TestNode.Script("exec sleep 600")
            + """, "volumeMounts": [ { "name": "data", "mountPath": "/var/lib/data" } ]""",
            """ "volumes": [ { "name": "data", "persistentVolumeClaim": { "claimName": "data" } } ], """);
    }

    [Fact]
    public async Task A_claim_outlives_its_pod()
    {
        await using var node = Need(places => places.HasDisks);
        _ = node.Create("", "persistentvolumeclaims", "data", Claim);
        const string Volumes =
            """ "volumes": [ { "name": "data", "persistentVolumeClaim": { "claimName": "data" } } ], """;
        const string Mounts = """, "volumeMounts": [ { "name": "data", "mountPath": "/data" } ]""";
        _ = node.Pod("first", TestNode.Script("echo kept > /data/file; sync; exec sleep 600") + Mounts, Volumes);
        _ = await node.RunningAsync("first");
        await Eventually.HoldsAsync(async () =>
            await SessionTests.OutputAsync(node, "first", "cat", "/data/file") == "kept\n");
        node.Delete("first", grace: 0);
        await node.GoneAsync("first");
        _ = node.Pod("second", TestNode.Script("cat /data/file; exec sleep 600") + Mounts, Volumes);
        Assert.Equal("kept", await node.FirstLogLineAsync("second"));
    }

    [Fact]
    public async Task A_container_runs_as_the_user_that_manifest_or_image_says()
    {
        await using var node = Need(places => places.HasPlaces);
        node.Image("plain",
            """{ "repository": "docker.io/library/plain", "user": "nobody", "entrypoint": ["sh", "-c"] }""");
        _ = node.Create("", "pods", "one", """
            { "metadata": { "name": "one", "namespace": "shop" }, "spec": { "nodeName": "node-1",
                "containers": [ { "name": "main", "image": "plain", "args": ["touch /cache/x; id -un; sleep 600"],
                  "volumeMounts": [ { "name": "cache", "mountPath": "/cache" } ] } ],
                "volumes": [ { "name": "cache", "emptyDir": {} } ] } }
            """);
        Assert.Equal("nobody", await node.FirstLogLineAsync("one"));
        Assert.Equal("x\n", await SessionTests.OutputAsync(node, "one", "ls", "/cache"));
        Assert.Equal("nobody\n", await SessionTests.OutputAsync(node, "one", "id", "-un"));
        _ = node.Pod("two", TestNode.Script("id -u; sleep 600"), """ "securityContext": { "runAsUser": 4242 }, """);
        Assert.Equal("4242", await node.FirstLogLineAsync("two"));
    }

    [Fact]
    public async Task Without_places_volumes_are_found_below_a_folder()
    {
        await using var node = new TestNode(places: PlaceSupport.None);
        _ = node.Pod("web", TestNode.Script("touch $MIDWATCH_ROOT/cache/x; ls $MIDWATCH_ROOT/cache; sleep 600")
            + """, "volumeMounts": [ { "name": "cache", "mountPath": "/cache" } ]""",
            """ "volumes": [ { "name": "cache", "emptyDir": {} } ], """);
        Assert.Equal("x", await node.FirstLogLineAsync("web"));
    }

    private static string? Capacity(TestNode node) =>
        node.Store.Get(new("", "persistentvolumeclaims", "shop", "data"))!.Body.Text("status", "capacity", "storage");

    private static TestNode Need(Func<PlaceSupport, bool> has)
    {
        var folder = Directory.CreateTempSubdirectory("midwatch-place-").FullName;
        var support = PlaceSupport.Find(folder);
        Assert.SkipUnless(has(support), $"This machine does not give containers what this is about: {support}.");
        return new TestNode(places: support);
    }
}
