using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Execution.Data;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Execution.Places;

/// <summary>Keeps commands on the cluster that the incident is bound to (data: <c>places.yaml</c>).</summary>
internal sealed class PlaceGuard
{
    private readonly FrozenDictionary<string, Program> _programs;
    private readonly FrozenSet<string> _variables;

    public PlaceGuard()
    {
        var data = DataFile.Read("places.yaml");
        _variables = data.Texts("variables").ToFrozenSet(StringComparer.Ordinal);
        _programs = data.Entries("programs").ToFrozenDictionary(
            entry => entry.Key, entry => new Program((YamlMappingNode)entry.Value), StringComparer.Ordinal);
    }

    /// <summary>Tells why a program must not be started so; null when it may.</summary>
    /// <param name="argv">The program and its words, as far as they are known.</param>
    /// <param name="assigned">Names of variables that are set for it.</param>
    public string? Objection(ImmutableArray<string> argv, IEnumerable<string> assigned)
    {
        if (assigned.FirstOrDefault(_variables.Contains) is { } variable)
        {
            return $"It sets {variable}, which decides where and as whom commands act.";
        }

        if (argv.IsEmpty || _programs.GetValueOrDefault(Path.GetFileName(argv[0])) is not { } program)
        {
            return null;
        }

        var name = Path.GetFileName(argv[0]);
        var words = argv.AsSpan()[1..].ToArray().TakeWhile(word => word != "--").ToArray();
        if (words.FirstOrDefault(program.Redirects) is { } option)
        {
            return $"{option.Split('=')[0]} sends {name} to another cluster or makes it act as somebody else.";
        }

        var verbs = string.Join(' ', words.Where(word => !word.StartsWith('-'))) + " ";
        var verb = program.Verbs.FirstOrDefault(verb => verbs.StartsWith(verb + " ", StringComparison.Ordinal));
        return verb is not null ? $"'{name} {verb}' switches account or context."
            : program.Always ? $"{name} switches context or namespace."
            : null;
    }

    private sealed class Program(YamlMappingNode data)
    {
        private readonly FrozenSet<string> _options = data.Texts("options").ToFrozenSet(StringComparer.Ordinal);

        public ImmutableArray<string> Verbs { get; } = data.Texts("verbs");

        public bool Always { get; } = data.Text("always") == "true";

        public bool Redirects(string word) =>
            _options.Contains(word.Split('=')[0])
            || (word.Length > 2 && word[0] == '-' && word[1] != '-' && _options.Contains(word[..2]));
    }
}
