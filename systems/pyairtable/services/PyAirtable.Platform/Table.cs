using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Reference.Web;

namespace PyAirtable.Platform;

/// <summary>A table: its name and its columns, each with a kind of <see cref="FieldKind"/>.</summary>
internal sealed record Table(Guid Id, string Name, ImmutableArray<KeyValuePair<string, string>> Fields)
{
    /// <summary>Reads a new table, which gets the id; else what is wrong with it.</summary>
    public static (Table? Table, string Problem) Parse(JsonObject? body, Guid id)
    {
        if (body?.Text("name") is not { } name || body["fields"] is not JsonArray { Count: > 0 } fields)
        {
            return (null, "a name, and fields with name and type, are needed");
        }

        var read = fields.Select(field => KeyValuePair.Create(
            (field as JsonObject)?.Text("name") ?? "", (field as JsonObject)?.Text("type") ?? "")).ToImmutableArray();
        if (read.FirstOrDefault(field => field.Key.Length == 0 || !FieldKind.All.Contains(field.Value))
            is { Value: not null } bad)
        {
            return (null, $"field '{bad.Key}': type '{bad.Value}' is none of {string.Join(", ", FieldKind.All)}");
        }

        return read.Select(field => field.Key).Distinct(StringComparer.Ordinal).Count() < read.Length
            ? (null, "two fields have the same name") : (new Table(id, name, read), "");
    }

    /// <summary>What is wrong with a record's values; null when they fit.</summary>
    public string? Refuses(JsonObject values)
    {
        foreach (var (name, value) in values)
        {
            if (Fields.FirstOrDefault(field => field.Key == name).Value is not { } kind)
            {
                return $"there is no field '{name}'";
            }

            if (!FieldKind.Takes(kind, value))
            {
                return $"field '{name}' takes a {kind}";
            }
        }

        return null;
    }

    public JsonObject Tell() => new() { ["id"] = Id.ToString(), ["name"] = Name, ["fields"] = FieldsJson() };

    public JsonArray FieldsJson() =>
        [.. Fields.Select(field => new JsonObject { ["name"] = field.Key, ["type"] = field.Value })];

    /// <summary>Reads what <see cref="FieldsJson"/> wrote.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> ReadFields(string json) =>
        [.. JsonNode.Parse(json)!.AsArray().Select(field =>
            KeyValuePair.Create((string)field!["name"]!, (string)field["type"]!))];
}
