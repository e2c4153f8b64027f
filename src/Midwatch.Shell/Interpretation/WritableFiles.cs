using System.Globalization;

namespace Midwatch.Shell.Interpretation;

/// <summary>Decides where redirections may write.</summary>
internal static class WritableFiles
{
    private const string DescriptorFolder = "/dev/fd/";

    /// <summary>Why a file must not be written, as the end of a sentence; null when it may be.</summary>
    public static string? Objection(string path, string? directory) => Place(path, directory).Objection;

    /// <summary>Where a file lies, and whether it may be written.</summary>
    public static WritablePlace Place(string path, string? directory)
    {
        var full = Path.GetFullPath(path);
        if (full is "/dev/null" || Descriptor(full) is not null)
        {
            return new WritablePlace(full);
        }

        if (directory is null)
        {
            return new WritablePlace(full) { Objection = "would be written, and this script may write no file." };
        }

        if (Real(path) is not { } real)
        {
            return new WritablePlace(full) { IsMissing = true };
        }

        var root = Real(Path.GetFullPath(directory))?.TrimEnd('/');
        return root is not null && real.StartsWith(root + "/", StringComparison.Ordinal)
            ? new WritablePlace(full) { Root = root.Length == 0 ? "/" : root, Relative = real[(root.Length + 1)..] }
            : new WritablePlace(full) { Objection = "lies outside the step's own folder." };
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
    /// The path with every symbolic link followed, also when the file itself is not there; null past too many links,
    /// and where a step back begins at what is no folder.
    /// </summary>
    public static string? Real(string path)
    {
        const int LinksMax = 40;
        var real = string.Empty;
        var links = 0;
        var left = new Stack<string>(path.Split('/').Reverse());
        while (left.TryPop(out var name))
        {
            if (name == "..")
            {
                if (real.Length > 0 && !Directory.Exists(real))
                {
                    return null;
                }

                real = real[..Math.Max(0, real.LastIndexOf('/'))];
            }
            else if (name is not ("" or "."))
            {
                var next = $"{real}/{name}";
                if (new FileInfo(next).LinkTarget is not { } target)
                {
                    real = next;
                    continue;
                }

                if (++links > LinksMax)
                {
                    return null;
                }

                real = target.StartsWith('/') ? string.Empty : real;
                foreach (var part in target.Split('/').Reverse())
                {
                    left.Push(part);
                }
            }
        }

        return real.Length == 0 ? "/" : real;
    }
}
