using System.Globalization;
using System.Reflection;

namespace Midwatch.Runbooks.Tests.Acceptance;

/// <summary>A line of the table of expected commands.</summary>
internal sealed record ExpectedCommand(
    string Id, int Line, string Effect, string[] Marks, string? Phase, string[] Holes)
{
    /// <summary>The table's lines for one seed, in document order.</summary>
    public static IReadOnlyList<ExpectedCommand> OfSeed(int number)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Acceptance/commands.txt");
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        var prefix = FormattableString.Invariant($"S{number}-");
        return
        [
            .. reader.ReadToEnd().Split('\n')
                .Where(line => line.StartsWith(prefix, StringComparison.Ordinal))
                .Select(Parse)
                .OrderBy(each => each.Line),
        ];
    }

    private static ExpectedCommand Parse(string line)
    {
        var words = line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new ExpectedCommand(
            words[0],
            int.Parse(words[1], CultureInfo.InvariantCulture),
            words[2],
            words[3] == "-" ? [] : words[3].Split(','),
            words[4] == "-" ? null : words[4],
            words[5] == "-" ? [] : words[5].Split(','));
    }
}
