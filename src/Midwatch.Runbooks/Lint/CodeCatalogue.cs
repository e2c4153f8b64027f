using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Runbooks.Lint;

/// <summary>
/// All codes. Data: <c>Lint/Data/codes.txt</c>, a table of <c>code | name | severity | on or off | needs | title</c>.
/// </summary>
public sealed class CodeCatalogue
{
    private readonly FrozenDictionary<string, LintCode> _codes;

    /// <summary>Reads the data that is compiled into the program.</summary>
    public CodeCatalogue()
    {
        Codes = [.. LintData.Rows("codes.txt").Select(Read)];
        _codes = Codes.ToFrozenDictionary(code => code.Id, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Gets the codes in order.</summary>
    public ImmutableArray<LintCode> Codes { get; }

    /// <summary>A code by its id or its name, in any case; null when there is none.</summary>
    public LintCode? Find(string code) => _codes.TryGetValue(code, out var found)
        ? found
        : Codes.FirstOrDefault(each => string.Equals(each.Name, code, StringComparison.OrdinalIgnoreCase));

    private static LintCode Read(ImmutableArray<string> row) => new(
        row[0],
        row[1],
        row[2] switch
        {
            "error" => Severity.Error,
            "warning" => Severity.Warning,
            "note" => Severity.Note,
            var other => throw new InvalidDataException($"{row[0]}: '{other}' is no severity."),
        },
        row[3] == "on",
        row[4] is "-" ? null : row[4],
        row[5]);
}
