using Midwatch.Runbooks.Lint;

namespace Midwatch.Runbooks.Tests.Lint;

/// <summary>By which words a text is known to be about something.</summary>
public sealed class WordSignTests
{
    [Theory]
    [InlineData("tear-down", "Cleaning up", true)]
    [InlineData("tear-down", "1. UNINSTALL", true)]
    [InlineData("tear-down", "Aufräumen", true)]
    [InlineData("tear-down", "第五步清理环境", true)]
    [InlineData("tear-down", "Make it unclean", false)]
    [InlineData("tear-down", "my_cleanup", false)]
    [InlineData("tear-down", "unclean, then clean", true)]
    [InlineData("tear-down", "", false)]
    [InlineData("given-up", "# deprecated since 1.25", true)]
    [InlineData("given-up", "(veraltet)", true)]
    [InlineData("given-up", "kubectl get pods", false)]
    [InlineData("looking", "Überprüfung der Knoten", true)]
    [InlineData("looking", "Recheck", false)]
    [InlineData("acting", "### Neustart", true)]
    [InlineData("acting", "Offset", false)]
    [InlineData("verification", "恢复验证", true)]
    [InlineData("way-back", "We rolled back to 1.4", true)]
    [InlineData("way-back", "3. 回滚", true)]
    [InlineData("way-back", "scroll back", false)]
    [InlineData("afterwards", "Danach", true)]
    [InlineData("alert-column", "Schwelle", true)]
    public void A_word_that_begins_so_stands_in_it_or_not(string about, string text, bool isThere) =>
        Assert.Equal(isThere, new WordSign(about).IsIn(text));
}
