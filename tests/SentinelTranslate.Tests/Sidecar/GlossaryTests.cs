using Microsoft.Extensions.Logging.Abstractions;
using SentinelTranslate.Sidecar.Glossary;

namespace SentinelTranslate.Tests.Sidecar;

public sealed class GlossaryTests
{
    [Fact]
    public void A_glossary_is_pairs_parted_by_tabs()
    {
        var terms = GlossaryTable.Parse("g", "# comment\n\navoir\tcredit note\r\nbon de commande\tpurchase order\n");
        Assert.Equal(2, terms.Count);
        Assert.Equal("credit note", terms["AVOIR"]);
    }

    [Fact]
    public void The_glossary_of_the_bad_release_is_damaged()
    {
        var failure = Assert.Throws<FormatException>(
            () => GlossaryTable.Parse("glossary.tsv", GlossaryWarmer.Shipped()));
        Assert.Contains("line 7", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_left_behind_stops_every_later_start()
    {
        var directory = Directory.CreateTempSubdirectory("glossary");
        try
        {
            GlossaryWarmer.Begin(directory.FullName, TimeProvider.System, NullLogger.Instance);
            Assert.Throws<IOException>(
                () => GlossaryWarmer.Begin(directory.FullName, TimeProvider.System, NullLogger.Instance));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
