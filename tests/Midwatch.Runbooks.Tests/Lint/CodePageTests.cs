using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Lint;

namespace Midwatch.Runbooks.Tests.Lint;

/// <summary>Every code has a page that says what the catalogue says, with examples that are what they claim.</summary>
public sealed class CodePageTests
{
    private static readonly CodeCatalogue Catalogue = new();

    public static TheoryData<string> Codes() => [.. Catalogue.Codes.Select(code => code.Id)];

    [Theory, MemberData(nameof(Codes))]
    public void The_page_of_a_code_says_what_the_catalogue_says(string id)
    {
        var code = Catalogue.Find(id)!;
        var page = CodePage.Read(id);

        Assert.Equal($"# {code.Id}: {code.Title}", page.Title);
        var severity = code.Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "note",
        };
        Assert.StartsWith($"`{code.Name}` · **{severity}** · {(code.IsOn ? "on" : "off")} by default", page.Facts,
            StringComparison.Ordinal);
        Assert.Equal(code.Needs is not null, page.Facts.Contains($"needs `--{code.Needs}`", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Codes))]
    public void The_bad_example_raises_the_code_and_the_good_one_does_not(string id)
    {
        var page = CodePage.Read(id);

        Assert.Contains(id, page.Bad.Findings().Select(finding => finding.Diagnostic.Code));
        Assert.DoesNotContain(id, page.Good.Findings().Select(finding => finding.Diagnostic.Code));
    }

    [Fact]
    public void Codes_and_names_are_given_once_and_the_index_lists_them_all()
    {
        Assert.Equal(Catalogue.Codes.Length, Catalogue.Codes.Select(code => code.Id).Distinct().Count());
        Assert.Equal(Catalogue.Codes.Length, Catalogue.Codes.Select(code => code.Name).Distinct().Count());
        var index = File.ReadAllText(Path.Combine(Repository.Root, "docs/reference/lint/README.md"));
        Assert.All(Catalogue.Codes,
            code => Assert.Contains($"| [{code.Id}]({code.Id}.md) | `{code.Name}` |", index, StringComparison.Ordinal));
    }
}
