using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Tests.Effects;

/// <summary>
/// The reference pages of the tools are what the effect data says. MIDWATCH_UPDATE_GOLDEN=1 writes them anew.
/// </summary>
public sealed class ToolPageTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs/reference/tools");

    [Fact]
    public void The_pages_of_the_tools_are_current()
    {
        var pages = ToolPages.All();
        if (Environment.GetEnvironmentVariable("MIDWATCH_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Folder);
            foreach (var (name, text) in pages)
            {
                File.WriteAllText(Path.Combine(Folder, name), text);
            }
        }

        var stale = pages
            .Where(page => !File.Exists(Path.Combine(Folder, page.Key))
                || File.ReadAllText(Path.Combine(Folder, page.Key)) != page.Value)
            .Select(page => page.Key);
        var left = Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Where(name => !pages.ContainsKey(name!));

        Assert.Empty(stale);
        Assert.Empty(left);
    }

    [Fact]
    public void A_page_tells_verbs_options_and_why()
    {
        var page = ToolPages.All()["kubectl.md"];

        Assert.Contains("## `delete`\n\n**destroy**", page, StringComparison.Ordinal);
        Assert.Contains("`--context`", page, StringComparison.Ordinal);
        Assert.Contains("A dry run changes nothing.", page, StringComparison.Ordinal);
    }
}
