using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>
/// Variables that a script gives one value, once, where every run of it comes by: from there on the value is certain.
/// </summary>
internal sealed class ConstantVariables
{
    private readonly FrozenDictionary<string, (string Value, int From)> _values;

    private ConstantVariables(FrozenDictionary<string, (string Value, int From)> values) => _values = values;

    public static ConstantVariables None { get; } =
        new(FrozenDictionary<string, (string Value, int From)>.Empty);

    /// <param name="statements">The script's own, one after the other.</param>
    /// <param name="nodes">All of its nodes, those of texts that it runs included.</param>
    /// <param name="state">What was set before.</param>
    /// <param name="readsUnknown">Whether it runs a text that is not among the nodes.</param>
    public static ConstantVariables Of(
        ImmutableArray<Statement> statements,
        IReadOnlyCollection<ShellNode> nodes,
        ShellState state,
        bool readsUnknown)
    {
        var declarations = nodes.OfType<Command.Declaration>().ToArray();

        // `export X` gives X no value; a reference gives one to a variable by another name.
        var bare = declarations.Where(declaration => declaration.Keyword is "export" or "readonly")
            .SelectMany(declaration => declaration.Operands).Where(operand => operand.Word is not null)
            .ToHashSet<ShellNode>();
        var counts = nodes.Where(node => !bare.Contains(node) && !RunsText(node)).SelectMany(ScriptNames.ChangedBy)
            .CountBy(name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var refers = declarations.Any(declaration => declaration.Keyword == "nameref"
            || declaration.Operands.Any(operand => operand.Word?.StaticText is ['-', ..] option
                && option.Contains('n', StringComparison.Ordinal)));
        return refers || readsUnknown || counts.ContainsKey(string.Empty) ? None : new ConstantVariables(statements
            .SelectMany(AssignedBy)
            .Where(assignment => counts.GetValueOrDefault(assignment.Name) == 1 && IsPlain(assignment.Name, state))
            .Select(assignment => (assignment.Name, Value: Value(assignment), From: assignment.Span.End))
            .Where(assigned => assigned.Value is not null)
            .ToFrozenDictionary(
                assigned => assigned.Name, assigned => (assigned.Value!, assigned.From), StringComparer.Ordinal));
    }

    /// <summary>The value at a place of the script; null when it is not certain.</summary>
    public string? Value(string name, int at) =>
        _values.TryGetValue(name, out var assigned) && assigned.From <= at ? assigned.Value : null;

    private static bool RunsText(ShellNode node) =>
        node is Command.Simple { Words: [{ StaticText: "eval" or "source" or "." }, ..] };

    private static IEnumerable<Assignment> AssignedBy(Statement statement) => statement switch
    {
        { Background: true } => [],
        { Command: Command.Simple { Words.IsEmpty: true } simple } => simple.Assignments,
        { Command: Command.Declaration { Keyword: "export" or "readonly" } declaration } =>
            declaration.Operands.Select(operand => operand.Assignment).OfType<Assignment>(),
        _ => [],
    };

    private static string? Value(Assignment assignment) =>
        assignment is not { Subscript: null, Append: false, Array: null } ? null
        : assignment.Value is null ? string.Empty
        : assignment.Value.StaticText is { } text && !text.Contains('~', StringComparison.Ordinal) ? text
        : null;

    private static bool IsPlain(string name, ShellState state) =>
        state.Variables.GetValueOrDefault(name) is not { } old
        || old is { ReadOnly: false, Integer: false, Letters: null, Reference: null, IsArray: false };
}
