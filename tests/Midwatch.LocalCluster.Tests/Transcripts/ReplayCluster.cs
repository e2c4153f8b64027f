using Midwatch.LocalCluster.Api.Access;
using Midwatch.LocalCluster.Hosting;
using Midwatch.LocalCluster.Network;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Transcripts;

/// <summary>The local cluster's control plane with the recording's simulated nodes.</summary>
internal sealed class ReplayCluster : IAsyncDisposable
{
    private readonly ControlPlaneParts _control;
    private readonly ClusterNetwork _network;
    private readonly FakeNodes _nodes;

    private ReplayCluster(ControlPlaneParts control, ClusterNetwork network, string folder)
    {
        _control = control;
        _network = network;
        _nodes = new FakeNodes(control.Store, control.Events);
        control.Nodes.Arrive(_nodes);
        Folder = folder;
        AdminToken = control.Tokens.Issue(new UserIdentity("token-admin", [UserIdentity.Masters], "token-admin-uid"));
        ViewerToken = control.Tokens.Issue(new UserIdentity("viewer", ["viewers"], "viewer-uid"));
        WriteAdministrator();
        Write("viewer", ViewerToken);
        File.WriteAllText(Path.Combine(folder, "ca.crt"), control.Authority);
    }

    /// <summary>Where the commands run; holds the transcript's files.</summary>
    public string Folder { get; }

    public string AdminToken { get; }

    public string ViewerToken { get; }

    /// <summary>The simulated nodes are not done yet.</summary>
    public bool IsWorking => _nodes.IsWorking;

    public ObjectStore Store => _control.Store;

    public Uri Server => _control.Server;

    public string Kubeconfig => Path.Combine(Folder, "admin.kubeconfig");

    public static async Task<ReplayCluster> StartAsync(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("midwatch-replay-").FullName;
        var store = new ObjectStore(TimeProvider.System);
        var network = ClusterNetwork.Start(store, Path.Combine(folder, ".network"))
            ?? throw new InvalidOperationException("No range of loopback addresses is free.");
        var directory = ClusterDirectory.Of(Path.Combine(folder, ".data"));
        directory.Create();
        var options = new ClusterOptions
        {
            DataDirectory = directory.Root,
            ProgramsDirectory = folder,
            HasMetrics = false,
            HasProvisioners = false,
        };
        var control = await ControlPlaneParts.StartAsync(options, store, network, directory, _ => { }, ct);

        // The recording's cluster had no storage class and nobody who makes volumes.
        foreach (var @class in store.List("storage.k8s.io", "storageclasses", null))
        {
            _ = store.Purge(@class.Key);
        }

        return new ReplayCluster(control, network, folder);
    }

    /// <summary>Waits until nothing was written for a while, but not for ever.</summary>
    public async Task SettleAsync(TimeSpan quiet, TimeSpan limit, CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        var since = began;
        for (var revision = Store.Revision; TimeProvider.System.GetElapsedTime(began) < limit;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
            if (Store.Revision != revision)
            {
                revision = Store.Revision;
                since = TimeProvider.System.GetTimestamp();
            }
            else if (TimeProvider.System.GetElapsedTime(since) >= quiet)
            {
                return;
            }
        }
    }

    /// <summary>As if etcd were compacted: everything written so far is no longer known as a change.</summary>
    public void Compact()
    {
        var key = new ObjectKey("", "configmaps", "kube-public", "compaction");
        _ = Store.Create(key, Api.RunningApi.Json("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{}}"""));
        for (var number = 0; number < 3_000; number++)
        {
            _ = Store.Mutate(key, body => body["data"] = new System.Text.Json.Nodes.JsonObject { ["n"] = $"{number}" });
        }

        _ = Store.Purge(key);
    }

    public void MakeNamespace(string name)
    {
        if (Store.Get(new ObjectKey("", "namespaces", null, name)) is null)
        {
            _ = Store.Create(new ObjectKey("", "namespaces", null, name), RunningJson(name));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _nodes.DisposeAsync();
        await _control.DisposeAsync();
        await _network.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static System.Text.Json.Nodes.JsonObject RunningJson(string name) => Api.RunningApi.Json(
        $$$"""
        {"apiVersion":"v1","kind":"Namespace",
         "metadata":{"name":"{{{name}}}","labels":{"kubernetes.io/metadata.name":"{{{name}}}"}},
         "spec":{"finalizers":["kubernetes"]},"status":{"phase":"Active"}}
        """);

    // The recording's administrator showed a certificate.
    private void WriteAdministrator()
    {
        var shown = _control.IssueClient("kubernetes-admin", UserIdentity.Masters);
        var text = new Kubeconfig(_control.Server, _control.Authority, "kubernetes-admin", "TOKEN").ToYaml();
        File.WriteAllText(Kubeconfig, text.Replace(
            "    token: TOKEN",
            $"    client-certificate-data: {Base64(shown.CertificatePem)}\n    client-key-data: {Base64(shown.KeyPem)}",
            StringComparison.Ordinal));

        static string Base64(string pem) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(pem));
    }

    private void Write(string name, string token) => File.WriteAllText(
        Path.Combine(Folder, name + ".kubeconfig"),
        new Kubeconfig(_control.Server, _control.Authority, name, token).ToYaml());
}
