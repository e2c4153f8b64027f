using System.Collections.Frozen;
using Midwatch.Runbooks.Lint.Manifests;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>The checks that look at a document and at what was given beside it.</summary>
internal static class SurroundingChecks
{
    /// <summary>What is wrong with a document in its surroundings.</summary>
    /// <param name="known">The paths of all documents that are linted together.</param>
    public static IEnumerable<Report> Of(LintDocument document, LintInput input, FrozenSet<string> known)
    {
        IEnumerable<Report> reports = [];
        if (input.FileExists is { } exists)
        {
            reports = LinkCheck.Of(document, path => known.Contains(path) || exists(path));
        }

        if (input.Rules is { } rules)
        {
            reports = reports.Concat(RuleAgreement.Of(document, rules));
        }

        if (input.Rules is not null || input.QueryProblem is not null)
        {
            reports = reports.Concat(QueryCheck.Of(document, input));
        }

        return new[] { input.Manifests, input.Cluster }.OfType<ManifestSet>()
            .Aggregate(reports, (all, set) => all.Concat(ManifestCheck.Of(document, set)));
    }
}
