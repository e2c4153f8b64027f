using System.Globalization;

namespace Midwatch.Shell.Interpretation;

/// <summary>Decides where redirections may write.</summary>
internal static class WritableFiles
{
    private const string DescriptorFolder = "/dev/fd/";

    /// <summary>Why a file must not be written, as the end of a sentence; null when it may be.</summary>
    public static string? Objection(string path, string? directory)
    {
        var full = Path.GetFullPath(path);
        if (full is "/dev/null" || Descriptor(full) is not null)
        {
            return null;
        }

        if (directory is null)
        {
            return "would be written, and this script may write no file.";
        }

        var root = Real(Path.GetFullPath(directory));
        return Real(full) is { } real && root is not null
            && real.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal)
            ? null
            : "lies outside the step's own folder.";
    }

    /// <summary>
    /// The descriptor that a name such as <c>/dev/stderr</c> or <c>/dev/fd/3</c> means; null for others.
    /// </summary>
    public static int? Descriptor(string path) => path switch
    {
        "/dev/stdin" => 0,
        "/dev/stdout" => 1,
        "/dev/stderr" => 2,
        _ when path.StartsWith(DescriptorFolder, StringComparison.Ordinal)
            && int.TryParse(
                path.AsSpan(DescriptorFolder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            => number,
        _ => null,
    };

    /// <summary>
    /// The path with every symbolic link followed, also when the file itself is not there; null past too many.
    /// </summary>
    public static string? Real(string path)
    {
        const int LinksMax = 40;
        for (var links = 0; links < LinksMax; links++)
        {
            var changed = false;
            for (var end = path.IndexOf('/', 1); ; end = path.IndexOf('/', end + 1))
            {
                var prefix = end < 0 ? path : path[..end];
                if (new FileInfo(prefix).LinkTarget is { } target)
                {
                    path = Path.GetFullPath(
                        target, Path.GetDirectoryName(prefix) ?? "/") + (end < 0 ? string.Empty : path[end..]);
                    changed = true;
                    break;
                }

                if (end < 0)
                {
                    break;
                }
            }

            if (!changed)
            {
                return path;
            }
        }

        return null;
    }
}
