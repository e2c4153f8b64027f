using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Systems.Tests.Seeds;

/// <summary>A system's <c>commands.yaml</c>: every command of its seed, in the seed's order.</summary>
/// <param name="Seed">The seed's file name.</param>
/// <param name="Bind">
/// What its placeholders stand for; a value that begins with "kubectl " is asked for, <c>{systems}</c> is the folder of
/// the systems.
/// </param>
/// <param name="Checkout">
/// The checkout that the document assumes, a folder beside the table: commands begin in a copy of it. Null when they
/// begin in an empty folder.
/// </param>
internal sealed record CommandTable(
    string Seed, ImmutableSortedDictionary<string, string> Bind, string? Checkout, ImmutableArray<CommandRow> Rows)
{
    private static readonly string[] Classes = ["stated", "differs", "nothere", "refused"];

    // "changed" says why an expectation is another than before the first run: for readers.
    private static readonly string[] Fields =
    [
        "id", "line", "command", "as", "exit", "output", "matches", "why", "needs", "before", "then", "after", "bind",
        "changed",
    ];

    internal static CommandTable Read(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(file)));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        return new CommandTable(
            Text(root, "seed") ?? throw new FormatException($"{file}: 'seed' is missing"),
            Map(root, "bind"),
            Text(root, "checkout") is { } folder ? Path.Combine(Path.GetDirectoryName(file)!, folder) : null,
            [.. ((YamlSequenceNode)root["commands"]).Children.Cast<YamlMappingNode>().Select(row => Row(file, row))]);
    }

    private static CommandRow Row(string file, YamlMappingNode row)
    {
        var place = $"{file}:{row.Start.Line}";
        string Need(string key) => Text(row, key) ?? throw new FormatException($"{place}: '{key}' is missing");
        var kind = Text(row, "as") ?? "stated";
        var why = Text(row, "why");
        if (!Classes.Contains(kind) || (kind != "stated" && why is null))
        {
            throw new FormatException(
                $"{place}: 'as' is one of {string.Join(", ", Classes)}; all but the first say why");
        }

        if (row.Children.Keys.FirstOrDefault(key => !Fields.Contains(key.ToString())) is { } unknown)
        {
            throw new FormatException($"{place}: '{unknown}' is no field of a row");
        }

        // A failure alone proves nothing: what is not here has to say so.
        if (kind == "nothere" && !((string[])["output", "matches", "then"]).Any(
            key => row.Children.ContainsKey(new YamlScalarNode(key))))
        {
            throw new FormatException($"{place}: what is not here says by what that is seen");
        }

        var exit = Text(row, "exit") ?? (kind is "refused" or "nothere" ? "none" : "0");
        return new CommandRow(
            Need("id"), int.Parse(Need("line"), CultureInfo.InvariantCulture), Need("command"), kind,
            exit == "none" ? null : int.Parse(exit, CultureInfo.InvariantCulture),
            Text(row, "output"), Text(row, "matches"), why, Text(row, "needs"), List(row, "before"), Map(row, "then"),
            List(row, "after"), Map(row, "bind"));
    }

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? (value as YamlScalarNode)?.Value : null;

    private static ImmutableArray<string> List(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) && value is YamlSequenceNode list
            ? [.. list.Children.Select(item => ((YamlScalarNode)item).Value ?? "")] : [];

    private static ImmutableSortedDictionary<string, string> Map(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) && value is YamlMappingNode map
            ? map.Children.ToImmutableSortedDictionary(
                pair => ((YamlScalarNode)pair.Key).Value ?? "", pair => ((YamlScalarNode)pair.Value).Value ?? "",
                StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;
}
