using System.Collections.Immutable;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Syntax;

namespace Midwatch.Execution.Steps;

/// <summary>A command, read and about to be run under an allowance.</summary>
internal sealed class CommandAttempt
{
    private readonly Allowance _allowance;

    public CommandAttempt(StepCommand command, Allowance allowance, StepRules rules)
    {
        Command = command;
        _allowance = allowance;
        Parsed = ShellParser.Parse(command.Text, ShellParserOptions.Runbook);
        Judge = new StepJudge(rules, allowance, command.Text, Parsed.Script);
        var isForward = Parsed.Script.Statements is [{ Command: Command.Simple simple, Background: false }]
            && rules.Habits.Forwards(
                [.. simple.Words.Select(word => command.Text.Substring(word.Span.Start, word.Span.Length))]);

        // People write the forward and the request that needs it one below the other and mean two terminals.
        Script = isForward
            ? Parsed.Script with { Statements = [Parsed.Script.Statements[0] with { Background = true }] }
            : Parsed.Script;
    }

    public StepCommand Command { get; }

    public ShellParseResult Parsed { get; }

    public Script Script { get; }

    public StepJudge Judge { get; }

    public bool IsEndless =>
        Command.Effect.Marks.HasFlag(Marks.Endless) && !Script.Statements.Any(each => each.Background);

    /// <summary>Whether the command would make a temporary pod that it may not make.</summary>
    public bool AsksForPod => Command.Effect.Marks.HasFlag(Marks.Temporary) && !_allowance.TemporaryPods;

    /// <summary>What speaks against the command as a whole.</summary>
    /// <param name="vectors">Its vectors as they would be sealed.</param>
    public IEnumerable<CommandRefusal> Objections(ImmutableArray<ImmutableArray<string>> vectors)
    {
        if (AsksForPod)
        {
            yield return Refuse(
                "EX1001", "It makes a temporary pod, and what it asks is not known here.", "Ask it by hand.");
        }

        var parts = Command.Effect.Parts.IsDefaultOrEmpty ? [Command.Effect] : Command.Effect.Parts;
        if (parts.Select(_allowance.Objection).FirstOrDefault(each => each is not null) is { } objection)
        {
            yield return Refuse("EX1002", objection, "Approve it in a plan, or do it by hand.");
        }

        // What starts no program (export AWS_PROFILE=…) is seen here alone.
        if (Command.Effect.Elsewhere.FirstOrDefault() is { } elsewhere)
        {
            yield return Refuse(
                "EX1005",
                $"'{elsewhere}' leads to another cluster, account or identity.",
                "Take it out, or map it to the bound cluster in the configuration.");
        }

        if (Command.Effect.Marks.HasFlag(Marks.PrintsSecret) && !_allowance.SecretOutput)
        {
            yield return Refuse("EX1003", "It prints secrets, so it never runs by itself.", "Do it by hand.");
        }

        if (!_allowance.Sealed.IsDefault && !Same(vectors, _allowance.Sealed))
        {
            yield return Refuse(
                "EX1004",
                "It would start something else than what was approved.",
                "Look at the plan again and approve it anew.");
        }
    }

    /// <summary>Why a command of another shell is not run here; null for a command of this session.</summary>
    public CommandRefusal? ElsewhereObjection() => Command.Inside is not { } place ? null : Refuse(
        "EX1005",
        $"It runs inside what line {place.Line} opens ({place.Opener}), and never here.",
        "Do it by hand in there, and say what came of it.");

    /// <summary>The shell's reasons, with their places in the document.</summary>
    public ImmutableArray<CommandRefusal> Locate(ImmutableArray<ShellDiagnostic> diagnostics) =>
        [.. diagnostics.Select(Locate)];

    /// <summary>One reason, with its place in the document.</summary>
    public CommandRefusal Locate(ShellDiagnostic diagnostic)
    {
        var (line, column) = Command.Locate(Math.Min(diagnostic.Span.Start, Command.Text.Length));
        return new CommandRefusal(diagnostic.Code, diagnostic.Message, diagnostic.Remedy, line, column);
    }

    private CommandRefusal Refuse(string code, string reason, string remedy) =>
        new(code, reason, remedy, Command.Span.Line, Command.Span.Column);

    private static bool Same(
        ImmutableArray<ImmutableArray<string>> left, ImmutableArray<ImmutableArray<string>> right) =>
        left.Length == right.Length
        && left.Zip(right).All(pair => pair.First.SequenceEqual(pair.Second, StringComparer.Ordinal));
}
