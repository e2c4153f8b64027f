using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Kinds.Conversions;

/// <summary>Between the version of a kind in which objects are kept and another one that is served too.</summary>
internal abstract class KindConversion
{
    /// <param name="body">Taken over.</param>
    /// <param name="apiVersion">The version served.</param>
    public abstract JsonObject FromStored(JsonObject body, string apiVersion);

    /// <param name="body">Taken over.</param>
    public abstract JsonObject ToStored(JsonObject body);

    /// <summary>The conversion that kinds.yaml names.</summary>
    public static KindConversion Named(string name) => name switch
    {
        "autoscaler" => new AutoscalerConversion(),
        "event" => new EventConversion(),
        _ => throw new FormatException($"kinds.yaml: there is no conversion '{name}'."),
    };

    /// <summary>Gives a field another name.</summary>
    protected static void Rename(JsonObject body, string from, string to)
    {
        if (body.TryGetPropertyValue(from, out var value))
        {
            _ = body.Remove(from);
            body[to] = value;
        }
    }
}
