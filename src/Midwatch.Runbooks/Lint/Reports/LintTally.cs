using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Runbooks.Lint.Reports;

/// <summary>How many findings of each severity there are.</summary>
public sealed record LintTally(int Files, int Errors, int Warnings, int Notes)
{
    /// <summary>Counts.</summary>
    /// <param name="files">How many files were linted.</param>
    public static LintTally Of(ImmutableArray<Finding> findings, int files) => new(
        files,
        findings.Count(each => each.Diagnostic.Severity == Severity.Error),
        findings.Count(each => each.Diagnostic.Severity == Severity.Warning),
        findings.Count(each => each.Diagnostic.Severity == Severity.Note));

    /// <summary>Whether there is a finding of that severity or worse.</summary>
    public bool Reaches(Severity severity) => severity switch
    {
        Severity.Error => Errors > 0,
        Severity.Warning => Errors + Warnings > 0,
        _ => Errors + Warnings + Notes > 0,
    };

    /// <summary>In words: <c>2 errors, 1 warning in 5 files</c>.</summary>
    public string Words()
    {
        string[] counts = [.. new[] { Count(Errors, "error"), Count(Warnings, "warning"), Count(Notes, "note") }
            .Where(each => each.Length > 0)];
        return $"{(counts.Length == 0 ? "Nothing found" : string.Join(", ", counts))} in {Count(Files, "file")}.";
    }

    private static string Count(int number, string noun) =>
        number == 0 && noun != "file" ? "" : FormattableString.Invariant($"{number} {noun}{(number == 1 ? "" : "s")}");
}
