using System.Collections.Immutable;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>Every kind that is served now: those of Midwatch and those that definitions in the store make.</summary>
internal sealed class KindRegistry(ObjectStore store)
{
    private Snapshot _last = new([], KindCatalog.Embedded.All);

    public ImmutableArray<KindDefinition> All => Now().Kinds;

    /// <summary>The kind at a path of the API; null when nothing is there.</summary>
    public KindDefinition? Find(string group, string version, string plural) =>
        All.FirstOrDefault(kind => kind.Plural == plural && kind.Group == group && kind.Version == version);

    /// <summary>Something of the group is served, in whatever version.</summary>
    public bool Serves(string group) => All.Any(kind => kind.Group == group);

    // The definitions are few; who wrote one finds it served at once.
    private Snapshot Now()
    {
        var definitions = store.List(CustomKindReader.Resource.Group, CustomKindReader.Resource.Plural, null);
        var last = _last;
        if (definitions.SequenceEqual(last.Definitions))
        {
            return last;
        }

        var custom = definitions.Where(one => IsServed(one)).SelectMany(one => CustomKindReader.Read(one.Body));
        var fresh = new Snapshot(definitions, [.. KindCatalog.Embedded.All, .. custom]);
        _last = fresh;
        return fresh;
    }

    private static bool IsServed(StoredObject definition) =>
        definition.Body["status"]?["conditions"] is System.Text.Json.Nodes.JsonArray conditions
        && conditions.Any(one =>
            one?["type"]?.ToString() == "Established" && one["status"]?.ToString() == "True");

    private sealed record Snapshot(
        ImmutableArray<StoredObject> Definitions, ImmutableArray<KindDefinition> Kinds);
}
