using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Tests.Acceptance;

/// <summary>
/// Nothing is fitted to a document: with its names changed and its headings put in other words it compiles the same.
/// </summary>
public sealed class RenamingTests
{
    private const int Ways = 12;

    [Theory]
    [MemberData(nameof(Seeds.Numbers), MemberType = typeof(Seeds))]
    public void A_renamed_and_paraphrased_seed_compiles_the_same(int seed)
    {
        var text = Seeds.Text(seed);
        var before = Shape(Seeds.Compile("a.md", text)).ToList();
        for (var way = 0; way < Ways; way++)
        {
            var renamed = new Paraphrase(way).Of(text);

            Assert.NotEqual(text, renamed);
            Assert.Equal(before, Shape(Seeds.Compile("b.md", renamed)));
        }
    }

    private static IEnumerable<string> Shape(Runbook runbook) =>
    [
        .. Seeds.Commands(runbook).Select(command =>
            $"{command.Span.Line} {command.Effect.Effect.Name()} {string.Join(',', command.Effect.Marks.Names())} {command.Phase} {command.Effect.Action} {command.Effect.Target?.Kind} {command.Gate?.Predicate}"),
        .. runbook.Procedures.Select(procedure =>
            $"{procedure.Line} {procedure.Kind} alerts {procedure.Alerts.Length} scenarios {procedure.Scenarios.Length} rules {procedure.Rules.Length} escalations {procedure.Escalations.Length} preventions {procedure.Preventions.Length}"),
    ];
}
