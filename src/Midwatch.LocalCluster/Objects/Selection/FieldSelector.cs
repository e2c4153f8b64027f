using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Objects.Selection;

/// <summary>A field selector, as "status.phase!=Running,spec.nodeName=n1".</summary>
internal sealed record FieldSelector(ImmutableArray<FieldSelector.Term> Terms)
{
    public static readonly FieldSelector Everything = new([]);

    /// <summary>The selector, or null and the API server's sentence about what is wrong.</summary>
    public static FieldSelector? Parse(KindDefinition kind, string text, out string error)
    {
        var terms = ImmutableArray.CreateBuilder<Term>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var sign = part.IndexOf('=', StringComparison.Ordinal);
            if (sign < 1)
            {
                error = $"invalid selector: '{text}'; can't understand '{part}'";
                return null;
            }

            var isNot = part[sign - 1] == '!';
            var field = part[..(isNot ? sign - 1 : sign)];
            var value = part[(sign + 1)..].TrimStart('=');
            if (!IsKnown(kind, field))
            {
                error = Unknown(kind, field);
                return null;
            }

            terms.Add(new Term(field, value, !isNot));
        }

        error = "";
        return new FieldSelector(terms.ToImmutable());
    }

    public bool Matches(JsonObject body) => Terms.All(term => Read(body, term.Field) == term.Value == term.IsEqual);

    /// <summary>The name that the selector pins the result to, or null.</summary>
    public string? Name => Terms.FirstOrDefault(term => term is { Field: "metadata.name", IsEqual: true })?.Value;

    private static bool IsKnown(KindDefinition kind, string field) =>
        field == "metadata.name" || (field == "metadata.namespace" && kind.IsNamespaced) || kind.Fields.Contains(field);

    // Kinds with fields of their own have a conversion function, the others a fixed list: the texts differ.
    private static string Unknown(KindDefinition kind, string field) => kind.Fields.IsEmpty
        ? $"\"{field}\" is not a known field selector: only \"metadata.name\""
            + (kind.IsNamespaced ? ", \"metadata.namespace\"" : "")
        : $"field label not supported: {field}";

    private static string Read(JsonObject body, string field)
    {
        // Events are asked for by "source", which stands for the component.
        var path = field == "source" ? "source.component" : field;
        JsonNode? at = body;
        foreach (var name in path.Split('.'))
        {
            at = (at as JsonObject)?[name];
        }

        return at switch
        {
            null =>
                field is "spec.unschedulable" or "spec.hostNetwork" ? "false" : field == "status.replicas" ? "0" : "",
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            _ => at.ToJsonString(),
        };
    }

    /// <summary>One comparison.</summary>
    internal sealed record Term(string Field, string Value, bool IsEqual);
}
