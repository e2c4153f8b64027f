using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects.Statements;

/// <summary>Judges statements of one text, in order: functions that it declares count for what follows.</summary>
/// <param name="source">The text that the tree's spans point into.</param>
/// <param name="place">Where the text runs.</param>
internal sealed class StatementJudge(CallJudge calls, Surroundings surroundings, string source, CallPlace place)
{
    private readonly Dictionary<SourceSpan, CallInput> _inputs = [];
    private readonly Dictionary<string, ImmutableArray<CommandEffect>> _functions = new(StringComparer.Ordinal);

    /// <summary>What each simple command reads on its standard input, by its place; known after judging.</summary>
    public ImmutableDictionary<SourceSpan, CallInput> Inputs => _inputs.ToImmutableDictionary();

    /// <summary>The parts of a whole text, in order, with what it sets by the way.</summary>
    public ImmutableArray<CommandEffect> Whole(ImmutableArray<Statement> statements) =>
        Judge(statements).AddRange(AssignedNames.In(statements)
            .Where(each => each.Name is null || surroundings.Matters(each.Name))
            .Select(each => each.Name is { } name
                ? Variable(name, each.Span)
                : Part("Which variables it sets can be told only at run time.", each.Span)));

    private ImmutableArray<CommandEffect> Judge(ImmutableArray<Statement> statements) =>
        statements is [var only]
            ? Judge(only, place.Input)
            : [.. statements.SelectMany(statement => Judge(statement, place.Input))];

    private ImmutableArray<CommandEffect> Judge(Statement statement, CallInput input)
    {
        var redirects = new RedirectionJudge(place).Judge(statement.Redirections, source);
        var parts = statement.Command is null ? [] : Judge(statement.Command, redirects.Input ?? input);
        if (statement.Command is { } command && EvaluatedText.Of(command, source) is { } evaluated)
        {
            parts = parts.Add(Part("A text is evaluated once more, and what it holds may run.", evaluated));
        }

        if (redirects.TakesOutput)
        {
            parts = Without(parts, Marks.PrintsSecret);
        }

        if (statement.Background)
        {
            // Nobody waits for it, so that it holds nobody up.
            parts = Without(parts, Marks.Endless);
        }

        return statement.Redirections.IsEmpty
            ? parts
            :
            [
                .. parts,
                .. redirects.Parts,
                .. statement.Redirections.SelectMany(redirection => Substituted(redirection, passes: false)),
            ];
    }

    private ImmutableArray<CommandEffect> Judge(Command command, CallInput input) => command switch
    {
        Command.Simple simple => Simple(simple, input),
        Command.Pipeline pipeline => Pipeline(pipeline, input),
        Command.FunctionDeclaration function => Declare(function),
        Command.Time { Timed: { } timed } => Judge(timed, input),
        Command.Declaration declaration =>
            [.. Variables(declaration.Operands.Select(each => each.Assignment).OfType<Assignment>()),
                .. Substituted(command, false)],
        _ => Compound(command, input),
    };

    /// <summary>Every statement below a compound command may run; so may what its words substitute.</summary>
    private ImmutableArray<CommandEffect> Compound(Command command, CallInput input)
    {
        var parts = ImmutableArray.CreateBuilder<CommandEffect>();
        var open = new Stack<ShellNode>([command]);
        while (open.TryPop(out var node))
        {
            if (node is Statement statement)
            {
                parts.AddRange(Judge(statement, input is CallInput.Made ? CallInput.Pipe : input));
                continue;
            }

            if (node is WordPart.CommandSubstitution or WordPart.ProcessSubstitution)
            {
                parts.AddRange(Without(Body(node), Marks.PrintsSecret));
                continue;
            }

            foreach (var child in ShellTree.Children(node).Reverse())
            {
                open.Push(child);
            }
        }

        return parts.ToImmutable();
    }

    private ImmutableArray<CommandEffect> Simple(Command.Simple simple, CallInput input)
    {
        ImmutableArray<CommandEffect> variables = simple.Assignments.IsEmpty ? [] : [.. Variables(simple.Assignments)];
        if (simple.Words.IsEmpty)
        {
            return [.. variables, .. Substituted(simple, passes: false)];
        }

        var words = ImmutableArray.CreateRange(simple.Words, WordReading.Read, source);
        _inputs[simple.Span] = input;
        var own = _functions.TryGetValue(words[0].Text, out var body) && words[0].Known
            ? body
            : calls.Judge(words, place with { Input = input, Span = simple.Span });
        return simple.IsLiteral ? own : [.. own, .. variables, .. Substituted(simple, calls.Passes(words[0]))];
    }

    private ImmutableArray<CommandEffect> Pipeline(Command.Pipeline pipeline, CallInput input)
    {
        var members = ImmutableArray.CreateBuilder<ImmutableArray<CommandEffect>>();
        foreach (var statement in pipeline.Statements)
        {
            members.Add(Judge(statement, input));
            input = PipedInput.From(statement, members[^1], source);
        }

        var printed = true;
        for (var i = members.Count - 1; i >= 0; i--)
        {
            members[i] = printed ? members[i] : Without(members[i], Marks.PrintsSecret);
            printed &= pipeline.Statements[i].Command is Command.Simple { Words: [var program, ..] }
                && calls.Passes(WordReading.Read(program, source));
        }

        return [.. members.SelectMany(parts => parts)];
    }

    private ImmutableArray<CommandEffect> Declare(Command.FunctionDeclaration function)
    {
        // Inside its own body the name still means what it meant before; a function that calls itself adds nothing new.
        _functions[function.Name] = [];
        _functions[function.Name] = Judge(function.Body, CallInput.Nothing);
        return calls.Knows(function.Name)
            ? [Part($"A function takes the name of the program '{function.Name}'.", function.Span)]
            : [];
    }

    private IEnumerable<CommandEffect> Variables(IEnumerable<Assignment> assignments) => assignments
        .Where(assignment => surroundings.Matters(assignment.Name))
        .Select(assignment => Variable(assignment.Name, assignment.Span));

    private CommandEffect Variable(string name, SourceSpan span) =>
        Part($"Setting {name} changes what programs do, or where.", span) with
        {
            Elsewhere = surroundings.LeadsElsewhere(name) ? [name] : [],
        };

    private static CommandEffect Part(string why, SourceSpan span) => new()
    {
        Effect = Effect.Unknown, Marks = Marks.None, Program = "", Reasons = [why], Parts = [], Span = span,
    };

    /// <summary>What the words of a node substitute, not looking into statements that are judged themselves.</summary>
    private IEnumerable<CommandEffect> Substituted(ShellNode node, bool passes)
    {
        foreach (var child in ShellTree.Children(node))
        {
            if (child is WordPart.CommandSubstitution or WordPart.ProcessSubstitution)
            {
                foreach (var part in passes ? Body(child) : Without(Body(child), Marks.PrintsSecret))
                {
                    yield return part;
                }
            }
            else if (child is not (Statement or Word { IsLiteral: true }))
            {
                foreach (var part in Substituted(child, passes))
                {
                    yield return part;
                }
            }
        }
    }

    private ImmutableArray<CommandEffect> Body(ShellNode node) => node switch
    {
        WordPart.CommandSubstitution substitution => Judge(substitution.Body),
        WordPart.ProcessSubstitution substitution => Judge(substitution.Body),
        _ => [],
    };

    private static ImmutableArray<CommandEffect> Without(ImmutableArray<CommandEffect> parts, Marks marks) =>
        [.. parts.Select(part => part with { Marks = part.Marks & ~marks })];
}
