using System.Net;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Controllers.Namespaces;
using Midwatch.LocalCluster.Objects;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>
/// Puts in the store what is in every cluster: namespaces, access rules, the marker, the service "kubernetes".
/// </summary>
internal sealed class ClusterBootstrap(ClusterWriter cluster, string authority)
{
    private static readonly Dictionary<string, (string Group, string Plural)> Kinds = new(StringComparer.Ordinal)
    {
        ["Namespace"] = ("", "namespaces"),
        ["ConfigMap"] = ("", "configmaps"),
        ["StorageClass"] = ("storage.k8s.io", "storageclasses"),
        ["PriorityClass"] = ("scheduling.k8s.io", "priorityclasses"),
        ["ClusterRole"] = ("rbac.authorization.k8s.io", "clusterroles"),
        ["ClusterRoleBinding"] = ("rbac.authorization.k8s.io", "clusterrolebindings"),
    };

    public void Write()
    {
        var assembly = typeof(ClusterBootstrap).Assembly;
        using var stream = assembly.GetManifestResourceStream("Midwatch.LocalCluster.Hosting.bootstrap.yaml")
            ?? throw new InvalidOperationException("The data file bootstrap.yaml is not part of this build.");
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        foreach (var body in yaml.Documents.Select(document => YamlJson.Convert(document.RootNode))
            .OfType<JsonObject>())
        {
            var (group, plural) = Kinds[body.Text("kind") ?? ""];
            var key = new ObjectKey(group, plural, body.Text("metadata", "namespace"),
                body.Text("metadata", "name") ?? "");
            _ = cluster.Create(key, body);
            if (plural == "namespaces")
            {
                NamespaceContents.Write(cluster, key.Name, authority);
            }
        }
    }

    /// <summary>Says where programs outside find services by name; no other cluster has this.</summary>
    public void WriteNameProxy(IPEndPoint address) =>
        _ = cluster.Create(new ObjectKey("", "configmaps", "kube-public", "midwatch-names"), new JsonObject
        {
            ["data"] = new JsonObject { ["proxy"] = address.ToString() },
        });

    /// <summary>The Service by which pods find the API server, and where it leads.</summary>
    public void WriteKubernetesService(Uri server, string clusterAddress)
    {
        var labels = new JsonObject { ["component"] = "apiserver", ["provider"] = "kubernetes" };
        _ = cluster.Create(new ObjectKey("", "services", "default", "kubernetes"), new JsonObject
        {
            ["metadata"] = new JsonObject { ["labels"] = labels },
            ["spec"] = new JsonObject
            {
                ["type"] = "ClusterIP",
                ["clusterIP"] = clusterAddress,
                ["clusterIPs"] = new JsonArray(clusterAddress),
                ["ports"] = new JsonArray(new JsonObject
                {
                    ["name"] = "https",
                    ["port"] = 443,
                    ["protocol"] = "TCP",
                    ["targetPort"] = server.Port,
                }),
            },
        });
        var port = new JsonObject { ["name"] = "https", ["port"] = server.Port, ["protocol"] = "TCP" };
        _ = cluster.Create(new ObjectKey("", "endpoints", "default", "kubernetes"), new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["labels"] = new JsonObject { ["endpointslice.kubernetes.io/skip-mirror"] = "true" },
            },
            ["subsets"] = new JsonArray(new JsonObject
            {
                ["addresses"] = new JsonArray(new JsonObject { ["ip"] = server.Host }),
                ["ports"] = new JsonArray(port),
            }),
        });
        _ = cluster.Create(new ObjectKey("discovery.k8s.io", "endpointslices", "default", "kubernetes"), new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["labels"] = new JsonObject { ["kubernetes.io/service-name"] = "kubernetes" },
            },
            ["addressType"] = "IPv4",
            ["endpoints"] = new JsonArray(new JsonObject
            {
                ["addresses"] = new JsonArray(server.Host),
                ["conditions"] = new JsonObject { ["ready"] = true },
            }),
            ["ports"] = new JsonArray(port.DeepClone()),
        });
    }
}
