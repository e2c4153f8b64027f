using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Custom.Cel;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>One rule of x-kubernetes-validations.</summary>
/// <param name="At">The schema that carries it.</param>
/// <param name="Expression">Null when the rule cannot be read.</param>
/// <param name="Error">What is wrong with it; "" when nothing is.</param>
internal sealed record CustomRule(
    JsonObject At, string Text, string Message, CelNode? MessageExpression, string Reason, string FieldPath,
    CelNode? Expression, string Error, bool IsOfChange)
{
    /// <summary>All rules of a schema and of what is below it.</summary>
    public static ImmutableArray<CustomRule> In(JsonObject schema)
    {
        var found = ImmutableArray.CreateBuilder<CustomRule>();
        Collect(schema, found);
        return found.ToImmutable();
    }

    private static void Collect(JsonObject schema, ImmutableArray<CustomRule>.Builder found)
    {
        foreach (var rule in (schema["x-kubernetes-validations"] as JsonArray ?? []).OfType<JsonObject>())
        {
            found.Add(Read(schema, rule));
        }

        foreach (var (_, below) in StructuralSchema.Properties(schema))
        {
            Collect(below, found);
        }

        foreach (var name in (string[])["items", "additionalProperties"])
        {
            if (schema[name] is JsonObject below)
            {
                Collect(below, found);
            }
        }
    }

    private static CustomRule Read(JsonObject schema, JsonObject rule)
    {
        var text = StructuralSchema.Text(rule, "rule");
        var expression = CelParser.Parse(text, out var error);
        if (expression is not null && UnknownFunction(expression) is { } unknown)
        {
            (expression, error) = (null, $"ERROR: <input>:1:1: undeclared reference to '{unknown}' (in container '')");
        }

        var words = StructuralSchema.Text(rule, "messageExpression");
        return new CustomRule(
            schema,
            text,
            StructuralSchema.Text(rule, "message"),
            words.Length == 0 ? null : CelParser.Parse(words, out _),
            StructuralSchema.Text(rule, "reason"),
            StructuralSchema.Text(rule, "fieldPath"),
            expression,
            error,
            expression is not null && Nodes(expression).Any(node => node is CelNode.Name { Text: "oldSelf" }));
    }

    private static string? UnknownFunction(CelNode expression) => Nodes(expression).OfType<CelNode.Call>()
        .Select(call => call.Function).FirstOrDefault(name => !CelFunctions.Names.Contains(name));

    private static IEnumerable<CelNode> Nodes(CelNode node)
    {
        IEnumerable<CelNode> below = node switch
        {
            CelNode.Field field => [field.Of],
            CelNode.Index index => [index.Of, index.At],
            CelNode.Call call => call.Receiver is null ? call.Arguments : [call.Receiver, .. call.Arguments],
            CelNode.Loop loop => [loop.Over, .. loop.Bodies],
            CelNode.List list => list.Items,
            CelNode.Map map => map.Entries.SelectMany(entry => (CelNode[])[entry.Key, entry.Value]),
            CelNode.Unary unary => [unary.Of],
            CelNode.Binary binary => [binary.Left, binary.Right],
            CelNode.Choice choice => [choice.Condition, choice.Then, choice.Otherwise],
            _ => [],
        };
        return below.SelectMany(Nodes).Prepend(node);
    }
}
