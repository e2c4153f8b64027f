using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Objects.Managed;

/// <summary>metadata.managedFields of one object: which manager wrote which field last.</summary>
internal sealed class ManagedFields
{
    private readonly List<Entry> _entries;

    private ManagedFields(List<Entry> entries) => _entries = entries;

    public static ManagedFields Read(JsonObject body) => new(
    [
        .. (body["metadata"]?["managedFields"] as JsonArray ?? []).OfType<JsonObject>().Select(one => new Entry(
            new FieldOwner(
                Text(one, "manager"), Text(one, "operation"), Text(one, "apiVersion"), Text(one, "subresource")),
            Text(one, "time"),
            FieldTree.Read(one["fieldsV1"] as JsonObject))),
    ]);

    /// <summary>Somebody owns everything in an object that is of no kind that is kept.</summary>
    /// <param name="part">What is owned of the object.</param>
    public static void Own(JsonObject body, JsonObject part, FieldOwner manager, string now)
    {
        var owned = Read([]);
        owned.Set(manager, FieldSets.Compare(new JsonObject(), part, FieldShape.Free).Changed, now);
        owned.Write(body);
    }

    /// <summary>Writes the entries into an object; the field goes when there are none.</summary>
    public void Write(JsonObject body)
    {
        var metadata = ObjectMetadata.Of(body);
        _ = metadata.Remove("managedFields");
        if (_entries.Count == 0)
        {
            return;
        }

        metadata["managedFields"] = new JsonArray([.. _entries
            .OrderBy(one => one.Manager.Operation, StringComparer.Ordinal)
            .ThenBy(one => one.Time, StringComparer.Ordinal)
            .ThenBy(one => one.Manager.Name, StringComparer.Ordinal)
            .Select(ToJson)]);
    }

    /// <summary>A manager wrote an object: what it changed is its own from now on, and nobody else's.</summary>
    public void Update(KindDefinition kind, FieldOwner manager, JsonObject? before, JsonObject after, string now)
    {
        var (changed, removed) = Compare(kind, manager, before, after);
        foreach (var other in _entries.Where(one => one.Manager != manager))
        {
            other.Fields = other.Fields.Except(changed).Except(removed);
        }

        var own = Find(manager);
        Set(manager, (own?.Fields ?? new FieldTree()).Union(changed).Except(removed), now);
    }

    /// <summary>What others own of what a change touches.</summary>
    public IEnumerable<(FieldOwner Manager, FieldTree Fields)> Conflicts(
        KindDefinition kind, FieldOwner manager, JsonObject before, JsonObject after)
    {
        var (changed, _) = Compare(kind, manager, before, after);
        return _entries.Where(one => one.Manager != manager)
            .Select(one => (one.Manager, Fields: one.Fields.Intersect(changed)))
            .Where(one => one.Fields.Paths().Any());
    }

    /// <summary>A manager applied a manifest: exactly its fields are its own.</summary>
    public void Apply(
        KindDefinition kind, FieldOwner manager, FieldTree fields, JsonObject before, JsonObject after, string now)
    {
        var (changed, removed) = Compare(kind, manager, before, after);
        foreach (var other in _entries.Where(one => one.Manager != manager))
        {
            other.Fields = other.Fields.Except(changed).Except(removed);
        }

        Set(manager, fields, now);
    }

    /// <summary>What the manager applied before and does not now, and nobody else owns.</summary>
    public FieldTree Abandoned(FieldOwner manager, FieldTree fields) =>
        Find(manager) is not { } own ? new FieldTree()
            : _entries.Where(one => one.Manager != manager)
                .Aggregate(own.Fields.Except(fields), (left, other) => left.Except(other.Fields));

    private void Set(FieldOwner manager, FieldTree fields, string now)
    {
        var own = Find(manager);
        if (own is null)
        {
            _entries.Add(own = new Entry(manager, now, fields));
        }
        else if (!own.Fields.SameAs(fields))
        {
            (own.Fields, own.Time) = (fields, now);
        }

        _ = _entries.RemoveAll(one => one.Fields.IsEmpty);
    }

    private Entry? Find(FieldOwner manager) => _entries.Find(one => one.Manager == manager);

    private static (FieldTree Changed, FieldTree Removed) Compare(
        KindDefinition kind, FieldOwner manager, JsonObject? before, JsonObject after)
    {
        var (changed, removed) = FieldSets.Compare(before ?? [], after, FieldShape.OfKind(kind));
        var isStatus = manager.Subresource is "status" or "approval";
        return (FieldSets.Strip(changed, kind.Has("status"), isStatus),
            FieldSets.Strip(removed, kind.Has("status"), isStatus));
    }

    private static JsonObject ToJson(Entry entry)
    {
        var json = new JsonObject
        {
            ["manager"] = entry.Manager.Name,
            ["operation"] = entry.Manager.Operation,
            ["apiVersion"] = entry.Manager.ApiVersion,
            ["time"] = entry.Time,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = entry.Fields.ToJson(),
        };
        if (entry.Manager.Subresource.Length > 0)
        {
            json["subresource"] = entry.Manager.Subresource;
        }

        return json;
    }

    private static string Text(JsonObject body, string field) =>
        body[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private sealed class Entry(FieldOwner manager, string time, FieldTree fields)
    {
        public FieldOwner Manager { get; } = manager;

        public string Time { get; set; } = time;

        public FieldTree Fields { get; set; } = fields;
    }
}
