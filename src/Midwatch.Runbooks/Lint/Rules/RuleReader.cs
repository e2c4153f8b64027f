using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Runbooks.Lint.Rules;

/// <summary>
/// Reads Prometheus rule files, also as text of a ConfigMap, the <c>PrometheusRule</c> objects of its operator, and
/// lists of rules by themselves.
/// </summary>
public static class RuleReader
{
    /// <summary>The rules of files, given as path and text. A file that cannot be read is a finding.</summary>
    public static RuleSet Read(IEnumerable<(string Path, string Text)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var rules = ImmutableArray.CreateBuilder<AlertRule>();
        var unread = ImmutableArray.CreateBuilder<Finding>();
        foreach (var (path, text) in files)
        {
            try
            {
                var stream = new YamlStream();
                stream.Load(new StringReader(text));
                rules.AddRange(stream.Documents.SelectMany(document => Rules(document.RootNode, path)));
            }
            catch (Exception problem) when (problem is YamlException or ArgumentException)
            {
                var (line, column) = problem is YamlException yaml ? ((int)yaml.Start.Line, (int)yaml.Start.Column)
                    : (1, 1);
                unread.Add(new Finding(path, new RunbookDiagnostic("MW6009", Severity.Error,
                    $"The file is no YAML: {problem.Message}", new DocumentSpan(line, column, line, column + 1),
                    "Correct it; templates must be rendered first.")));
            }
        }

        return new RuleSet(rules.ToImmutable(), unread.ToImmutable());
    }

    /// <summary>The rules below a YAML node, wherever they stand in it.</summary>
    internal static IEnumerable<AlertRule> Rules(YamlNode root, string path)
    {
        var open = new Stack<YamlNode>([root]);
        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case YamlMappingNode map when Text(map, "alert") is not null || (Text(map, "record") is not null
                    && Text(map, "expr") is not null):
                    yield return Rule(map, path);
                    break;
                case YamlMappingNode map:
                    foreach (var child in map.Children.Values.Reverse())
                    {
                        open.Push(child);
                    }

                    break;
                case YamlSequenceNode list:
                    foreach (var child in list.Children.Reverse())
                    {
                        open.Push(child);
                    }

                    break;
                case YamlScalarNode { Style: ScalarStyle.Literal, Value: { } text } scalar
                    when text.Contains("alert:", StringComparison.Ordinal):
                    foreach (var rule in Inside(text, path).Select(each => Moved(each, (int)scalar.Start.Line)))
                    {
                        yield return rule;
                    }

                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>The rules of a file that a ConfigMap carries as text; none where it is no YAML.</summary>
    private static ImmutableArray<AlertRule> Inside(string text, string path)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return [.. stream.Documents.SelectMany(document => Rules(document.RootNode, path))];
        }
        catch (Exception problem) when (problem is YamlException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>Its text begins below the line of its key.</summary>
    private static AlertRule Moved(AlertRule rule, int above)
    {
        return rule with { NamePlace = Down(rule.NamePlace), ExpressionPlace = Down(rule.ExpressionPlace) };

        DocumentSpan Down(DocumentSpan span) =>
            span with { Line = span.Line + above, EndLine = span.EndLine + above };
    }

    private static AlertRule Rule(YamlMappingNode map, string path)
    {
        var isAlert = Text(map, "alert") is not null;
        var name = Find(map, isAlert ? "alert" : "record")!;
        var labels = Find(map, "labels") as YamlMappingNode;
        var notes = Find(map, "annotations") as YamlMappingNode;
        return new AlertRule(
            path,
            ((YamlScalarNode)name).Value ?? "",
            isAlert,
            Text(map, "expr") ?? "",
            Text(map, "for"),
            labels is null ? null : Text(labels, "severity"),
            notes is null ? null : Text(notes, "runbook_url") ?? Text(notes, "runbook"),
            Place(name),
            Place(Find(map, "expr") ?? name));
    }

    private static YamlNode? Find(YamlMappingNode map, string key) => map.Children
        .FirstOrDefault(pair => pair.Key is YamlScalarNode { Value: { } name } && name == key).Value;

    private static string? Text(YamlMappingNode map, string key) => (Find(map, key) as YamlScalarNode)?.Value;

    private static DocumentSpan Place(YamlNode node)
    {
        var (line, column) = ((int)node.Start.Line, (int)node.Start.Column);
        var length = node.End.Line == node.Start.Line ? (int)(node.End.Column - node.Start.Column) : 1;
        return new DocumentSpan(line, column, line, column + Math.Max(1, length));
    }
}
