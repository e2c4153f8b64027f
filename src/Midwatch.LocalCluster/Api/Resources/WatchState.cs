using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Tables;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>Turns changes of the store into what one watcher sees, through its selectors and in its form.</summary>
internal sealed class WatchState(TableBuilder tables, ApiCall call, Selection selection)
{
    private bool _sentTable;

    /// <summary>Null when the change is none of this watcher's business.</summary>
    public (string Type, ReadOnlyMemory<byte> Utf8)? Translate(StoreEvent stored)
    {
        var change = call.Kind.Conversion is null ? stored : new StoreEvent(
            stored.Type, call.Kind.Served(stored.Object), stored.Previous is { } was ? call.Kind.Served(was) : null);
        var matches = selection.Matches(change.Object);
        var matched = change.Previous is { } previous && selection.Matches(previous);
        string? type = change.Type switch
        {
            StoreEventType.Added => matches ? "ADDED" : null,
            StoreEventType.Deleted => matched ? "DELETED" : null,

            // An object that comes to match appears, one that ceases to disappears.
            _ => (matched, matches) switch
            {
                (true, true) => "MODIFIED",
                (false, true) => "ADDED",
                (true, false) => "DELETED",
                _ => null,
            },
        };
        return type is null ? null : (type, Shape(change, type));
    }

    public JsonObject Bookmark(long revision, bool endsInitial)
    {
        var metadata = new JsonObject { ["resourceVersion"] = Version(revision) };
        if (endsInitial)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        var body = new JsonObject
        {
            ["kind"] = call.Kind.Kind,
            ["apiVersion"] = call.Kind.GroupVersion,
            ["metadata"] = metadata,
        };
        return call.Form.IsTable ? Table(body, revision) : body;
    }

    private ReadOnlyMemory<byte> Shape(StoreEvent change, string type)
    {
        var isWhole = call.Form is { IsTable: false, As: not ("PartialObjectMetadata" or "PartialObjectMetadataList") };
        var isAsItWas = type == "DELETED" && change.Type == StoreEventType.Modified;
        if (isWhole && !isAsItWas)
        {
            return change.Object.Utf8;
        }

        var body = change.Object.Clone();
        if (type == "DELETED" && change is { Type: StoreEventType.Modified, Previous: { } last })
        {
            // It disappears as it last matched, at the revision that made it disappear.
            body = last.Clone();
            ObjectMetadata.Of(body)["resourceVersion"] = Version(change.Object.ResourceVersion);
        }

        return FrozenObject.Write(call.Form.IsTable ? Table(body, change.Object.ResourceVersion)
            : isWhole ? body
            : TableBuilder.PartialMetadata(body, "v1"));
    }

    private JsonObject Table(JsonObject body, long revision)
    {
        var metadata = new JsonObject { ["resourceVersion"] = Version(revision) };
        var table =
            tables.Build(call.Kind, [body], metadata, call.Form.Version, call.Form.Included, isFirst: !_sentTable);
        _sentTable = true;
        return table;
    }

    private static string Version(long revision) => revision.ToString(CultureInfo.InvariantCulture);
}
