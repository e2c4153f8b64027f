using Nimify.Predictions;

namespace Reference.Tests.Nimify;

public sealed class PredictionInputTests
{
    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "must be a list")]
    [InlineData("{}", "must be a list")]
    [InlineData("""{"input": []}""", "must be a list")]
    [InlineData("""{"input": "1,2"}""", "must be a list")]
    [InlineData("""{"input": [1, "two"]}""", "numbers only")]
    [InlineData("""{"input": [[1], [null]]}""", "numbers only")]
    [InlineData("""{"input": [[1, 2], [1]]}""", "same length")]
    [InlineData("""{"input": [[]]}""", "same length")]
    public void What_is_no_input_is_refused_with_the_reason(string body, string reason) =>
        Assert.Contains(reason, PredictionInput.Parse(body).Problem, StringComparison.Ordinal);

    [Fact]
    public void Sixty_five_rows_are_one_too_many()
    {
        var rows = string.Join(',', Enumerable.Repeat("[1]", PredictionInput.RowsMax + 1));
        Assert.Contains("at most 64", PredictionInput.Parse($$"""{"input": [{{rows}}]}""").Problem,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_flat_list_is_one_row_and_a_list_of_lists_is_as_many_rows()
    {
        var (one, none) = PredictionInput.Parse("""{"input": [1, 2.5, -3]}""");
        Assert.Null(none);
        Assert.Equal([1, 2.5, -3], Assert.Single(one));
        Assert.Equal(2, PredictionInput.Parse("""{"input": [[1, 2], [3, 4]]}""").Rows.Length);
    }
}
