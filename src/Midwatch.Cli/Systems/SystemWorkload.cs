namespace Midwatch.Cli.Systems;

/// <summary>A workload whose state says whether a system is up.</summary>
/// <param name="Kind">In small letters: <c>deployment</c>, <c>statefulset</c>, <c>daemonset</c> or <c>job</c>.</param>
internal sealed record SystemWorkload(string Namespace, string Kind, string Name)
{
    private static readonly string[] Kinds = ["deployment", "statefulset", "daemonset", "job"];

    /// <summary>Reads <c>kind/name</c>, or <c>namespace/kind/name</c> where it lies outside the system's own.</summary>
    /// <returns>Null when it is neither.</returns>
    internal static SystemWorkload? Parse(string text, string ownNamespace)
    {
        var parts = text.Split('/');
        if (parts.Length is not (2 or 3) || parts.Contains(string.Empty) || !Kinds.Contains(parts[^2]))
        {
            return null;
        }

        return new SystemWorkload(parts.Length == 3 ? parts[0] : ownNamespace, parts[^2], parts[^1]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}/{Name}";
}
