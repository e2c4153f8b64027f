using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>Cells of events.</summary>
internal static class EventCells
{
    public static JsonNode? LastSeen(JsonObject body, DateTimeOffset now) =>
        HumanDuration.Since(
            Time(body, ".series.lastObservedTime") ?? Time(body, ".lastTimestamp") ?? Time(body, ".eventTime"), now);

    public static JsonNode? FirstSeen(JsonObject body, DateTimeOffset now) =>
        HumanDuration.Since(Time(body, ".firstTimestamp") ?? Time(body, ".eventTime"), now);

    public static string About(JsonObject body)
    {
        var kind = KindName.Lower(FieldPath.Text(body, ".involvedObject.kind"));
        var name = FieldPath.Text(body, ".involvedObject.name");
        return name.Length == 0 ? kind : $"{kind}/{name}";
    }

    public static string Source(JsonObject body)
    {
        var component = FieldPath.Text(body, ".source.component", FieldPath.Text(body, ".reportingComponent"));
        var host = FieldPath.Text(body, ".source.host", body["source"] is JsonObject { Count: > 0 } ? ""
            : FieldPath.Text(body, ".reportingInstance"));
        return host.Length == 0 ? component : $"{component}, {host}";
    }

    public static long Count(JsonObject body) =>
        FieldPath.Number(body, ".series.count") is > 0 and var series ? series
            : Math.Max(1, FieldPath.Number(body, ".count"));

    private static DateTimeOffset? Time(JsonObject body, string path) =>
        KubernetesTime.Parse(FieldPath.Text(body, path));
}
