using System.Text.RegularExpressions;

namespace Midwatch.Repository.Tests;

/// <summary>What the documents name is there.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents() =>
    [
        .. Directory.EnumerateFiles(SourceTree.Root, "*.md")
            .Concat(
                Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "systems"), "README.md",
                SearchOption.AllDirectories))
            .Select(SourceTree.Relative),
    ];

    [Theory, MemberData(nameof(Documents))]
    public void Relative_links_of_a_document_lead_to_a_file(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(SourceTree.Root, document))!;
        var prose = Block().Replace(File.ReadAllText(Path.Combine(SourceTree.Root, document)), "");
        var dead = Link().Matches(prose)
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#')
                             && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Select(target => target.Split('#')[0])
            .Where(target => !File.Exists(Path.Combine(folder, target))
                && !Directory.Exists(Path.Combine(folder, target)));
        SourceTree.AssertNone(dead);
    }

    /// <summary>What stands in a block is an example; its links lead nowhere on purpose.</summary>
    [GeneratedRegex(@"^(?<fence>~~~+|```+).*?^\k<fence>[ ]*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
