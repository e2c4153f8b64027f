using System.Collections.Concurrent;
using System.Collections.Immutable;
using Midwatch.Runbooks.Data;

namespace Midwatch.Runbooks.Effects.Tools;

/// <summary>Finds the data of a program. A file is read when the first of its programs is asked for.</summary>
internal sealed class ToolLibrary
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableDictionary<string, ToolSpecification>> _read = new();

    private readonly ImmutableDictionary<string, ToolSpecification> _added;

    /// <summary>The library with the built-in data alone.</summary>
    public ToolLibrary()
        : this(ImmutableDictionary<string, ToolSpecification>.Empty)
    {
    }

    /// <summary>The library with a user's tools beside the built-in ones.</summary>
    public ToolLibrary(ImmutableDictionary<string, ToolSpecification> added)
    {
        _added = added;
        // No frozen set: it costs more at the start than a run of the program wins by it.
        var index = DataFile.Read("Effects/Data/index.yaml");
        foreach (var file in index.Keys)
        {
            foreach (var name in index.Texts(file))
            {
                _files.Add(name, file);
            }
        }
    }

    /// <summary>The names of all programs that the data knows.</summary>
    public IEnumerable<string> Names => _files.Keys.Concat(_added.Keys).Distinct(StringComparer.Ordinal);

    /// <summary>The data of a program, by its bare name or path; null when it is not known.</summary>
    /// <remarks>
    /// A program with a directory before it counts as the one of that name only where programs are installed:
    /// <c>./kubectl</c> may be anything.
    /// </remarks>
    public ToolSpecification? Find(string program) => FindAll(program) is [var first, ..] ? first : null;

    /// <summary>
    /// All data of a program: the built-in one, then a user's, unless that replaces it. A call is as bad as the worst
    /// of them says.
    /// </summary>
    public ImmutableArray<ToolSpecification> FindAll(string program)
    {
        var slash = program.LastIndexOf('/');
        var name = slash < 0 ? program : program[(slash + 1)..];
        if (slash >= 0 && !IsSystemDirectory(program[..slash]))
        {
            return [];
        }

        var added = _added.GetValueOrDefault(name);
        var own = added is { Replaces: true } ? null : BuiltIn(name);
        return own is null ? added is null ? [] : [added]
            : added is null ? [own]
            : [own, added];
    }

    /// <summary>Whether the built-in data knows a program.</summary>
    public bool IsBuiltIn(string name) => _files.ContainsKey(name);

    private ToolSpecification? BuiltIn(string name) => _files.TryGetValue(name, out var file)
        ? _read.GetOrAdd(file, static each => ToolReader.Read(DataFile.Read($"Effects/Data/{each}.yaml")))
            .GetValueOrDefault(name)
        : null;

    // Only root writes there.
    private static bool IsSystemDirectory(string directory) =>
        directory is "/bin" or "/sbin" or "/snap/bin"
        || ((directory.StartsWith("/usr/", StringComparison.Ordinal)
                || directory.StartsWith("/opt/", StringComparison.Ordinal))
            && directory.Split('/') is [.., "bin" or "sbin"] parts
            && !parts.Contains(".."));
}
