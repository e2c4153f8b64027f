using System.Text.Json.Nodes;
using Midwatch.Runbooks.Export;
using Midwatch.Runbooks.Export.Summaries;
using Midwatch.Runbooks.Tests.Acceptance;
using Midwatch.Runbooks.Tests.Lint;

namespace Midwatch.Runbooks.Tests.Export;

/// <summary>What <c>compile</c> writes as JSON is what the published schemas say, over the seeds.</summary>
public sealed class SummarySchemaTests
{
    [Fact]
    public void The_summary_of_the_seeds_fits_its_schema_and_adds_up()
    {
        var runbooks = Enumerable.Range(0, 5).Select(Seeds.Compiled).ToList();
        using var stream = new MemoryStream();

        SummaryJson.Write(stream, new CollectionDigest([.. runbooks.Select(RunbookDigest.Of)]));

        var json = JsonNode.Parse(stream.ToArray())!;
        Assert.Empty(JsonShape.Faults(json, Schema("summary")));
        string[] effects = ["read", "change", "unknown", "destroy"];
        Assert.Equal(runbooks.Sum(runbook => Seeds.Commands(runbook).Count),
            effects.Sum(effect => (int)json["total"]!["commands"]![effect]!));
        Assert.All(effects, effect => Assert.Equal((int)json["total"]!["commands"]![effect]!,
            json["runbooks"]!.AsArray().Sum(each => (int)each!["commands"]![effect]!)));
    }

    [Fact]
    public void An_empty_collection_and_an_empty_document_fit_too()
    {
        using var stream = new MemoryStream();
        SummaryJson.Write(stream, new CollectionDigest([RunbookDigest.Of(Seeds.Compile("empty.md", ""))]));
        Assert.Empty(JsonShape.Faults(JsonNode.Parse(stream.ToArray()), Schema("summary")));
    }

    [Theory]
    [MemberData(nameof(Seeds.Numbers), MemberType = typeof(Seeds))]
    public void A_compiled_seed_fits_the_schema_of_compile(int seed)
    {
        using var stream = new MemoryStream();
        CompiledJson.Write(stream, [Seeds.Compiled(seed)]);
        Assert.Empty(JsonShape.Faults(JsonNode.Parse(stream.ToArray()), Schema("compile")));
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        var faults = JsonShape.Faults(JsonNode.Parse("""{"schemaVersion": 1, "total": {}, "runbooks": [], "x": 1}"""),
            Schema("summary"));
        Assert.Contains(faults, fault => fault.Contains("procedures", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains('x', StringComparison.Ordinal));
    }

    private static JsonNode Schema(string name) => JsonNode.Parse(File.ReadAllText(
        Path.Combine(Repository.Root, $"docs/reference/schemas/{name}.schema.json")))!;
}
