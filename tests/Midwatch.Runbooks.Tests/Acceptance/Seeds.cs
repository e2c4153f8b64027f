using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Tests.Acceptance;

/// <summary>The seed documents of the shared folder, which need not be there.</summary>
internal static class Seeds
{
    private static readonly RunbookCompiler Compiler = new(EffectJudge.Default());

    /// <summary>The seeds by number.</summary>
    public static TheoryData<int> Numbers() => [0, 1, 2, 3, 4];

    /// <summary>A seed's text; skips the test where it is not to be had.</summary>
    public static string Text(int number)
    {
        var folder = Path.Combine(Shared(), "seeds");
        var prefix = FormattableString.Invariant($"{number:000}_");
        var file = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder)
                .FirstOrDefault(path => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal))
            : null;
        if (file is null)
        {
            Assert.Skip($"Seed {number} is not in '{folder}'; set MIDWATCH_SHARED.");
        }

        return File.ReadAllText(file);
    }

    public static Runbook Compiled(int number) => Compile("seed.md", Text(number));

    public static Runbook Compile(string path, string text) => Compiler.Compile(new RunbookSource(path, text));

    /// <summary>All commands of a runbook by line.</summary>
    public static IReadOnlyList<StepCommand> Commands(Runbook runbook) =>
    [
        .. runbook.Procedures
            .SelectMany(procedure => procedure.Steps.Concat(procedure.Scenarios.SelectMany(scenario => scenario.Steps)))
            .SelectMany(step => step.Commands)
            .OrderBy(command => command.Span.Line)
            .ThenBy(command => command.Span.Column),
    ];

    private static string Shared()
    {
        if (Environment.GetEnvironmentVariable("MIDWATCH_SHARED") is { Length: > 0 } given)
        {
            return given;
        }

        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Midwatch.slnx")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory?.Parent?.FullName ?? "/", "shared");
    }
}
