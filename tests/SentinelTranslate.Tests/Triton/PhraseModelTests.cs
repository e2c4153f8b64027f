using System.Text.Json.Nodes;
using Reference.Inference;
using SentinelTranslate.Triton.Models;

namespace SentinelTranslate.Tests.Triton;

public sealed class PhraseModelTests
{
    private static readonly PhraseTables Tables = new();

    [Theory]
    [InlineData("Bonjour", "Hello")]
    [InlineData("Bonjour tout le monde !", "Hello everyone !")]
    [InlineData("Le chat est sur la table.", "The cat is on the table.")]
    [InlineData("S’il vous plaît, merci beaucoup", "Please, thank you very much")]
    [InlineData("Zorglub est en panne", "Zorglub is down")]
    [InlineData("", "")]
    public void French_becomes_english_the_longest_phrase_first(string text, string expected) =>
        Assert.Equal(expected, Translate("opus-mt-fr-en", text));

    [Fact]
    public void A_model_that_is_not_there_is_not_found() =>
        Assert.Throws<InferenceException>(() => Tables.Load("opus-mt-xx-yy"));

    [Fact]
    public void Inputs_without_texts_are_refused() =>
        Assert.Throws<InferenceException>(() => Tables.Load("opus-mt-fr-en").Infer([]));

    private static string? Translate(string model, string text)
    {
        var input = new JsonObject { ["name"] = "INPUT_TEXT", ["data"] = new JsonArray(text) };
        return (string?)Tables.Load(model).Infer([input])[0]!["data"]![0];
    }
}
