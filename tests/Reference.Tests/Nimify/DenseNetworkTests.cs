using System.Text.Json.Nodes;
using Nimify.Triton;
using Reference.Inference;

namespace Reference.Tests.Nimify;

public sealed class DenseNetworkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("models-");

    [Theory]
    [InlineData("{}", "no layers")]
    [InlineData("""{"layers": [{"weights": [[1, 2], [3]], "bias": [0, 0]}]}""", "no matrix")]
    [InlineData("""{"layers": [{"weights": [[1]], "bias": [0], "activation": "magic"}]}""", "no activation 'magic'")]
    [InlineData("""{"layers": [{"weights": [[1]], "bias": [0]}, {"weights": [[1, 2]], "bias": [0]}]}""", "takes 2")]
    [InlineData("""{"layers": [{"weights": [["x"]], "bias": [0]}]}""", "'x' is no number")]
    public void A_network_that_does_not_fit_together_is_refused_with_the_reason(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => DenseLayer.ReadAll(json)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_row_goes_through_every_layer_and_softmax_adds_up_to_one()
    {
        var network = new DenseNetwork(DenseLayer.ReadAll("""
            {"layers": [
              {"weights": [[1, -1], [2, 0]], "bias": [0, 1], "activation": "relu"},
              {"weights": [[1, 0], [0, 1]], "bias": [0, 0], "activation": "softmax"}]}
            """));
        var answer = network.Infer([Input(2, 2, [1, 3, 5, 1])])[0]!;
        double[] outputs = [.. answer["data"]!.AsArray().Select(value => (double)value!)];

        // First row: relu(1 - 3) = 0 and 2·1 + 1 = 3; second: 4 and 11.
        Assert.Equal(1 / (1 + Math.Exp(3)), outputs[0], precision: 12);
        Assert.Equal(1, outputs[0] + outputs[1], precision: 12);
        Assert.Equal(1 / (1 + Math.Exp(7)), outputs[2], precision: 12);
    }

    [Fact]
    public void A_row_of_another_length_is_refused_with_what_is_expected()
    {
        var network = new DenseNetwork(DenseLayer.ReadAll("""{"layers": [{"weights": [[1, 2]], "bias": [0]}]}"""));
        Assert.Contains("Expected [-1,2], got [1,3]",
            Assert.Throws<InferenceException>(() => network.Infer([Input(1, 3, [1, 2, 3])])).Message,
            StringComparison.Ordinal);
        Assert.Throws<InferenceException>(() => network.Infer([Input(1, 2, [1])]));
    }

    [Fact]
    public void A_model_is_found_by_its_folder_and_a_name_never_leads_out_of_the_repository()
    {
        var models = new ModelFolder(Path.Combine(_folder.FullName, "models"));
        Assert.Empty(models.Names());
        var model = Directory.CreateDirectory(Path.Combine(_folder.FullName, "models", "m", "1")).FullName;
        File.WriteAllText(Path.Combine(_folder.FullName, "models", "m", "config.pbtxt"), "name: \"m\"");
        Assert.Throws<InferenceException>(() => models.Load("m"));
        File.WriteAllText(Path.Combine(model, "model.json"), """{"layers": [{"weights": [[1]], "bias": [0]}]}""");
        Assert.Equal(["m"], models.Names());
        Assert.Equal([-1, 1], models.Load("m").Signature.Inputs[0].Shape);
        Assert.Throws<InferenceException>(() => models.Load("../models/n"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static JsonObject Input(int rows, int columns, double[] data) => new()
    {
        ["name"] = "INPUT",
        ["shape"] = new JsonArray(rows, columns),
        ["data"] = new JsonArray([.. data.Select(value => (JsonNode)value)]),
    };
}
