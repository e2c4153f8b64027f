using Midwatch.Systems.Tests.Running;
using Midwatch.Systems.Tests.Seeds;

namespace Midwatch.Systems.Tests;

/// <summary>Every command of every seed, against its system, with the expectation written down before.</summary>
public sealed class SeedCommandTests
{
    private const string FileName = "commands.yaml";

    public static TheoryData<string> Systems() =>
        [.. ReferenceSystems.Names.Where(name => File.Exists(ReferenceSystems.Folder(name, FileName)))];

    [Theory, MemberData(nameof(Systems))]
    public void The_table_has_a_row_for_every_command_and_no_other(string system)
    {
        var table = CommandTable.Read(ReferenceSystems.Folder(system, FileName));
        var commands = SeedCommands.Of(Repository.Seed(table.Seed));
        Assert.Equal(
            commands.Select(pair => $"{pair.Command.Span.Line}: {FirstLine(pair.Command.Text)}"),
            table.Rows.Select(row => $"{row.Line}: {row.Command}"));
        Assert.Equal(table.Rows.Length, table.Rows.Select(row => row.Id).Distinct().Count());
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Every_command_does_what_its_row_says(string name)
    {
        Repository.Needs("kubectl", "prometheus", "redis-server", "psql");
        var table = CommandTable.Read(ReferenceSystems.Folder(name, FileName));
        var commands = SeedCommands.Of(Repository.Seed(table.Seed));
        await using var system = await SystemUnderTest.UpAsync(name);
        await system.MeasuredAsync();
        var results = await new SeedWalk(system, table).WalkAsync(commands);
        var report = SeedReport.Write(name, table.Seed, results);
        var file = Path.Combine(Repository.Root, "artifacts", "test-results", $"commands-{name}.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, report, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine(report);
        Assert.True(results.All(result => result.Mismatch is null), report);
    }

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
