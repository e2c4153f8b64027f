using Iris.Model;

namespace Reference.Tests.Iris;

public sealed class SpeciesModelTests
{
    private static string Seed(string version) => File.ReadAllText(Path.Combine(
        AppContext.BaseDirectory, "iris", "models", "iris-classifier", version, "model.pkl"));

    [Theory]
    [InlineData("v1.0.0", 5.1, 3.5, 1.4, 0.2, "setosa")]
    [InlineData("v1.0.0", 6.0, 2.7, 4.2, 1.3, "versicolor")]
    [InlineData("v1.0.0", 6.7, 3.1, 5.6, 2.3, "virginica")]
    [InlineData("v1.1.0", 5.1, 3.5, 1.4, 0.2, "setosa")]
    [InlineData("v1.1.0", 6.7, 3.1, 5.6, 2.3, "virginica")]
    public void A_flower_near_a_mean_is_of_that_species(
        string version, double sepal, double sepalWidth, double petal, double petalWidth, string species)
    {
        var model = SpeciesModel.Parse(Seed(version));
        var probabilities = model.Probabilities(new Measurement(sepal, sepalWidth, petal, petalWidth));
        Assert.Equal(1, probabilities.Sum(), precision: 9);
        Assert.Equal(species, model.Classes[probabilities.IndexOf(probabilities.Max())].Name);
        Assert.True(probabilities.Max() > 0.9);
    }

    [Fact]
    public void A_flower_far_from_all_means_has_probabilities_all_the_same() => Assert.Equal(
        1, SpeciesModel.Parse(Seed("v1.0.0")).Probabilities(new Measurement(10, 0, 10, 0)).Sum(), precision: 9);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"classes":[{"name":"a","means":[1,2,3,4],"deviations":[1,1,1,0]},{"name":"b"}]}""")]
    public void A_damaged_model_is_none(string text) =>
        Assert.Throws<FormatException>(() => SpeciesModel.Parse(text));

    [Fact]
    public void The_upload_that_broke_off_is_none() =>
        Assert.Throws<FormatException>(() => SpeciesModel.Parse(Seed("v1.2.0")));

    [Theory]
    [InlineData("""{"sepal_length":11,"sepal_width":1,"petal_length":1,"petal_width":1}""", "sepal_length")]
    [InlineData("""{"sepal_length":1,"sepal_width":1,"petal_length":1}""", "petal_width")]
    [InlineData("[1,2]", "sepal_length")]
    [InlineData("{", "no JSON")]
    public void A_wrong_length_is_named(string body, string named) =>
        Assert.Contains(named, Measurement.Parse(body).Problem!, StringComparison.Ordinal);
}
