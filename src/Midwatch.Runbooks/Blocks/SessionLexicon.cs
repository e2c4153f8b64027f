using System.Collections.Immutable;
using Midwatch.Runbooks.Data;

namespace Midwatch.Runbooks.Blocks;

/// <summary>Tells what the lines at an opened prompt are taken for. Data: <c>sessions.yaml</c>.</summary>
internal sealed class SessionLexicon
{
    private readonly ImmutableArray<(DataPattern Prompt, string Program, string? Option)> _readers;

    public SessionLexicon()
    {
        var data = DataFile.Read("Blocks/Data/sessions.yaml");
        _readers =
        [
            .. data.Maps("readers").Select(
                map => (DataPattern.IgnoringCase(map.Required("prompt")), map.Required("program"), map.Text("option"))),
        ];
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
}
