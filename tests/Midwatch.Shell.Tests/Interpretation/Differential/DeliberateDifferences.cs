using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>
/// What is meant to differ from bash: <c>Scripts/deliberate-differences.json</c> gives reasons and examples, this tells
/// by the tree whether a script has the construct.
/// </summary>
internal static class DeliberateDifferences
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static ImmutableArray<DeliberateDifference> Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Scripts", "deliberate-differences.json");
        return [.. JsonSerializer.Deserialize<DeliberateDifference[]>(File.ReadAllText(path), Options)!];
    }

    public static bool Explain(ImmutableArray<DeliberateDifference> listed, string script)
    {
        var nodes = ShellTree.Descendants(ShellParser.Parse(script, ShellParserOptions.Bash).Script).ToArray();
        return listed.Any(difference => nodes.Any(node => Has(difference.Construct, node)));
    }

    /// <summary>
    /// Whether a node is of the construct. Complaints are no node: no script is excused for their sake.
    /// </summary>
    public static bool Has(string construct, ShellNode node) => construct switch
    {
        "trace" => Words(node) is ["set", .. var words] && words.Any(word => word is "xtrace" or "-x"),
        "select" => node is Command.Select,
        "coproc" => node is Command.Coprocess,
        "network" => node is Redirection { Target.StaticText: { } target }
            && target.StartsWith("/dev/tcp/", StringComparison.Ordinal),
        "missing-program" => Words(node) is ["no_such_program", ..],
        "refused-builtin" => Words(node) is [{ } name, ..] && UnsupportedCommands.WhyNot(name) is not null,
        "listing" => node is Command.Declaration { Operands: [{ Word.StaticText: "-p" }] },
        "debug-trap" => Words(node) is ["trap", .. var words] && words.Contains("DEBUG"),
        "code-from-values" => Words(node) is ["eval", .. var words] && words.Contains(null),
        "recursion" => Words(node) is ["f", "150"],
        "braces" => node is WordPart.Literal { Text: "{1..100001}" },
        "odd-option" => Words(node) is ["set", "-n" or "-k" or "-m", ..],
        "missing-file-substitution" => node is WordPart.CommandSubstitution
            { Body: [{ Command: null, Redirections: [{ Target.StaticText: "nofile" }] }] },
        "complaints" => false,
        _ => throw new InvalidDataException($"No such construct: {construct}"),
    };

    private static string?[]? Words(ShellNode node) =>
        node is Command.Simple simple ? [.. simple.Words.Select(word => word.StaticText)] : null;
}
