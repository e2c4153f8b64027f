namespace Midwatch.LocalCluster.Kubelet.Images;

/// <summary>
/// An image's name, made complete as the container runtimes do: "redis:7" is "docker.io/library/redis:7".
/// </summary>
/// <param name="Registry">The host, with its port if it has one.</param>
/// <param name="Path">The path in the registry: "library/redis".</param>
/// <param name="Tag">"latest" unless the name says otherwise; a digest is kept with its "sha256:".</param>
internal sealed record ImageReference(string Registry, string Path, string Tag)
{
    private const string DefaultRegistry = "docker.io";

    /// <summary>Registry and path.</summary>
    public string Repository => $"{Registry}/{Path}";

    /// <summary>The complete name, as the runtime's messages have it.</summary>
    public override string ToString() =>
        Tag.StartsWith("sha256:", StringComparison.Ordinal) ? $"{Repository}@{Tag}" : $"{Repository}:{Tag}";

    /// <summary>Reads a name; null for one that no runtime would take.</summary>
    public static ImageReference? Parse(string text)
    {
        var (name, tag) = SplitTag(text);
        if (name.Length == 0
            || name.Any(c => !char.IsAsciiLetterOrDigit(c) && !"./-_:".Contains(c, StringComparison.Ordinal)))
        {
            return null;
        }

        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        if (first == "localhost" || first.AsSpan().ContainsAny('.', ':'))
        {
            return new(first, name[(slash + 1)..], tag);
        }

        return new(DefaultRegistry, slash < 0 ? $"library/{name}" : name, tag);
    }

    private static (string Name, string Tag) SplitTag(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            return (SplitTag(text[..at]).Name, text[(at + 1)..]);
        }

        // A colon before the last slash belongs to the registry's port.
        var colon = text.LastIndexOf(':');
        return colon > text.LastIndexOf('/') ? (text[..colon], text[(colon + 1)..]) : (text, "latest");
    }
}
