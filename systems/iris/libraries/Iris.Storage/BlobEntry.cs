namespace Iris.Storage;

/// <summary>One version of one blob.</summary>
public sealed record BlobEntry(string Name, string Version, bool IsCurrent, long Length);
