using System.Text.RegularExpressions;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Shell.Tests.Transcripts;

/// <summary>What the reader of <c>prompts.txt</c> takes for granted.</summary>
public sealed partial class PromptDataTests
{
    private static readonly string[][] Entries = [.. TranscriptData.Lines("prompts.txt", fields: 2)];

    public static TheoryData<string> Prompts() => [.. Entries.Where(entry => entry[0] is "here" or "there")
        .Select(entry => entry[0] == "there" ? entry[1].Split(' ', 2)[1] : entry[1])];

    [Theory]
    [MemberData(nameof(Prompts))]
    public void Every_prompt_has_one_of_the_signs(string pattern)
    {
        var signs = Entries.Single(entry => entry[0] == "signs")[1];

        Assert.Contains(Needed(pattern), signs.Contains);
    }

    /// <summary>Without what need not be there: ends of lines, classes that exclude, optional parts.</summary>
    private static string Needed(string pattern) => Optional().Replace(Excluded().Replace(
        pattern.Replace("( |$)", "", StringComparison.Ordinal), ""), "");

    [GeneratedRegex(@"\[\^[^\]]*\]", RegexOptions.CultureInvariant)]
    private static partial Regex Excluded();

    [GeneratedRegex(@"(\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])[?*]", RegexOptions.CultureInvariant)]
    private static partial Regex Optional();
}
