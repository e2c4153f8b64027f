using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Custom;

namespace Midwatch.LocalCluster.Controllers.Definitions;

/// <summary>Takes the names of CustomResourceDefinitions into use, and clears up after those that went.</summary>
internal sealed class DefinitionController(ClusterWriter cluster, TimeProvider time) : IController
{
    public string Name => "crd-controller";

    public IEnumerable<ObjectKey> Affected(StoreEvent change) =>
        !change.Object.Key.Is(CustomKindReader.Resource.Group, CustomKindReader.Resource.Plural) ? []
            : change.Type == StoreEventType.Deleted
                // A name that went may be the one that another definition waits for.
                ? [change.Object.Key, .. Definitions().Select(one => one.Key)]
                : [change.Object.Key];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { } definition)
        {
            RemoveObjects(key);
            return null;
        }

        if (definition.IsBeingDeleted)
        {
            return null;
        }

        var status = (JsonObject?)definition.Body.At("status")?.DeepClone() ?? [];
        var conflict = Conflict(definition);
        Set(status, "NamesAccepted", conflict is null, conflict?.Reason ?? "NoConflicts",
            conflict?.Message ?? "no conflicts found");
        if (conflict is null)
        {
            status["acceptedNames"] = definition.Body.At("spec", "names")?.DeepClone();
            Set(status, "Established", holds: true, "InitialNamesAccepted", "the initial names have been accepted");
        }
        else if (Conditions.Find(status, "Established") is null)
        {
            Set(status, "Established", holds: false, "NotAccepted", "not all names are accepted");
        }

        status["acceptedNames"] ??= new JsonObject { ["kind"] = "", ["plural"] = "" };
        status["storedVersions"] = StoredVersions(definition.Body, status);
        cluster.WriteStatus(key, status);
        return null;
    }

    private void Set(JsonObject status, string type, bool holds, string reason, string message)
    {
        var condition = Conditions.Make(type, holds ? "True" : "False", reason, message, time.GetUtcNow());
        _ = condition.Remove("lastUpdateTime");
        Conditions.Set(status, condition);
    }

    private ImmutableArray<StoredObject> Definitions() =>
        cluster.Store.List(CustomKindReader.Resource.Group, CustomKindReader.Resource.Plural, null);

    // "teapots.kitchen.test" was of this group and this plural.
    private void RemoveObjects(ObjectKey key)
    {
        var dot = key.Name.IndexOf('.', StringComparison.Ordinal);
        foreach (var item in cluster.Store.List(key.Name[(dot + 1)..], key.Name[..dot], null))
        {
            _ = cluster.Store.Purge(item.Key);
        }
    }

    private static JsonArray StoredVersions(JsonObject definition, JsonObject status)
    {
        var all = (status["storedVersions"] as JsonArray ?? []).Select(one => one!.ToString()).ToList();
        all.AddRange(CustomKindReader.Versions(definition)
            .Where(one => one.Flag("storage")).Select(one => one.Text("name") ?? ""));
        return [.. all.Distinct().Select(one => JsonValue.Create(one))];
    }

    private (string Reason, string Message)? Conflict(StoredObject definition)
    {
        var others = Definitions().Where(one => one.Key != definition.Key && one.Body.Text("spec", "group")
                == definition.Body.Text("spec", "group")
            && Conditions.Find(one.Body["status"], "NamesAccepted").Text("status") == "True").ToList();
        foreach (var (field, reason) in ((string, string)[])[
            ("plural", "PluralConflict"), ("singular", "SingularConflict"), ("kind", "KindConflict"),
            ("listKind", "ListKindConflict")])
        {
            var name = definition.Body.Text("spec", "names", field);
            if (others.Exists(one => one.Body.Text("status", "acceptedNames", field) == name))
            {
                return (reason, $"\"{name}\" is already in use");
            }
        }

        return null;
    }
}
