using System.Collections.Frozen;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>What names a script gives: functions, variables; and whether it moves about.</summary>
/// <param name="Assigned">Variables that some command of the script may set, wherever it stands.</param>
/// <param name="SetsPositional">Whether <c>$1</c> may have a value.</param>
internal sealed record ScriptNames(
    FrozenSet<string> Functions,
    FrozenSet<string> Assigned,
    bool SetsPositional,
    bool ChangesDirectory,
    bool WritesFiles)
{
    /// <summary>Gets the variables that bash computes and the interpreter does not.</summary>
    public static FrozenSet<string> Unsupported { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "RANDOM", "SRANDOM", "SECONDS", "LINENO", "EPOCHSECONDS", "EPOCHREALTIME", "BASH_COMMAND", "BASHPID",
            "FUNCNAME",
        "BASH_SOURCE", "BASH_LINENO", "DIRSTACK", "GROUPS", "BASH_VERSINFO", "BASH_VERSION", "BASH_SUBSHELL", "PPID",
            "UID", "EUID");

    public static ScriptNames Of(IReadOnlyCollection<ShellNode> nodes, ShellState state)
    {
        var functions = nodes.OfType<Command.FunctionDeclaration>().Select(function => function.Name);
        var commands = nodes.OfType<Command.Simple>().Select(simple => simple.Words.FirstOrDefault()?.StaticText)
            .ToFrozenSet();
        return new ScriptNames(
            functions.Concat(state.Functions.Keys).ToFrozenSet(StringComparer.Ordinal),
            nodes.SelectMany(AssignedBy).ToFrozenSet(StringComparer.Ordinal),
            nodes.OfType<Command.FunctionDeclaration>().Any() || !state.Functions.IsEmpty || commands.Contains("set"),
            commands.Contains("cd"),
            nodes.OfType<Redirection>().Any());
    }

    private static IEnumerable<string> AssignedBy(ShellNode node) => node switch
    {
        Assignment assignment => [assignment.Name],
        DeclarationOperand { Word.StaticText: { } name } => [name],
        Command.For loop => [loop.Variable],
        WordPart.Parameter { Operation: ParameterOperation.Alternative { Operator: '=' } } parameter =>
            [parameter.Name],
        ArithmeticExpression.Infix { Left: ArithmeticExpression.Operand target } infix when infix.Operator.EndsWith(
            '=') =>
            [Name(target)],
        ArithmeticExpression.Unary { Inner: ArithmeticExpression.Operand target, Operator: "++" or "--" } =>
            [Name(target)],
        Command.Simple { Words: [{ StaticText: "read" }, .. var names] } => names.Length == 0
            ? ["REPLY"]
            : names.Select(word => word.StaticText ?? string.Empty).Append("REPLY"),
        Command.Simple { Words: [{ StaticText: "let" }, .. var expressions] } =>
            expressions.Select(word => (word.StaticText ?? string.Empty).Split('=', '+', '-')[0]),
        Command.Simple { Words: [{ StaticText: "printf" }, { StaticText: "-v" }, { StaticText: { } name }, ..] } =>
            [name],
        Command.Simple { Words: [{ StaticText: "cd" }, ..] } => ["OLDPWD"],
        _ => [],
    };

    private static string Name(ArithmeticExpression.Operand target) =>
        (target.Word.StaticText ?? string.Empty).Split('[')[0];
}
