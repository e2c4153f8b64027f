using System.Text.Json.Nodes;
using PyAirtable.Platform;

namespace Reference.Tests.PyAirtable;

public sealed class TableTests
{
    private const string Stars = """
        {"name":"stars","fields":[{"name":"name","type":"text"},{"name":"magnitude","type":"number"},
         {"name":"seen","type":"checkbox"},{"name":"on","type":"date"}]}
        """;

    [Theory]
    [InlineData("""{"fields":[{"name":"a","type":"text"}]}""", "a name")]
    [InlineData("""{"name":"x","fields":[]}""", "fields with name and type")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"colour"}]}""", "type 'colour' is none of text")]
    [InlineData("""{"name":"x","fields":[3]}""", "field ''")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"text"},{"name":"a","type":"text"}]}""", "the same name")]
    public void What_is_no_table_is_refused_with_the_reason(string body, string problem)
    {
        var (table, said) = Table.Parse((JsonObject)JsonNode.Parse(body)!, Guid.Empty);
        Assert.Null(table);
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"Vega","magnitude":0.03,"seen":true,"on":"2026-11-21"}""", null)]
    [InlineData("""{"name":null}""", null)]
    [InlineData("""{"magnitude":"bright"}""", "takes a number")]
    [InlineData("""{"seen":1}""", "takes a checkbox")]
    [InlineData("""{"on":"21.11.2026"}""", "takes a date")]
    [InlineData("""{"colour":"white"}""", "no field 'colour'")]
    public void A_record_fits_its_table_or_is_refused(string values, string? problem)
    {
        var (table, _) = Table.Parse((JsonObject)JsonNode.Parse(Stars)!, Guid.Empty);
        var said = table!.Refuses((JsonObject)JsonNode.Parse(values)!);
        Assert.Equal(problem is null, said is null);
        Assert.Contains(problem ?? "", said ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_stored_of_the_fields_reads_back()
    {
        var (table, _) = Table.Parse((JsonObject)JsonNode.Parse(Stars)!, Guid.Empty);
        Assert.Equal(table!.Fields, Table.ReadFields(table.FieldsJson().ToJsonString()));
    }
}
