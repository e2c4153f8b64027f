namespace Midwatch.Kubernetes;

/// <summary>Which part of which log.</summary>
/// <param name="TailLines">How many lines from the end; null for all.</param>
/// <param name="BytesMax">Reading stops after that many bytes.</param>
public sealed record LogQuery(
    string Namespace, string Pod, string? Container, bool Previous = false, int? TailLines = null,
    int BytesMax = 1024 * 1024);
