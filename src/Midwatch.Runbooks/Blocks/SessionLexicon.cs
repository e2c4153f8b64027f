using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Blocks;

/// <summary>
/// Tells which commands open a shell or prompt, and which lines run inside one. Data: <c>sessions.yaml</c>.
/// </summary>
internal sealed partial class SessionLexicon
{
    private readonly ImmutableArray<(DataPattern Pattern, string Place)> _openers;
    private readonly ImmutableArray<(DataPattern Pattern, string Place)> _prompts;
    private readonly ImmutableArray<(DataPattern Prompt, string Program, string? Option)> _readers;
    private readonly FrozenSet<string> _outside;
    private readonly FrozenSet<string> _outsideOfPods;
    private readonly DataPattern _leavers;

    public SessionLexicon()
    {
        var data = DataFile.Read("Blocks/Data/sessions.yaml");
        _openers = Places(data.Maps("openers"));
        _prompts = Places(data.Maps("prompts"));
        _readers =
        [
            .. data.Maps("readers").Select(
                map => (DataPattern.IgnoringCase(map.Required("prompt")), map.Required("program"), map.Text("option"))),
        ];
        _outside = data.Texts("outside").ToFrozenSet(StringComparer.Ordinal);
        _outsideOfPods = data.Texts("outsideOfPods").ToFrozenSet(StringComparer.Ordinal);
        _leavers = DataPattern.IgnoringCase(data.Required("leavers"));
    }

    /// <summary>What a command opens; null when it opens nothing.</summary>
    public SessionPlace? OpenedBy(string command, int line)
    {
        var bare = Prefix().Replace(Spaces().Replace(Holes().Replace(command, "x"), " ").Trim().TrimEnd(';'), "");
        if (bare.Length is 0 or > 400 || bare.AsSpan().ContainsAny('|', '>') || bare.EndsWith('&'))
        {
            return null;
        }

        foreach (var (pattern, place) in _openers)
        {
            if (pattern.IsMatch(bare))
            {
                return new SessionPlace(place, command.Split('\n')[0].Trim(), line);
            }
        }

        return null;
    }

    /// <summary>Whether a line leaves the place that is open.</summary>
    public bool Leaves(string command) => _leavers.IsMatch(command.Trim());

    /// <summary>Whether one runs the program from outside of a place.</summary>
    public bool IsOutside(string program, SessionPlace place) => _outside.Contains(program)
        || (place.Kind is not ("host" or "node" or "root") && _outsideOfPods.Contains(program));

    /// <summary>The prompt that a line begins with, and what it is a prompt of; null for none.</summary>
    public (string Prompt, string Place)? PromptOf(string line)
    {
        foreach (var (pattern, place) in _prompts)
        {
            if (pattern.Match(line) is { Success: true } match)
            {
                return (match.Value, place);
            }
        }

        return null;
    }

    /// <summary>The program and option that the words behind a prompt are given to; null for a shell's.</summary>
    public (string Program, string? Option)? ReaderOf(string prompt)
    {
        foreach (var (pattern, program, option) in _readers)
        {
            if (pattern.IsMatch(prompt))
            {
                return (program, option);
            }
        }

        return null;
    }

    private static ImmutableArray<(DataPattern Pattern, string Place)> Places(ImmutableArray<DataMap> maps) =>
        [.. maps.Select(map => (DataPattern.IgnoringCase(map.Required("pattern")), map.Required("place")))];

    [GeneratedRegex(@"<[\w][^<>\n|&;]{0,60}>|\$\{?\w+\}?|\$\([^()]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Holes();

    [GeneratedRegex(@"\s+|\\\n\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^((sudo( -E| -H| -u \S+)?|time|winpty|exec) )+", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
