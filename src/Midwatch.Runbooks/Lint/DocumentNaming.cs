using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Lint;

/// <summary>What a document calls itself, by its title, its file and its folder.</summary>
internal sealed partial class DocumentNaming(Runbook runbook)
{
    private readonly string[] _path = runbook.Path.Split('/');

    /// <summary>Whether it is a form to be filled in: what is empty in it is meant to be.</summary>
    public bool IsTemplate => Template().IsMatch(runbook.Title) || Template().IsMatch(_path[^1]);

    /// <summary>Whether it is the record of a night past, a test, or a guide: it speaks of failures too, and answers
    /// none.</summary>
    public bool IsRecord => Record().IsMatch(runbook.Title) || Dated().IsMatch(_path[^1]);

    /// <summary>Whether it is the index of its folder.</summary>
    public bool IsIndex => _path[^1].TrimStart('_').StartsWith("index.", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it calls itself a runbook.</summary>
    public bool IsRunbook => !IsTemplate && !IsRecord
        && (Title().IsMatch(runbook.Title) || _path.TakeLast(2).Any(part => Name().IsMatch(part)));

    [GeneratedRegex("template", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Template();

    [GeneratedRegex(@"run-?book|play-?book|\bsops?\b|^alert\b|on-?call",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    [GeneratedRegex(@"run-?book|play-?book|\bsops?\b|^alerts?$|on-?call",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"\b(guides?|tutorial|set-?up|experiment|record|report|post-?mortem|summary|testing|verification|getting started|exercise|reference|decisions?|incident log)\b|^adr[- ]?\d",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Record();

    /// <summary>The file of one day.</summary>
    [GeneratedRegex(@"\b20\d\d-\d\d-\d\d", RegexOptions.CultureInvariant)]
    private static partial Regex Dated();
}
