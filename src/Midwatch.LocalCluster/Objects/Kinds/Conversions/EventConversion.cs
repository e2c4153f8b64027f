using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Kinds.Conversions;

/// <summary>events.k8s.io/v1 names the fields of core events in another way.</summary>
internal sealed class EventConversion : KindConversion
{
    private static readonly (string Core, string Fresh)[] Names =
    [
        ("involvedObject", "regarding"), ("message", "note"), ("source", "deprecatedSource"),
        ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"),
        ("count", "deprecatedCount"), ("reportingComponent", "reportingController"),
    ];

    public override JsonObject FromStored(JsonObject body, string apiVersion)
    {
        body["apiVersion"] = apiVersion;
        foreach (var (core, fresh) in Names)
        {
            Rename(body, core, fresh);
        }

        return body;
    }

    public override JsonObject ToStored(JsonObject body)
    {
        body["apiVersion"] = "v1";
        foreach (var (core, fresh) in Names)
        {
            Rename(body, fresh, core);
        }

        // Whoever reads core events looks at these.
        body["source"] ??= new JsonObject();
        return body;
    }
}
