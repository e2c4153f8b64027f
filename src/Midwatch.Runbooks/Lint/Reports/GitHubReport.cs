using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Runbooks.Lint.Reports;

/// <summary>Findings as workflow commands, which GitHub Actions shows at the lines of a pull request.</summary>
public static class GitHubReport
{
    /// <summary>Writes one command for each finding.</summary>
    public static void Write(TextWriter output, ImmutableArray<Finding> findings, LintTally tally)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(tally);
        foreach (var (path, diagnostic) in findings)
        {
            var word = diagnostic.Severity switch
            {
                Severity.Error => "error",
                Severity.Warning => "warning",
                _ => "notice",
            };
            var text = diagnostic.Remedy is { } remedy ? $"{diagnostic.Message} {remedy}" : diagnostic.Message;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"::{word} file={Property(path)},line={diagnostic.Span.Line},endLine={diagnostic.Span.EndLine},col={diagnostic.Span.Column},endColumn={diagnostic.Span.EndColumn},title={Property(diagnostic.Code)}::{Data(text)}"));
        }

        output.WriteLine(tally.Words());
    }

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
