using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Runbooks.Data;

namespace Midwatch.Runbooks.Effects.Tools;

/// <summary>Finds the data of a program. A file is read when the first of its programs is asked for.</summary>
internal sealed class ToolLibrary
{
    private readonly FrozenDictionary<string, string> _files;
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, ToolSpecification>> _read = new();

    public ToolLibrary()
    {
        var index = DataFile.Read("Effects/Data/index.yaml");
        _files = index.Keys
            .SelectMany(file => index.Texts(file).Select(name => KeyValuePair.Create(name, file)))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The names of all programs that the data knows.</summary>
    public IEnumerable<string> Names => _files.Keys;

    /// <summary>The data of a program, by its bare name or path; null when it is not known.</summary>
    /// <remarks>
    /// A program with a directory before it counts as the one of that name only where programs are installed:
    /// <c>./kubectl</c> may be anything.
    /// </remarks>
    public ToolSpecification? Find(string program)
    {
        var slash = program.LastIndexOf('/');
        var name = slash < 0 ? program : program[(slash + 1)..];
        if (slash >= 0 && !IsSystemDirectory(program[..slash]))
        {
            return null;
        }

        return _files.TryGetValue(name, out var file)
            ? _read.GetOrAdd(file, static each => ToolReader.Read(DataFile.Read($"Effects/Data/{each}.yaml")))
                .GetValueOrDefault(name)
            : null;
    }

    // Only root writes there.
    private static bool IsSystemDirectory(string directory) =>
        directory is "/bin" or "/sbin" or "/snap/bin"
        || ((directory.StartsWith("/usr/", StringComparison.Ordinal)
                || directory.StartsWith("/opt/", StringComparison.Ordinal))
            && directory.Split('/') is [.., "bin" or "sbin"] parts
            && !parts.Contains(".."));
}
