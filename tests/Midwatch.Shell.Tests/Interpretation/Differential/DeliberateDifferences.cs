using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Interpretation.Builtins;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>
/// What is meant to differ from bash: <c>Scripts/deliberate-differences.json</c> gives reasons and examples, this tells
/// by the tree whether a script has the construct. Where Midwatch refuses the construct, it must have done so.
/// </summary>
internal static partial class DeliberateDifferences
{
    private const int WordsMax = 100_000;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static ImmutableArray<DeliberateDifference> Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Scripts", "deliberate-differences.json");
        return [.. JsonSerializer.Deserialize<DeliberateDifference[]>(File.ReadAllText(path), Options)!];
    }

    /// <summary>The listed difference that a script shows; null when it shows none.</summary>
    public static DeliberateDifference? Explain(
        ImmutableArray<DeliberateDifference> listed, ComparedResult result)
    {
        var parsed = ShellParser.Parse(result.Script.Written, result.Script.Options);
        var nodes = ShellTree.Descendants(parsed.Script).ToArray();
        return listed.FirstOrDefault(difference =>
            (difference.Code is null ? result.Midwatch.Codes.IsEmpty
                : result.Midwatch.Codes.Contains(difference.Code))
            && Has(difference.Construct, nodes, result.Script.StandIns));
    }

    /// <summary>
    /// Whether a script has the construct. Complaints are none: no script is excused for their sake.
    /// </summary>
    private static bool Has(string construct, ShellNode[] nodes, string standIns) => construct switch
    {
        "missing-program" => nodes.Any(node => Words(node) is [{ } name, ..]
            && !nodes.OfType<Command.FunctionDeclaration>().Any(function => function.Name == name)
            && IsMissing(name, standIns)),
        "recursion" => nodes.OfType<Command.FunctionDeclaration>().Any(function => ShellTree.Descendants(function.Body)
            .Any(node => Words(node) is [{ } name, ..] && name == function.Name)),
        "missing-file-substitution" => nodes.Any(node => node is WordPart.CommandSubstitution
            { Body: [{ Command: null, Redirections: [{ Operator: RedirectionOperator.Input }] }] })
            && IsErrExit(nodes),
        "empty-separator" => nodes.OfType<Assignment>()
            .SelectMany(outer => ShellTree.Descendants(outer).OfType<WordPart.CommandSubstitution>())
            .Select(substitution => ShellTree.Descendants(substitution).ToArray())
            .Any(inner => inner.Any(node => node is Assignment { Name: "IFS", Array: null } assignment
                    && (assignment.Value is null || assignment.Value.StaticText?.Length == 0))
                && inner.Any(node => node is WordPart.Parameter { Subscript.StaticText: "*" })),
        "trap-after-errexit-in-function" => IsErrExit(nodes)
            && nodes.Any(node => Words(node) is ["trap", _, "EXIT"])
            && nodes.Any(node => node is Statement { Redirections.IsEmpty: false, Command: Command.Simple simple }
                && Words(simple) is [{ } name, ..]
                && nodes.OfType<Command.FunctionDeclaration>().Any(function => function.Name == name)),
        "trap-after-failed-expansion" => nodes.Any(node => Words(node) is ["trap", _, "EXIT"])
            && nodes.OfType<Statement>()
                .Where(outer => outer.Background || (outer.Command is Command.Subshell or Command.Group
                    or Command.Case or Command.For or Command.While && !outer.Redirections.IsEmpty))
                .Any(outer => ShellTree.Descendants(outer).Any(node => node is ParameterOperation.Slice)),
        _ => nodes.Any(node => Has(construct, node)),
    };

    private static bool Has(string construct, ShellNode node) => construct switch
    {
        "trace" => Words(node) is ["set", .. var words] && words.Any(word => word is "xtrace" or "-x"),
        "select" => node is Command.Select,
        "coproc" => node is Command.Coprocess,
        "network" => node is Redirection { Target.StaticText: { } target }
            && target.StartsWith("/dev/tcp/", StringComparison.Ordinal),
        "refused-builtin" => Words(node) is [{ } name, ..] && UnsupportedCommands.WhyNot(name) is not null,
        "listing" => node is Command.Declaration { Operands: [{ Word.StaticText: "-p" }] },
        "debug-trap" => Words(node) is ["trap", .. var words] && words.Contains("DEBUG"),
        "code-from-values" => Words(node) is ["eval", .. var words] && words.Contains(null),
        "braces" => node is WordPart.Literal literal && IsWide(literal.Text),
        "odd-option" => Words(node) is ["set", "-n" or "-k" or "-m", ..],
        "complaints" => false,
        _ => throw new InvalidDataException($"No such construct: {construct}"),
    };

    private static bool IsErrExit(ShellNode[] nodes) => nodes.Any(node => Words(node) is ["set", .. var words]
        && words.Any(word => word is "errexit" || (word is ['-', ..] && word.Contains('e', StringComparison.Ordinal))));

    private static bool IsMissing(string name, string standIns) =>
        BuiltinTable.Find(name) is null && UnsupportedCommands.WhyNot(name) is null
        && (name.Contains('/', StringComparison.Ordinal)
            || !new[] { standIns, "/usr/bin", "/bin" }.Any(folder => File.Exists(Path.Combine(folder, name))));

    private static bool IsWide(string literal) => Range().Match(literal) is { Success: true } match
        && Math.Abs(Number(match, 2) - Number(match, 1)) >= WordsMax;

    private static long Number(Match match, int group) =>
        long.Parse(match.Groups[group].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string?[]? Words(ShellNode node) =>
        node is Command.Simple simple ? [.. simple.Words.Select(word => word.StaticText)] : null;

    [GeneratedRegex(@"\{(-?[0-9]{1,15})\.\.(-?[0-9]{1,15})")]
    private static partial Regex Range();
}
