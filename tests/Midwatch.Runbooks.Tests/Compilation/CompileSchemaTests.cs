using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Export;

namespace Midwatch.Runbooks.Tests.Compilation;

/// <summary>What <c>compile --format json</c> writes is what the published schema says.</summary>
public sealed class CompileSchemaTests
{
    [Fact]
    public void Compiled_runbooks_fit_the_published_schema()
    {
        var schema =
            JsonNode.Parse(File.ReadAllText(Path.Combine(Root(), "docs/reference/schemas/compile.schema.json")))!;
        var compiler = new RunbookCompiler(EffectJudge.Default());
        var fixtures = Directory.EnumerateFiles(Path.Combine(Root(), "tests/Midwatch.Runbooks.Tests/Fixtures"), "*.md");
        using var stream = new MemoryStream();

        CompiledJson.Write(stream,
            fixtures.Select(
                path => compiler.Compile(new RunbookSource(Path.GetFileName(path), File.ReadAllText(path)))));

        var faults = new List<string>();
        Check(JsonNode.Parse(stream.ToArray()), schema, schema, "$", faults);
        Assert.Empty(faults);
    }

    private static void Check(JsonNode? value, JsonNode rule, JsonNode root, string path, List<string> faults)
    {
        if (rule["$ref"] is { } reference)
        {
            rule = root["$defs"]![reference.GetValue<string>()["#/$defs/".Length..]]!;
        }

        if (rule["enum"] is JsonArray names && !names.Any(name => JsonNode.DeepEquals(name, value)))
        {
            faults.Add($"{path}: {value} is none of the allowed words");
        }

        switch (value)
        {
            case JsonObject map:
                CheckMap(map, rule, root, path, faults);
                break;
            case JsonArray list when rule["items"] is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    Check(list[i], items, root, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), faults);
                }

                break;
            default:
                break;
        }
    }

    private static void CheckMap(JsonObject map, JsonNode rule, JsonNode root, string path, List<string> faults)
    {
        var properties = rule["properties"]!.AsObject();
        faults.AddRange(rule["required"]!.AsArray()
            .Select(name => name!.GetValue<string>())
            .Where(name => !map.ContainsKey(name))
            .Select(name => $"{path}.{name} is missing"));
        foreach (var (name, value) in map)
        {
            if (properties[name] is { } property)
            {
                Check(value, property, root, $"{path}.{name}", faults);
            }
            else
            {
                faults.Add($"{path}.{name} is not in the schema");
            }
        }
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Midwatch.slnx")))
        {
            directory = directory.Parent;
        }

        Assert.NotNull(directory);
        return directory.FullName;
    }
}
