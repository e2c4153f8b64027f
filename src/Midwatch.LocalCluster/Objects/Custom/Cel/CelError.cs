namespace Midwatch.LocalCluster.Objects.Custom.Cel;

/// <summary>What an expression comes to when it cannot be computed; it travels upwards like a value.</summary>
internal sealed record CelError(string Message)
{
    public static CelError NoSuchKey(string key) => new($"no such key: {key}");

    public static CelError NoOverload() => new("no such overload");
}
