using System.Collections.Immutable;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Interpretation.Builtins;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Looks at a whole script before anything of it runs.</summary>
internal sealed class PreflightWalk(
    IProgramHost host,
    IJudge judge,
    InterpreterOptions options,
    ShellState state,
    PlaceholderBindings bindings)
{
    private readonly List<ShellDiagnostic> _refusals = [];
    private readonly List<string> _programs = [];
    private readonly ForeseenText _foreseen = new(state, bindings);

    /// <exception cref="OperationCanceledException">Cancelled before all was seen.</exception>
    public Preflight Check(ImmutableArray<Statement> statements, CancellationToken cancellationToken)
    {
        // What eval and trap are given may hang on variables, and may set some.
        Foresee(statements, [.. statements.SelectMany(ShellTree.Descendants)], readsUnknown: false);
        var texts = new ScriptTexts(state.WorkingDirectory, options, _foreseen, _refusals);
        ShellNode[] nodes = [.. texts.WithInnerTexts(statements)];
        var names = Foresee(statements, nodes, texts.HasUnread);
        var constructs = new SupportedConstructs(_refusals, names.ExtendedGlobs);
        foreach (var node in nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            constructs.Check(node);
            switch (node)
            {
                case Statement { Command: Command.Simple simple } statement:
                    CheckCommand(simple, statement.Redirections, names);
                    break;
                case Word word:
                    CheckPlaceholders(word);
                    break;
                case WordPart.Parameter parameter when options.RefuseUnset:
                    CheckVariable(parameter, names);
                    break;
                case Redirection redirection:
                    CheckTarget(redirection, names);
                    break;
            }
        }

        return new Preflight(
            [.. _refusals.OrderBy(refusal => refusal.Span.Start).DistinctBy(refusal => (refusal.Span, refusal.Code))],
            [.. _programs.Distinct(StringComparer.Ordinal)]);
    }

    private ScriptNames Foresee(ImmutableArray<Statement> statements, ShellNode[] nodes, bool readsUnknown)
    {
        var names = ScriptNames.Of(nodes, state);
        _foreseen.Changed = names.Changed;
        _foreseen.Constants = ConstantVariables.Of(statements, nodes, state, readsUnknown);
        return names;
    }

    private void CheckCommand(Command.Simple simple, ImmutableArray<Redirection> redirections, ScriptNames names)
    {
        if (simple.Words is not [var first, ..])
        {
            return;
        }

        if (first.Parts is [WordPart.Placeholder placeholder, ..])
        {
            Refuse(
                "SH2005",
                $"The placeholder “{placeholder.Name}” stands where the name of a command belongs.",
                "A person has to choose the command.",
                placeholder.Span);
            return;
        }

        var name = _foreseen.Text(first);
        if (name is not null && UnsupportedCommands.WhyNot(name) is { } unsupported)
        {
            Refuse("SH3001", unsupported, "Do it by hand.", first.Span);
            return;
        }

        if (name is not null && names.Functions.Contains(name))
        {
            return;
        }

        if (name is not null && BuiltinTable.Find(name) is not null)
        {
            if (Wrapped(name, simple) is { } inner)
            {
                CheckCommand(inner, redirections, names with { Functions = [] });
            }

            return;
        }

        if (name is not null)
        {
            _programs.Add(name);
            if (first.StaticText is not null)
            {
                CheckFound(name, first, simple, names);
            }
        }

        ImmutableArray<ForeseenArgument> arguments =
            [.. simple.Words.Select(word => new ForeseenArgument(_foreseen.Text(word), word))];
        if (judge.Foresee(new ForeseenCall(arguments, simple, redirections)) is Verdict.Refuse refusal)
        {
            Refuse("SH2004", refusal.Reason, refusal.Remedy, simple.Span);
        }
    }

    /// <summary>
    /// The command that <c>command</c> or <c>exec</c> runs; null for other builtins, and for their options.
    /// </summary>
    private static Command.Simple? Wrapped(string name, Command.Simple simple)
    {
        var rest = simple.Words[1..];
        rest = rest is [{ StaticText: "--" }, ..] || (name == "command" && rest is [{ StaticText: "-p" }, ..])
            ? rest[1..]
            : rest;
        return name is "command" or "exec" && rest is [var first, ..]
            && first.StaticText?.StartsWith('-') != true
            ? simple with { Words = rest }
            : null;
    }

    private void CheckFound(string name, Word word, Command.Simple simple, ScriptNames names)
    {
        var moves = names.Assigned.Contains("PATH")
            || simple.Assignments.Any(assignment => assignment.Name == "PATH")
            || (name.Contains('/', StringComparison.Ordinal) && (names.ChangesDirectory || names.WritesFiles));
        if (!moves && host.Resolve(name, state.Get("PATH") ?? string.Empty, state.WorkingDirectory) is null)
        {
            Refuse("SH2003", $"There is no program “{name}” on this machine.",
                "Install it, or do this step by hand.", word.Span);
        }
    }

    private void CheckPlaceholders(Word word)
    {
        foreach (var part in word.Parts.Concat(
            word.Parts.OfType<WordPart.DoubleQuoted>().SelectMany(quoted => quoted.Parts)))
        {
            if (part is not WordPart.Placeholder placeholder)
            {
                continue;
            }

            if (!bindings.Values.TryGetValue(placeholder.Name, out var value))
            {
                Refuse("SH2002", $"The placeholder “{placeholder.Name}” has no value.", "Bind it.", placeholder.Span);
            }
            else if (value.Contains('\0', StringComparison.Ordinal))
            {
                Refuse("SH3007", $"The value of “{placeholder.Name}” holds a NUL character.", "Bind another value.",
                    placeholder.Span);
            }
            else if (value.StartsWith('-') && part.Span.Start == FirstText(word))
            {
                Refuse(
                    "SH3002",
                    $"The value of “{placeholder.Name}” would become an option.",
                    "Bind a value that does not begin with “-”.",
                    placeholder.Span);
            }
        }
    }

    private static int FirstText(Word word) => word.Parts switch
    {
        [WordPart.DoubleQuoted { Parts: [var inner, ..] }, ..] => inner.Span.Start,
        [WordPart.SingleQuoted { Text: "" }, var next, ..] => next.Span.Start,
        _ => word.Span.Start,
    };

    private void CheckVariable(WordPart.Parameter parameter, ScriptNames names)
    {
        var guarded = parameter.Operation is ParameterOperation.Alternative;
        var missing = char.IsAsciiDigit(parameter.Name[0])
            ? parameter.Name != "0" && state.Positional.IsEmpty && !names.SetsPositional
            : ShellCharacters.IsName(parameter.Name) && state.Get(parameter.Name) is null
                && !names.Assigned.Contains(parameter.Name) && !names.AssignsUnknown;
        var computed = parameter.Name == "BASH_REMATCH" || ComputedVariables.Names.Contains(parameter.Name);
        if (missing && !guarded && !computed)
        {
            Refuse("SH2001", $"The variable “{parameter.Name}” has no value.", "Set it, or bind it.", parameter.Span);
        }
    }

    private void CheckTarget(Redirection redirection, ScriptNames names)
    {
        var writes = redirection.Operator is RedirectionOperator.Output or RedirectionOperator.Append
            or RedirectionOperator.Clobber or RedirectionOperator.ReadWrite
            or RedirectionOperator.OutputAndError or RedirectionOperator.AppendOutputAndError;
        if (writes && _foreseen.Text(redirection.Target) is { Length: > 0 } target && !target.StartsWith('~')
            && (target.StartsWith('/') || !names.ChangesDirectory))
        {
            var path = Path.Combine(state.WorkingDirectory, target);
            if (WritableFiles.Objection(path, options.WritableDirectory) is { } objection)
            {
                Refuse("SH3003", $"“{target}” {objection}", "Write below the step's own folder.", redirection.Span);
            }
        }
    }

    private void Refuse(string code, string message, string remedy, SourceSpan span) =>
        _refusals.Add(new ShellDiagnostic(code, message, remedy, span));
}
