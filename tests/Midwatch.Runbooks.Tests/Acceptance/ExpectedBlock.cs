using System.Globalization;
using System.Reflection;

namespace Midwatch.Runbooks.Tests.Acceptance;

/// <summary>A line of the table of expected blocks.</summary>
internal sealed record ExpectedBlock(string Id, string Language, int Line, int EndLine, int Commands)
{
    /// <summary>The table's lines for one seed, in document order.</summary>
    public static IReadOnlyList<ExpectedBlock> OfSeed(int number)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Acceptance/blocks.txt");
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n')
                .Where(line => line.StartsWith(FormattableString.Invariant($"S{number}-"), StringComparison.Ordinal))
                .Select(line => line.Split(' '))
                .Select(words => new ExpectedBlock(words[0], words[1], Number(words[2]), Number(words[3]),
                    Number(words[4]))),
        ];
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
