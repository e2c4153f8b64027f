using Midwatch.Cli.Commands;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Tests.Terminal;

public sealed class ColourTests
{
    [Theory]
    [InlineData("always", false, true)]
    [InlineData("always", true, true)]
    [InlineData("never", true, false)]
    [InlineData("auto", true, true)]
    [InlineData("auto", false, false)]
    public async Task The_option_decides_before_the_terminal_does(string when, bool surroundings, bool expected)
    {
        var folder = Directory.CreateTempSubdirectory("midwatch-");
        var file = Path.Combine(folder.FullName, "shop.md");
        await File.WriteAllTextAsync(file, "# Shop\n\n## Diagnosis\n\n```bash\nkubectl get pods\n```\n",
            TestContext.Current.CancellationToken);
        try
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            var screen = new Screen(output, error, surroundings, interactive: false);

            var status = await CommandLine.InvokeAsync(screen, ["compile", file, "--color", when]);

            Assert.Equal(0, status);
            Assert.Equal(expected, output.ToString().Contains("\e[", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
