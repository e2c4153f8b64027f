using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Runbooks.Blocks;

/// <summary>Tells which lines run inside of what an earlier command opened. Data: <c>sessions.yaml</c>.</summary>
internal sealed class SessionLexicon
{
    private readonly ImmutableArray<(DataPattern Prompt, string Program, string? Option)> _readers;
    private readonly FrozenSet<string> _outside;
    private readonly FrozenSet<string> _outsideOfPods;
    private readonly DataPattern _leavers;

    public SessionLexicon()
    {
        var data = DataFile.Read("Blocks/Data/sessions.yaml");
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
    public static SessionPlace? OpenedBy(string command, int line) =>
        OpenedPlaces.OpenedBy(command) is { } place
            ? new SessionPlace(place, command.Split('\n')[0].Trim(), line) : null;

    /// <summary>Whether a line leaves the place that is open.</summary>
    public bool Leaves(string command) => _leavers.IsMatch(command.Trim());

    /// <summary>Whether one runs the program from outside of a place.</summary>
    public bool IsOutside(string program, SessionPlace place) => _outside.Contains(program)
        || (place.Kind is not ("host" or "node" or "root") && _outsideOfPods.Contains(program));

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
}
