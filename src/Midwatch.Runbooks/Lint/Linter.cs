using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Effects.Targets;
using Midwatch.Runbooks.Effects.Tools;
using Midwatch.Runbooks.Lint.Checks;
using Midwatch.Runbooks.Lint.Queries;

namespace Midwatch.Runbooks.Lint;

/// <summary>Says what is wrong with runbooks: what the compiler found, and what the checks find.</summary>
/// <remarks>A function of its input: the same input gives the same findings, in the order of the documents. Never
/// throws on any text. Safe to call from many threads.</remarks>
public sealed class Linter
{
    private readonly CodeCatalogue _catalogue;
    private readonly ToolLibrary _tools;
    private readonly ObjectKinds _kinds = new();
    private readonly ImmutableArray<DocumentCheck> _checks;

    /// <summary>Makes a linter with the codes of a catalogue.</summary>
    /// <param name="judge">Whose effect data it looks at too: reading them is what costs time at the start.</param>
    public Linter(CodeCatalogue catalogue, EffectJudge judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        _catalogue = catalogue;
        _tools = judge.Tools;
        _checks = CheckList.All(_tools);
    }

    /// <summary>The findings of all documents, and of the rule files.</summary>
    public ImmutableArray<Finding> Lint(LintInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var known = input.Runbooks.Select(runbook => runbook.Path).ToFrozenSet(StringComparer.Ordinal);
        var circles = CircleCheck.Of(input.Runbooks);
        var parts = input.Runbooks.Length <= 2
            ? input.Runbooks.Select(runbook => OfRunbook(runbook, input, known, circles))
            : input.Runbooks.AsParallel().AsOrdered().WithCancellation(cancellationToken)
                .Select(runbook => OfRunbook(runbook, input, known, circles));
        return
        [
            .. parts.SelectMany(findings => findings),
            .. RuleChecks.Of(input).Select(each => Finished(each.Path, each.Report, input.Settings)).OfType<Finding>(),
        ];
    }

    /// <summary>The queries of documents and rules, each once: what is to be asked for
    /// <see cref="LintInput.QueryProblem"/>.</summary>
    public ImmutableArray<string> Queries(LintInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return
        [
            .. input.Runbooks.Where(MayHoldQueries)
                .SelectMany(runbook => DocumentQuery.Of(new LintDocument(runbook, _tools, _kinds)))
                .SelectMany(query => query.Readings)
                .Concat(input.Rules?.Rules.Select(rule => rule.Expression) ?? [])
                .Distinct(),
        ];
    }

    private static bool MayHoldQueries(Runbook runbook) =>
        runbook.Text.Contains("promql", StringComparison.OrdinalIgnoreCase)
        || runbook.Text.Contains("expr:", StringComparison.Ordinal)
        || runbook.Text.Contains("query=", StringComparison.Ordinal);

    private ImmutableArray<Finding> OfRunbook(
        Runbook runbook, LintInput input, FrozenSet<string> known, FrozenDictionary<string, Report> circles)
    {
        var document = new LintDocument(runbook, _tools, _kinds);
        var reports = _checks.SelectMany(check => check.Of(document))
            .Concat(SurroundingChecks.Of(document, input, known))
            .Concat(circles.TryGetValue(runbook.Path, out var circle) ? [circle] : [])
            .Select(report => Finished(runbook.Path, report, input.Settings));
        var compiled = CompilerDiagnostics.Of(document, _tools).Select(diagnostic => Finished(runbook.Path,
            new Report(diagnostic.Code, diagnostic.Span, diagnostic.Message, diagnostic.Remedy ?? ""), input.Settings));
        var suppressions = Suppressions.Of(document);
        var raised = compiled.Concat(reports).OfType<Finding>()
            .DistinctBy(finding => (finding.Diagnostic.Code, finding.Diagnostic.Span)).ToImmutableArray();
        return
        [
            .. raised.Where(finding => !suppressions.Cover(finding.Diagnostic))
                .Concat(suppressions.Reports(_catalogue)
                    .Concat(suppressions.Unused(raised, code => IsLookedFor(code, input), _catalogue))
                    .Select(report => Finished(runbook.Path, report, input.Settings)).OfType<Finding>())
                .OrderBy(finding => finding.Diagnostic.Span.Line)
                .ThenBy(finding => finding.Diagnostic.Span.Column)
                .ThenBy(finding => finding.Diagnostic.Code, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether a code can be raised with what was given: one that cannot says nothing by its
    /// absence.</summary>
    private static bool IsLookedFor(LintCode code, LintInput input) => input.Settings.Of(code) is not null
        && code.Needs switch
        {
            "rules" => input.Rules is not null,
            "manifests" => input.Manifests is not null || input.Cluster is not null,
            _ => true,
        }
        && (code.Id != "MW6008" || input.QueryProblem is not null)
        && (code.Id != "MW4002" || input.FileExists is not null);

    private Finding? Finished(string path, Report report, LintSettings settings)
    {
        var code = _catalogue.Find(report.Code)
            ?? throw new InvalidOperationException($"The catalogue has no code {report.Code}.");
        return settings.Of(code) is { } severity
            ? new Finding(path, new RunbookDiagnostic(
                code.Id, severity, report.Message, report.Span, report.Remedy.Length == 0 ? null : report.Remedy))
            : null;
    }
}
