using System.Collections.Immutable;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Inference;
using Midwatch.Diagnosis.Lexicons;
using Midwatch.Diagnosis.Observations;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Diagnosis.Scenarios;

/// <summary>Asks the conditions that stand before steps and commands ("if recent deployment", "if needed").</summary>
internal sealed class Gates(EvidenceIndex index)
{
    private const string Uses = "uses:";

    private readonly Interpreter _interpreter = new(index);

    /// <summary>Asks one.</summary>
    /// <param name="command">The command that it stands before; null when it stands before the whole step.</param>
    /// <param name="subject">The subject of the cause.</param>
    /// <param name="carries">Whether the command's target carries the cause.</param>
    public GateResult Ask(Gate gate, Step step, StepCommand? command, Subject subject, bool carries)
    {
        var answer = gate.Predicate switch
        {
            "recent-rollout" => RecentRollout(subject),
            "if-needed" => carries
                ? (Truth.True, $"It is needed: the cause lies at {subject}.")
                : (Truth.False, $"It is not needed: the cause lies at {subject}."),
            { } used when used.StartsWith(Uses, StringComparison.Ordinal) => Used(used[Uses.Length..], subject),
            { } known when Predicates.TryGetValue(known, out var predicate) => Plain(predicate, subject),

            // Words that the observations' lexicon knows ("if it is not Ready") need no person.
            _ => Lexicon.Default.ObservationsIn(gate.Text) is { IsEmpty: false } observed
                ? Plain(new Predicate.Any(observed), subject)
                : null,
        };
        var (state, why) = answer ?? (Truth.Unknown, "Only a person can tell.");
        return new GateResult(
            step.Id, command?.Id, gate.Text, answer is null ? null : gate.Predicate ?? "observed",
            state, why, gate.Line);
    }

    private static ImmutableDictionary<string, Predicate> Predicates { get; } = GateReader.ReadAll();

    // That nothing bears the name of what is used proves nothing: then it is a question.
    private (Truth State, string Why)? Used(string what, Subject subject)
    {
        var found = index.Of(subject).FirstOrDefault(one =>
            one.Type is "image" or "reference"
                && Stems.Of(one.Value).Intersect(Stems.Of(what), StringComparer.Ordinal).Any());
        return found is null ? null : (Truth.True, $"{found.Describe()}.");
    }

    private (Truth State, string Why)? RecentRollout(Subject subject)
    {
        var answer = _interpreter.Ask(new Predicate.RecentRollout(), subject);
        return answer.State switch
        {
            Truth.True =>
                (Truth.True, $"The template of {subject} changed shortly before: {answer.Because[0].Detail}."),
            Truth.False => (Truth.False, $"The template of {subject} did not change shortly before the first symptom."),
            _ => (Truth.Unknown,
                $"It cannot be told whether {subject} was rolled out lately: {answer.Gaps[0].Source}: {answer.Gaps[0].Reason}."),
        };
    }

    private (Truth State, string Why)? Plain(Predicate predicate, Subject subject)
    {
        var answer = _interpreter.Ask(predicate, subject);
        return answer.State switch
        {
            Truth.True => (Truth.True, answer.Because.IsEmpty ? "It holds." : $"{answer.Because[0].Describe()}."),
            Truth.False => (Truth.False, $"Nothing of this is observed at {subject}."),
            _ => (Truth.Unknown,
                answer.Gaps.IsEmpty ? "It could not be told." : $"{answer.Gaps[0].Source}: {answer.Gaps[0].Reason}."),
        };
    }
}
