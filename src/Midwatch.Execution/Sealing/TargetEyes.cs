using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Kubernetes;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Execution.Sealing;

/// <summary>
/// Looks at the objects that acting commands name, for seals and for telling drift right before and after acting.
/// </summary>
/// <param name="client">An identity that may read what is acted on.</param>
/// <param name="defaultNamespace">The namespace of commands that name none.</param>
public sealed class TargetEyes(KubernetesClient client, string defaultNamespace)
{
    private readonly ObjectPlaces _places = new();

    /// <summary>Looks at a target.</summary>
    public async Task<TargetLook> LookAsync(TargetReference target, CancellationToken cancellationToken)
    {
        if (target.Name is null && target.Selector is null)
        {
            return new TargetLook.Unseen($"The command names neither one {target.Kind} nor a selector.");
        }

        if (_places.Find(target.Kind, target.Namespace ?? defaultNamespace, target.Name) is not { } path)
        {
            return new TargetLook.Unseen($"Objects of the kind '{target.Kind}' cannot be looked at yet.");
        }

        return target.Name is null
            ? await LookAtSetAsync(target, path, cancellationToken)
            : await LookAtOneAsync(target, path, cancellationToken);
    }

    private async Task<TargetLook> LookAtOneAsync(
        TargetReference target, ResourcePath path, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync(path, cancellationToken);
        return answer switch
        {
            KubernetesAnswer<JsonElement>.Done found => Seen(target, path, [found.Value]),
            KubernetesAnswer<JsonElement>.NotFound => Seen(target, path, []),
            _ => Unseen(target, answer.Failure),
        };
    }

    private async Task<TargetLook> LookAtSetAsync(
        TargetReference target, ResourcePath path, CancellationToken cancellationToken)
    {
        var answer = await client.ListAsync(path, new ListQuery(target.Selector), cancellationToken);
        return answer is KubernetesAnswer<ResourceList>.Done list
            ? Seen(target, path, list.Value.Items)
            : Unseen(target, answer.Failure);
    }

    private static TargetLook.Unseen Unseen(TargetReference target, string? failure) =>
        new($"{target.Kind} {target.Name ?? target.Selector} could not be looked at: {failure}");

    private static TargetLook.Seen Seen(TargetReference target, ResourcePath path, ImmutableArray<JsonElement> objects)
    {
        var ordered = objects.OrderBy(Uid, StringComparer.Ordinal).ToImmutableArray();
        return new TargetLook.Seen(new TargetSighting
        {
            Kind = target.Kind,
            Namespace = path.Namespace,
            Name = target.Name,
            Selector = target.Name is null ? target.Selector : null,
            Uids = [.. ordered.Select(Uid)],
            Generation = target.Name is null || ordered.IsEmpty ? null : Generation(ordered[0]),
            SpecHash = IntentHash.Of(ordered),
        });
    }

    private static string Uid(JsonElement body) => body.GetProperty("metadata").GetProperty("uid").GetString() ?? "";

    private static long? Generation(JsonElement body) =>
        body.GetProperty("metadata").TryGetProperty("generation", out var value)
            && value.TryGetInt64(out var generation)
            ? generation
            : null;
}
