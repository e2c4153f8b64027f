using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>
/// What is meant to differ from bash: <c>Scripts/deliberate-differences.json</c> gives reasons and examples, this tells
/// by the tree whether a script has the construct.
/// </summary>
internal sealed record DeliberateDifferences(ImmutableArray<DeliberateDifference> All)
{
    public static DeliberateDifferences Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Scripts", "deliberate-differences.json");
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        return new([.. JsonSerializer.Deserialize<DeliberateDifference[]>(File.ReadAllText(path), options)!]);
    }

    public bool Explain(Script script) =>
        All.Any(difference => ShellTree.Descendants(script).Any(node => Has(difference.Construct, node)));

    public static bool Has(string construct, ShellNode node) => construct switch
    {
        "xtrace" => node is Command.Simple { Words: [{ StaticText: "set" }, .. var words] }
            && words.Any(word => word.StaticText is "xtrace" || (word.StaticText is ['-', ..] text && text.Contains('x'))),
        "select" => node is Command.Select,
        "coproc" => node is Command.Coprocess,
        "network" => node is Redirection { Target.StaticText: { } target } && target.StartsWith("/dev/tcp/"),
        "division-by-zero" => node is ArithmeticExpression.Infix { Operator: "/" or "%" or "/=" or "%=", Right:
            ArithmeticExpression.Operand { Word.StaticText: "0" } },
        "command" => false,
        _ => throw new InvalidDataException($"No such construct: {construct}"),
    };
}
