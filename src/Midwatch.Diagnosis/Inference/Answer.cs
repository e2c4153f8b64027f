using System.Collections.Immutable;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Inference;

/// <summary>The answer to a predicate, with what it rests on.</summary>
/// <param name="Because">The facts that make it true; or that would, were they not explained by something further
/// upstream.</param>
/// <param name="Gaps">The reads whose lack keeps it from being told.</param>
/// <param name="ExplainedBy">The cause further upstream that explains the facts; null when none does.</param>
internal sealed record Answer(
    Truth State, ImmutableArray<Observation> Because, ImmutableArray<ReadRecord> Gaps, string? ExplainedBy = null)
{
    public static Answer No { get; } = new(Truth.False, [], []);

    public Answer Negated() => this with
    {
        State = State switch
        {
            Truth.True => Truth.False,
            Truth.False => Truth.True,
            _ => Truth.Unknown,
        },
    };

    /// <summary>True when one is; could-not-tell when one is that; else false.</summary>
    public static Answer Any(IReadOnlyCollection<Answer> answers) => Combine(answers, Max(answers), Truth.True);

    /// <summary>False when one is; could-not-tell when one is that; else true.</summary>
    public static Answer All(IReadOnlyCollection<Answer> answers) =>
        Combine(answers, answers.Count == 0 ? Truth.True : answers.Min(answer => answer.State), null);

    private static Truth Max(IReadOnlyCollection<Answer> answers) =>
        answers.Count == 0 ? Truth.False : answers.Max(answer => answer.State);

    private static Answer Combine(IReadOnlyCollection<Answer> answers, Truth state, Truth? only)
    {
        var chosen = only is { } wanted && state == wanted ? answers.Where(answer => answer.State == wanted) : answers;
        return new(
            state,
            [.. chosen.SelectMany(answer => answer.Because).Distinct()],
            state == Truth.Unknown ? [.. answers.SelectMany(answer => answer.Gaps).Distinct()] : [],
            answers.Select(answer => answer.ExplainedBy).FirstOrDefault(by => by is not null));
    }
}
