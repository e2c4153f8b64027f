using Midwatch.Cli.Terminal;
using Midwatch.Runbooks.Lint;

namespace Midwatch.Cli.Linting;

/// <summary>The pages of the codes, which are part of the program.</summary>
internal static class CodePages
{
    /// <summary>The page of a code, as written; null when there is none.</summary>
    internal static string? Page(LintCode code)
    {
        using var stream = typeof(CodePages).Assembly.GetManifestResourceStream($"lint/{code.Id}.md");
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Lists all codes.</summary>
    internal static void List(Screen screen, CodeCatalogue catalogue)
    {
        foreach (var code in catalogue.Codes)
        {
            var severity = code.Severity.ToString().ToUpperInvariant()[..1];
            var state = code.IsOn ? " " : "-";
            var needs = code.Needs is null ? "" : screen.Paint(Ink.Dim, $"  (with --{code.Needs})");
            screen.Line($"{code.Id} {severity}{state} {code.Name,-26} {code.Title}{needs}");
        }

        screen.Line();
        screen.Line("E error, W warning, N note; '-': off by default. 'midwatch lint --explain CODE' tells more.");
    }
}
