namespace Midwatch.Kubernetes;

/// <summary>What of a list is wanted.</summary>
public sealed record ListQuery(string? LabelSelector = null, string? FieldSelector = null)
{
    /// <summary>Everything.</summary>
    public static ListQuery All { get; } = new();
}
