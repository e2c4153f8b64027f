using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Kinds.Conversions;

/// <summary>The versions of a custom kind differ in nothing but their names (strategy None).</summary>
internal sealed class VersionConversion(string stored) : KindConversion
{
    public override JsonObject FromStored(JsonObject body, string apiVersion)
    {
        body["apiVersion"] = apiVersion;
        return body;
    }

    public override JsonObject ToStored(JsonObject body)
    {
        body["apiVersion"] = stored;
        return body;
    }
}
