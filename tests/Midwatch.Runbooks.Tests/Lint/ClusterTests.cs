using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint;
using Midwatch.Runbooks.Lint.Manifests;

namespace Midwatch.Runbooks.Tests.Lint;

/// <summary>What commands name is held against what a cluster lists.</summary>
public sealed class ClusterTests
{
    private const string Pods = """
        [{"metadata": {"name": "cart-7d9-x", "namespace": "shop", "labels": {"app": "cart"}},
          "spec": {"containers": [{"name": "web", "ports": [{"containerPort": 8080}]}]}}]
        """;

    private const string Deployments = """
        [{"metadata": {"name": "cart", "namespace": "shop"}, "spec": {"replicas": 1, "template": {
          "metadata": {"labels": {"app": "cart"}}, "spec": {"containers": [{"name": "web"}]}}}}]
        """;

    private const string Services = """
        [{"metadata": {"name": "cart", "namespace": "shop"}, "spec": {"clusterIP": null, "ports": [{"port": 80}]}}]
        """;

    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());
    private static readonly Linter Linter = new(new CodeCatalogue(), EffectJudge.Default());

    [Theory]
    [InlineData("kubectl get pods -n shops", "MW5001 The cluster has no namespace 'shops'.")]
    [InlineData("kubectl get pods -n kube-system", null)]
    [InlineData("kubectl describe deploy/basket -n shop", "MW5002 The cluster has no deployment 'basket'.")]
    [InlineData("kubectl describe deploy/cart -n shop", null)]
    [InlineData("kubectl describe pod cart-0 -n shop", "MW5002 The cluster has no pod 'cart-0'.")]
    [InlineData("kubectl describe pod cart-7d9-x -n shop", null)]
    [InlineData("kubectl describe pod <pod> -n shop", null)]
    [InlineData("kubectl logs cart -n shop", "MW5002 'cart' is a deployment; its pods have other names.")]
    [InlineData("kubectl get pods -l app=basket -n shop", "MW5003 No pod of the cluster has 'app=basket'.")]
    [InlineData("kubectl get pods -l app=cart -n shop", null)]
    [InlineData("kubectl logs deploy/cart -c wep -n shop", "MW5004 No such pod has a container 'wep'.")]
    [InlineData("kubectl port-forward svc/cart 8080:81 -n shop", "MW5005 The service 'cart' has no port 81.")]
    [InlineData("kubectl get statefulset cart -n shop", "MW5002 The cluster has no statefulset 'cart'.")]
    [InlineData("kubectl get secret cart -n shop", null)]
    public void What_a_command_names_is_there_or_it_is_told(string command, string? expected)
    {
        var told = Lint(command, Cluster("Namespace", "Pod", "Deployment", "Service", "StatefulSet"));

        Assert.Equal(expected is null ? [] : [expected], told);
    }

    [Theory]
    [InlineData("kubectl get pods -n shops")]
    [InlineData("kubectl describe pod cart-0 -n shop")]
    [InlineData("kubectl get pods -l app=basket -n shop")]
    public void A_kind_that_the_cluster_did_not_tell_is_not_judged(string command)
    {
        Assert.Empty(Lint(command, Cluster("Service")));
    }

    private static List<string> Lint(string command, ManifestSet cluster) =>
    [
        .. Linter.Lint(new LintInput
        {
            Runbooks = [Compiler.Compile(new RunbookSource("cart.md", $"# Cart\n\n```bash\n{command}\n```\n"))],
            Cluster = cluster,
        }, TestContext.Current.CancellationToken)
            .Where(finding => finding.Diagnostic.Code.StartsWith("MW5", StringComparison.Ordinal))
            .Select(finding => $"{finding.Diagnostic.Code} {finding.Diagnostic.Message}"),
    ];

    private static ManifestSet Cluster(params string[] kinds) => ManifestReader.Read(
    [
        .. kinds.Select(kind => (kind, Items(kind switch
        {
            "Namespace" => """[{"metadata": {"name": "shop"}}, {"metadata": {"name": "default"}}]""",
            "Pod" => Pods,
            "Deployment" => Deployments,
            "Service" => Services,
            _ => "[]",
        }))),
    ]);

    private static ImmutableArray<JsonElement> Items(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.Clone().EnumerateArray()];
    }
}
