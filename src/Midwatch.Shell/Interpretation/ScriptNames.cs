using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>What names a script gives: functions, variables; and whether it moves about.</summary>
/// <param name="Assigned">Variables that some command of the script may set, wherever it stands.</param>
/// <param name="Changed">Those, and what the script unsets.</param>
/// <param name="AssignsUnknown">Whether some command sets a variable whose name only running can tell.</param>
/// <param name="SetsPositional">Whether <c>$1</c> may have a value.</param>
/// <param name="ExtendedGlobs">Whether <c>shopt -s extglob</c> stands somewhere, or has been run before.</param>
internal sealed record ScriptNames(
    FrozenSet<string> Functions,
    FrozenSet<string> Assigned,
    FrozenSet<string> Changed,
    bool AssignsUnknown,
    bool SetsPositional,
    bool ChangesDirectory,
    bool WritesFiles,
    bool ExtendedGlobs)
{
    public static ScriptNames Of(IReadOnlyCollection<ShellNode> nodes, ShellState state)
    {
        var functions = nodes.OfType<Command.FunctionDeclaration>().Select(function => function.Name);
        var commands = nodes.OfType<Command.Simple>()
            .ToLookup(simple => simple.Words.FirstOrDefault()?.StaticText ?? string.Empty, StringComparer.Ordinal);
        var assigned = nodes.SelectMany(AssignedBy).ToFrozenSet(StringComparer.Ordinal);
        return new ScriptNames(
            functions.Concat(state.Functions.Keys).ToFrozenSet(StringComparer.Ordinal),
            assigned.Where(name => name.Length > 0).ToFrozenSet(StringComparer.Ordinal),
            nodes.SelectMany(ChangedBy).ToFrozenSet(StringComparer.Ordinal),
            assigned.Contains(string.Empty) || commands.Contains("source") || commands.Contains("."),
            nodes.OfType<Command.FunctionDeclaration>().Any() || !state.Functions.IsEmpty || commands.Contains("set")
                || commands.Contains("source") || commands.Contains("."),
            commands.Contains("cd") || commands.Contains("pushd") || commands.Contains("popd"),
            nodes.OfType<Redirection>().Any(),
            state.Options.IsOn("extglob")
                || commands["shopt"].Any(simple => simple.Words.Any(word => word.StaticText == "extglob")));
    }

    /// <summary>
    /// Names whose value is another behind a node; an empty one for a name that only running can tell.
    /// </summary>
    public static IEnumerable<string> ChangedBy(ShellNode node) => node switch
    {
        Command.Simple { Words: [{ StaticText: "unset" }, .. var words] } => words.Select(Base),
        Command.Simple { Words: [{ StaticText: "cd" or "pushd" or "popd" }, ..] } => ["OLDPWD", "PWD"],
        _ => AssignedBy(node),
    };

    /// <summary>Names that a node gives values to; an empty one for a name that only running can tell.</summary>
    private static IEnumerable<string> AssignedBy(ShellNode node) => node switch
    {
        Assignment assignment => [assignment.Name],
        DeclarationOperand { Word: { } word } => [(word.StaticText ?? string.Empty).Split('=')[0]],
        Command.For loop => [loop.Variable],
        Command.Select menu => [menu.Variable],
        Redirection { DescriptorVariable: { } name } => [name],
        WordPart.Parameter { Operation: ParameterOperation.Alternative { Operator: '=' } } parameter =>
            [parameter.Name],
        ArithmeticExpression.Infix { Left: ArithmeticExpression.Operand target } infix when infix.Operator.EndsWith(
            '=') =>
            [Name(target)],
        ArithmeticExpression.Unary { Inner: ArithmeticExpression.Operand target, Operator: "++" or "--" } =>
            [Name(target)],
        Command.Simple { Words: [{ StaticText: { } command }, .. var words] } => AssignedBy(command, words),
        _ => [],
    };

    private static IEnumerable<string> AssignedBy(string command, ImmutableArray<Word> words) => command switch
    {
        "read" => words.Select(Base).Append("REPLY"),
        "let" => words.Select(word => (word.StaticText ?? string.Empty).Split('=', '+', '-', '*', '/')[0]),
        "printf" when words is [{ StaticText: "-v" }, var name, ..] => [Base(name)],
        "cd" or "pushd" or "popd" => ["OLDPWD"],
        "getopts" => words.Skip(1).Take(1).Select(Base).Concat(["OPTARG", "OPTIND"]),
        "mapfile" or "readarray" => words.Select(Base).Append("MAPFILE"),
        "eval" when words.Any(word => word.StaticText is null) => [string.Empty],
        _ => [],
    };

    private static string Base(Word word) => (word.StaticText ?? string.Empty).Split('[')[0];

    private static string Name(ArithmeticExpression.Operand target) =>
        (target.Word.StaticText ?? string.Empty).Split('[')[0];
}
