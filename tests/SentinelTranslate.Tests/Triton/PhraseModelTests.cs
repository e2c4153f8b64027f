using SentinelTranslate.Triton.Models;

namespace SentinelTranslate.Tests.Triton;

public sealed class PhraseModelTests
{
    private static readonly ModelRepository Models = ModelRepository.Load();

    [Theory]
    [InlineData("Bonjour", "Hello")]
    [InlineData("Bonjour tout le monde !", "Hello everyone !")]
    [InlineData("Le chat est sur la table.", "The cat is on the table.")]
    [InlineData("S’il vous plaît, merci beaucoup", "Please, thank you very much")]
    [InlineData("Zorglub est en panne", "Zorglub is down")]
    [InlineData("", "")]
    public void French_becomes_english_the_longest_phrase_first(string text, string expected) =>
        Assert.Equal(expected, Models.Find("opus-mt-fr-en")!.Translate(text));

    [Fact]
    public void A_model_that_is_not_there_is_not_found() => Assert.Null(Models.Find("opus-mt-xx-yy"));
}
