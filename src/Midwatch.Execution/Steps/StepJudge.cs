using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Runbooks.Effects;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Execution.Steps;

/// <summary>
/// Judges one command: the place it acts on, its effect, and whether it needs a person. Asked for each simple command
/// before
/// anything runs, and for each program with everything expanded as it starts.
/// </summary>
internal sealed class StepJudge(
    StepRules rules, Allowance allowance, string text, Script script) : IJudge
{
    private const string PlaceRemedy = "Take it out, or map it to the bound cluster in the configuration.";
    private readonly JudgedScript _judged = rules.Judge.Read(script, text);
    private ImmutableArray<ForeseenVector> _foreseen = [];

    /// <summary>The commands in the order of the text, as far as they are known before running.</summary>
    public ImmutableArray<ForeseenVector> Vectors => _foreseen;

    public Verdict Foresee(ForeseenCall call)
    {
        ImmutableArray<string> words =
            [.. call.Arguments.Select(argument => argument.Text ?? Source(argument.Word.Span))];
        if (!_foreseen.Any(each => each.Span == call.Source.Span))
        {
            _foreseen = _foreseen.Add(
                new ForeseenVector(call.Source.Span, words, [.. call.Arguments.Select(argument => argument.Text)]));
        }

        // What a hole will be is not known, but where the words around it lead is.
        if (Misplaced(_judged.Foresee(call, text)) is { } misplaced)
        {
            return misplaced;
        }

        return call.Arguments.All(argument => argument.Text is not null) && !words.IsEmpty
            ? Weigh(_judged.Judge(new ProgramCall(
                rules.Habits.WithoutTerminal(words), Assignments(call), [], "/", call.Source.Span)))
            : Verdict.Allowed;
    }

    public ValueTask<Verdict> JudgeAsync(ProgramCall call, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Judge(call));

    private Verdict Judge(ProgramCall call)
    {
        var judged = _judged.Judge(call with { Arguments = rules.Habits.WithoutTerminal(call.Arguments) });
        if (Misplaced(judged) is { } misplaced)
        {
            return misplaced;
        }

        if (!allowance.Sealed.IsDefault
            && !_foreseen.Any(each => each.Span == call.Span && each.Admits(call.Arguments)))
        {
            return new Verdict.Refuse(
                "What is about to run is not what was approved.", "Look at the plan again and approve it anew.");
        }

        if (rules.Habits.Forwards(call.Arguments) && Taken(call.Arguments) is { } taken)
        {
            return taken;
        }

        return Weigh(judged);
    }

    private static Verdict.Refuse? Misplaced(CommandEffect effect) => effect.Elsewhere.FirstOrDefault() is { } place
        ? new Verdict.Refuse($"'{place}' leads to another cluster, account or identity.", PlaceRemedy)
        : null;

    private static ImmutableSortedDictionary<string, string> Assignments(ForeseenCall call) =>
        call.Source.Assignments.Select(assignment => assignment.Name).Distinct(StringComparer.Ordinal)
            .ToImmutableSortedDictionary(name => name, _ => "", StringComparer.Ordinal);

    private Verdict Weigh(CommandEffect effect)
    {
        if (effect.Marks.HasFlag(Marks.Interactive))
        {
            return new Verdict.Refuse(
                "It needs a person at a terminal.", "Do this step by hand and report that it is done.");
        }

        if (Misplaced(effect) is { } misplaced)
        {
            return misplaced;
        }

        // A request to the world outside may carry away what it was given; a person has to have seen it.
        if (allowance.Sealed.IsDefault && effect.Hosts.FirstOrDefault() is { } host)
        {
            return new Verdict.Refuse(
                $"'{host}' is not of the bound cluster.", "Approve it in a plan, or do it by hand.");
        }

        // Part by part: a change that is excused, as only local, excuses no other.
        return effect.Parts.Select(allowance.Objection).FirstOrDefault(each => each is not null) is { } objection
            ? new Verdict.Refuse(objection, "Approve it in a plan, or do it by hand.")
            : Verdict.Allowed;
    }

    private static Verdict.Refuse? Taken(ImmutableArray<string> arguments)
    {
        foreach (var port in PortForward.LocalPorts(arguments).Where(port => port != 0))
        {
            if (ListeningPorts.Owner(port) is { } owner)
            {
                var number = port.ToString(CultureInfo.InvariantCulture);
                return new Verdict.Refuse(
                    $"Port {number} of this machine is taken by {owner}.",
                    "End that program, or let it use another port.");
            }
        }

        return null;
    }

    private string Source(SourceSpan span) => text.Substring(span.Start, span.Length);
}
