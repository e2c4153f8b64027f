using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Tests.Hosting;

/// <summary>Manifests of kinds that the same manifests define.</summary>
public sealed class DefinitionManifestTests(LiveCluster live)
{
    private static readonly Dictionary<string, string> NoValues = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_definition_is_in_use_when_the_next_document_is_applied_and_both_go_again()
    {
        var file = Path.Combine(live.DataDirectory, "teapots.yaml");
        await File.WriteAllTextAsync(file, string.Join(
            "\n---\n", Definition("Teapot", "teapot"), Object("Teapot"), Definition("Saucer", "saucer"),
            Object("Saucer")), Stop);
        using (var applier = new ManifestApplier(live.Cluster.KubeconfigPath))
        {
            var results = await applier.ApplyAsync(file, NoValues, Stop);
            Assert.All(results, result => Assert.IsType<ManifestResult.Created>(result));
            Assert.Equal(4, results.Length);
        }

        using var remover = new ManifestRemover(live.Cluster.KubeconfigPath, TimeProvider.System);
        var gone = await remover.DeleteAsync(file, NoValues, Stop);
        Assert.DoesNotContain(gone, result => result is ManifestResult.Failed);
        using var api = AdminConnection.Open(live.Cluster.KubeconfigPath);
        Assert.False((await api.GetAsync("/apis/kitchen.example/v1", Stop)).IsSuccess);
    }

    private static string Definition(string kind, string singular) => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: {{singular}}s.kitchen.example
        spec:
          group: kitchen.example
          scope: Namespaced
          names: { kind: {{kind}}, plural: {{singular}}s, singular: {{singular}} }
          versions:
            - name: v1
              served: true
              storage: true
              schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
        """;

    private static string Object(string kind) => $$"""
        apiVersion: kitchen.example/v1
        kind: {{kind}}
        metadata:
          name: brown
          namespace: default
        spec: { size: 3 }
        """;
}
