using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Tests.Acceptance;

/// <summary>
/// Nothing is fitted to a document: with its names changed and its headings put in other words it compiles the same.
/// </summary>
public sealed partial class RenamingTests
{
    private static readonly (string From, string To)[] Words =
    [
        ("## Diagnosis", "## Investigation steps"), ("## Resolution", "## Mitigation"),
        ("## Verification", "## Validate the fix"),
        ("## Prevention", "## Long-term prevention"), ("## Escalation", "## When to escalate: escalation"),
        ("## Post-Incident", "## Follow-up"),
        ("## Investigation Phase", "## Triage"), ("## Recovery Verification", "## Confirm recovery"),
        ("#### Symptoms", "#### Impact"),
        ("Scenario ", "Case "), ("#### Detection", "#### Diagnosis"), ("#### Validation", "#### Verification"),
        ("**Alert Name**", "**Alert**"),
        ("**Investigation:**", "**Diagnosis:**"), ("**Actions:**", "**Remediation:**"),
        ("if recent deployment", "if there was a recent release"),
        ("→", "->"),
    ];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_renamed_and_paraphrased_seed_compiles_the_same(int seed)
    {
        var text = Seeds.Text(seed);
        var renamed = Renamed(text);

        var before = Seeds.Compile("a.md", text);
        var after = Seeds.Compile("b.md", renamed);

        Assert.NotEqual(text, renamed);
        Assert.Equal(Shape(before), Shape(after));
    }

    /// <summary>The same document with other names and headings, line for line.</summary>
    internal static string Renamed(string text) => Words.Aggregate(
        Names().Replace(text, match => $"zz{new string([.. match.Value.Reverse()])}"),
        (all, word) => all.Replace(word.From, word.To, StringComparison.Ordinal));

    private static IEnumerable<string> Shape(Runbook runbook) =>
    [
        .. Seeds.Commands(runbook).Select(command =>
            $"{command.Span.Line} {command.Effect.Effect.Name()} {string.Join(',', command.Effect.Marks.Names())} {command.Phase} {command.Effect.Action} {command.Effect.Target?.Kind} {command.Gate?.Predicate}"),
        .. runbook.Procedures.Select(procedure =>
            $"{procedure.Line} {procedure.Kind} alerts {procedure.Alerts.Length} scenarios {procedure.Scenarios.Length} rules {procedure.Rules.Length} escalations {procedure.Escalations.Length} preventions {procedure.Preventions.Length}"),
    ];

    // Names of systems, namespaces, workloads and labels of the seeds; not words of the tools.
    [GeneratedRegex(
        @"sentineltranslate|nimify|mlops|mlflow|churn|pyairtable|iris|sidecar|inference-service|platform-services|auth-service|api-gateway|triton")]
    private static partial Regex Names();
}
