using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Faults.Standard;

/// <summary>A workload to be broken, as the API shows it.</summary>
/// <param name="Kind">As "Deployment".</param>
/// <param name="Selector">The labels of its pods, as "app=web".</param>
internal sealed record FaultTarget(AdminConnection Api, string Namespace, string Kind, JsonObject Body, string Selector)
{
    public string Name => Body.Text("metadata", "name") ?? "";

    /// <summary>As "deployment/web", however it was asked for.</summary>
    public required string Called { get; init; }

    public JsonObject PodSpec => Body.At("spec", "template", "spec") as JsonObject ?? [];

    public JsonObject Container => PodSpec.Items("containers").First();

    public string ContainerName => Container.Text("name") ?? "";

    /// <summary>Finds "deployment/web" or "web"; or a sentence on why not.</summary>
    public static async Task<(FaultTarget? Target, string? Problem)> FindAsync(
        AdminConnection api, string ns, string text, CancellationToken cancellationToken)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var kinds = slash < 0 ? ["deployment", "statefulset", "daemonset"] : new[] { text[..slash] };
        foreach (var kind in kinds)
        {
            var answer = await api.GetAsync(WorkloadPath.Of(ns, $"{kind}/{text[(slash + 1)..]}"), cancellationToken);
            if (answer is { IsSuccess: true, Body: { } body })
            {
                var labels = body.Map("spec", "selector", "matchLabels").Select(pair => $"{pair.Key}={pair.Value}");
                return (new(api, ns, body.Text("kind") ?? "", body, string.Join(',', labels))
                {
                    Called = $"{kind.TrimEnd('s')}/{text[(slash + 1)..]}",
                }, null);
            }
        }

        return (null, $"there is no workload {text} in namespace {ns}; a target is written as deployment/NAME, "
            + "statefulset/NAME or daemonset/NAME, and its namespace with --namespace");
    }

    /// <summary>The services that lead to its pods.</summary>
    public async Task<ImmutableArray<JsonObject>> ServicesAsync(CancellationToken cancellationToken)
    {
        var labels = Body.Map("spec", "template", "metadata", "labels")
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        var all = await ListAsync("/api/v1", "services", cancellationToken);
        return [.. all.Where(service => service.Map("spec", "selector").ToList() is { Count: > 0 } wanted
            && wanted.All(pair => labels.GetValueOrDefault(pair.Key) == pair.Value))];
    }

    public async Task<ImmutableArray<JsonObject>> PodsAsync(CancellationToken cancellationToken) =>
        [.. (await Api.GetAsync(PodPath.Collection(Namespace, Selector), cancellationToken)).Items];

    public async Task<ImmutableArray<JsonObject>> ListAsync(
        string group, string plural, CancellationToken cancellationToken)
    {
        var path = $"{group}/namespaces/{Uri.EscapeDataString(Namespace)}/{plural}";
        return [.. (await Api.GetAsync(path, cancellationToken)).Items];
    }

    /// <summary>The names of ConfigMaps or Secrets that its containers cannot do without.</summary>
    public ImmutableArray<string> Needed(bool isSecret)
    {
        var (reference, key, volume) = isSecret
            ? ("secretRef", "secretKeyRef", "secret")
            : ("configMapRef", "configMapKeyRef", "configMap");
        var fromVariables = PodSpec.Items("containers").Concat(PodSpec.Items("initContainers")).SelectMany(container =>
            container.Items("envFrom").Select(source => source.At(reference))
                .Concat(container.Items("env").Select(variable => variable.At("valueFrom", key))));
        var fromVolumes = PodSpec.Items("volumes").Select(each => each.At(volume));
        return [.. fromVariables.Concat(fromVolumes).Where(source => source is not null && !source.Flag("optional"))
            .Select(source => source.Text("name") ?? source.Text("secretName")).OfType<string>().Distinct()];
    }

    /// <summary>A merge patch of its pod template in which its first container is changed.</summary>
    public FaultAction ChangeContainer(Action<JsonObject> change)
    {
        var containers = (JsonArray)PodSpec["containers"]!.DeepClone();
        change((JsonObject)containers[0]!);
        return ChangeTemplate(new JsonObject { ["containers"] = containers });
    }

    public FaultAction ChangeTemplate(JsonObject podSpec) => new FaultAction.Patch(Kind, Name, new JsonObject
    {
        ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = podSpec } },
    }.ToJsonString());
}
