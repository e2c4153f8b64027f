using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Faults;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Tests.Hosting;

/// <summary>Stock kubectl against the whole cluster, with pods that really run.</summary>
public sealed class StockKubectlTests(LiveCluster live)
{
    public static TheoryData<string, string> Binaries => new()
    {
        { "k120", "/opt/kubectl120/usr/bin/kubectl" },
        { "k133", "/usr/lib/google-cloud-sdk/bin/kubectl.1.33" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Binaries))]
    public async Task It_rolls_out_undoes_scales_and_deletes(string ns, string program)
    {
        await live.ApplyAsync(LiveManifests.App, ns);
        Assert.Contains("successfully rolled out", await RunAsync(program, ns, "rollout", "status", "deploy/app"),
            StringComparison.Ordinal);
        await RunAsync(program, ns, "set", "image", "deploy/app", "app=test/app:better");
        Assert.Contains("successfully rolled out", await RunAsync(program, ns, "rollout", "status", "deploy/app"),
            StringComparison.Ordinal);
        Assert.Equal("test/app:better",
            await RunAsync(program, ns, "get", "deploy", "app", "-o",
                "jsonpath={.spec.template.spec.containers[0].image}"));
        Assert.Contains("rolled back", await RunAsync(program, ns, "rollout", "undo", "deploy/app"),
            StringComparison.Ordinal);
        Assert.Equal("test/app:good",
            await RunAsync(program, ns, "get", "deploy", "app", "-o",
                "jsonpath={.spec.template.spec.containers[0].image}"));
        await RunAsync(program, ns, "scale", "deploy/app", "--replicas=1");
        await live.UntilAsync(PodPath.Collection(ns, "app=app"), pods => pods.Count == 1);

        // What a Deployment owns goes with it, down to the processes.
        await RunAsync(program, ns, "delete", "deploy", "app");
        await live.UntilAsync(PodPath.Collection(ns, "app=app"), pods => pods.Count == 0);
        Assert.DoesNotContain("app-", await RunAsync(program, ns, "get", "rs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_resizes_a_running_pod_and_is_told_what_cannot_be()
    {
        const string Program = "/usr/lib/google-cloud-sdk/bin/kubectl.1.33";
        await live.ApplyAsync("""
            apiVersion: v1
            kind: Namespace
            metadata: {name: ${NS}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: app, namespace: ${NS}, labels: {app: app}}
            spec:
              containers:
              - {name: app, image: "test/app:good", resources: {requests: {memory: 16Mi}, limits: {memory: 64Mi}}}
            """, "resize");
        await live.UntilAsync(PodPath.Collection("resize", "app=app"), pods => pods.Any(WorkloadState.IsReady));
        await RunAsync(Program, "resize", "patch", "pod", "app", "--subresource", "resize", "-p", Patch("\"128Mi\""));
        await live.UntilAsync(PodPath.Collection("resize", "app=app"), pods => pods.Single()
            .Items("status", "containerStatuses").Single().Text("resources", "limits", "memory") == "128Mi");
        var refused = await live.Api.SendAsync(HttpMethod.Patch, "/api/v1/namespaces/resize/pods/app/resize",
            (JsonObject)JsonNode.Parse(Patch("null"))!, MediaTypes.StrategicMergePatch, Stop);
        Assert.Contains("resource limits cannot be removed", refused.Message, StringComparison.Ordinal);

        static string Patch(string memory) => $$"""
            { "spec": { "containers": [ { "name": "app", "resources": { "limits": { "memory": {{memory}} } } } ] } }
            """;
    }

    [Theory, MemberData(nameof(Binaries))]
    public async Task It_deletes_the_pods_of_a_stateful_set_and_does_not_wait_for_those_that_replace_them(
        string ns, string program)
    {
        await live.ApplyAsync("""
            apiVersion: v1
            kind: Namespace
            metadata: {name: ${NS}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: shelf, namespace: ${NS}}
            spec:
              replicas: 3
              podManagementPolicy: Parallel
              selector: {matchLabels: {app: shelf}}
              template:
                metadata: {labels: {app: shelf}}
                spec: {terminationGracePeriodSeconds: 0, containers: [{name: a, image: "test/app:good"}]}
            """, ns + "-shelf");
        var path = PodPath.Collection(ns + "-shelf", "app=shelf");
        await live.UntilAsync(path, pods => pods.Count == 3 && pods.All(WorkloadState.IsReady));
        await RunAsync(program, ns + "-shelf", "delete", "pod", "-l", "app=shelf", "--timeout=30s");
        await live.UntilAsync(path, pods => pods.Count == 3 && pods.All(WorkloadState.IsReady));
    }

    [Theory, MemberData(nameof(Binaries))]
    public async Task It_forwards_a_port_to_a_pod(string ns, string program)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/redis-server"), "redis-server is not installed");
        await live.ApplyAsync(LiveManifests.Redis, ns + "-redis");
        await live.UntilAsync(
            PodPath.Collection(ns + "-redis", "app=redis"),
            pods => pods.Count == 1 && !WorkloadState.NoneIsReady(pods));
        using var forward = Start(program, ns + "-redis", "port-forward", "svc/redis", ":6379");
        try
        {
            // Forwarding from 127.0.0.1:40123 -> 6379
            var line = await forward.StandardOutput.ReadLineAsync(Stop) ?? "";
            var port = int.Parse(line.Split(':')[1].Split(' ')[0], CultureInfo.InvariantCulture);
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, Stop);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), Stop);
            var answer = new byte[7];
            await client.GetStream().ReadExactlyAsync(answer, Stop);
            Assert.Equal("+PONG\r\n", Encoding.ASCII.GetString(answer));
        }
        finally
        {
            forward.Kill();
            await forward.WaitForExitAsync(Stop);
        }
    }

    [Fact]
    public async Task It_puts_a_container_into_a_running_pod_to_look_around()
    {
        const string Program = "/usr/lib/google-cloud-sdk/bin/kubectl.1.33";
        const string Ns = "guests";
        await live.ApplyAsync(LiveManifests.App, Ns);
        var path = PodPath.Collection(Ns, "app=app");
        var pods = await live.UntilAsync(path, all => all.Count == 2 && all.All(WorkloadState.IsReady));
        var pod = pods[0]["metadata"]!["name"]!.ToString();
        await RunAsync(Program, Ns, "debug", pod, "--image=test/app:good", "--container=guest", "--target=app", "--",
            "sh", "-c", "echo looks around; exec sleep 1000");
        _ = await live.UntilAsync(path, all => all.Any(one =>
            one["status"]?["ephemeralContainerStatuses"]?[0]?["state"]?["running"] is not null));
        Assert.Equal("looks around\n", await UntilSaysAsync(Program, Ns, "logs", pod, "-c", "guest"));
        Assert.Equal("in\n", await RunAsync(Program, Ns, "exec", pod, "-c", "guest", "--", "echo", "in"));
        Assert.Contains("Ephemeral Containers:", await RunAsync(Program, Ns, "describe", "pod", pod),
            StringComparison.Ordinal);
        await RunAsync(Program, Ns, "delete", "pod", pod);
    }

    [Fact]
    public async Task It_approves_a_request_for_a_certificate_and_the_cluster_signs_it()
    {
        const string Program = "/usr/lib/google-cloud-sdk/bin/kubectl.1.33";
        using var key = RSA.Create(2048);
        var asked = new CertificateRequest("CN=eve, O=devs", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var request = Convert.ToBase64String(Encoding.ASCII.GetBytes(asked.CreateSigningRequestPem()));
        foreach (var name in (string[])["eve", "mallory"])
        {
            var made = await live.Api.SendAsync(
                HttpMethod.Post, "/apis/certificates.k8s.io/v1/certificatesigningrequests", new JsonObject
                {
                    ["metadata"] = new JsonObject { ["name"] = name },
                    ["spec"] = new JsonObject
                    {
                        ["request"] = request,
                        ["signerName"] = "kubernetes.io/kube-apiserver-client",
                        ["usages"] = new JsonArray("client auth"),
                        ["username"] = "somebody-else",
                    },
                }, "application/json", Stop);
            Assert.True(made.IsSuccess, made.Message);
            Assert.NotEqual("somebody-else", made.Body!["spec"]!["username"]!.ToString());
        }

        await RunAsync(Program, "default", "certificate", "approve", "eve");
        await RunAsync(Program, "default", "certificate", "deny", "mallory");
        var all = await live.UntilAsync("/apis/certificates.k8s.io/v1/certificatesigningrequests", requests =>
            requests.Any(one => one["status"]?["certificate"] is not null));
        var signed = all.Single(one => one["status"]?["certificate"] is not null)["status"]!["certificate"]!.ToString();
        using var certificate = X509Certificate2.CreateFromPem(
            Encoding.ASCII.GetString(Convert.FromBase64String(signed)));
        Assert.Equal("CN=eve, O=devs", certificate.Subject);
        var shown = await RunAsync(Program, "default", "get", "csr");
        Assert.Matches("eve .*Approved,Issued", shown);
        Assert.Matches("mallory .*Denied", shown);
        var mine = Path.Combine(live.DataDirectory, "eve");
        await File.WriteAllTextAsync(mine + ".crt", certificate.ExportCertificatePem(), Stop);
        await File.WriteAllTextAsync(mine + ".key", key.ExportPkcs8PrivateKeyPem(), Stop);
        var (server, authority) = (live.Cluster.Server.ToString(), Path.Combine(live.DataDirectory, "eve-ca.crt"));
        var config = await live.Api.GetAsync("/api/v1/namespaces/default/configmaps/kube-root-ca.crt", Stop);
        await File.WriteAllTextAsync(authority, config.Body!["data"]!["ca.crt"]!.ToString(), Stop);
        Assert.Contains("eve", await RunAsync(
            Program, "default", "auth", "whoami", "--kubeconfig=/dev/null", "--server=" + server,
            "--certificate-authority=" + authority, $"--client-certificate={mine}.crt", $"--client-key={mine}.key"),
            StringComparison.Ordinal);
    }

    private async Task<string> UntilSaysAsync(string program, string ns, params string[] arguments)
    {
        for (var look = 0; look < 600; look++)
        {
            if (await RunAsync(program, ns, arguments) is { Length: > 0 } said)
            {
                return said;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        }

        return "";
    }

    private async Task<string> RunAsync(string program, string ns, params string[] arguments)
    {
        using var kubectl = Start(program, ns, arguments);
        var output = kubectl.StandardOutput.ReadToEndAsync(Stop);
        var error = kubectl.StandardError.ReadToEndAsync(Stop);
        await kubectl.WaitForExitAsync(Stop);
        Assert.True(kubectl.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {await output}{await error}");
        return await output;
    }

    private Process Start(string program, string ns, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(program), $"{program} is not installed");
        var start = new ProcessStartInfo(program, ["-n", ns, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = live.Cluster.KubeconfigPath;
        start.Environment["HOME"] = live.DataDirectory;
        return Process.Start(start)!;
    }
}
