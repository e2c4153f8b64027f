using System.Diagnostics;
using System.Text.RegularExpressions;
using Midwatch.Systems.Tests.Running;

namespace Midwatch.Systems.Tests;

/// <summary>The alert rules of every system, by Prometheus' own tool.</summary>
public sealed partial class RuleTests
{
    public static TheoryData<string> Systems() => [.. ReferenceSystems.Names];

    [Theory, MemberData(nameof(Systems))]
    public async Task The_rules_fire_when_they_should_and_only_then(string system)
    {
        Repository.Needs("promtool");
        var alerts = ReferenceSystems.Folder(system, "alerts");
        string[] rules = [.. Directory.EnumerateFiles(alerts, "*.yaml")];
        await PassesAsync(["check", "rules", .. rules]);
        string[] tests = [.. Directory.EnumerateFiles(Path.Combine(alerts, "tests"), "*.yaml")];
        Assert.NotEmpty(tests);
        await PassesAsync(["test", "rules", .. tests]);
    }

    [Theory, MemberData(nameof(Systems))]
    public void Every_rule_has_a_test(string system)
    {
        var alerts = ReferenceSystems.Folder(system, "alerts");
        var tests = string.Concat(
            Directory.EnumerateFiles(Path.Combine(alerts, "tests"), "*.yaml").Select(File.ReadAllText));
        Assert.All(Directory.EnumerateFiles(alerts, "*.yaml").SelectMany(file => Alert().Matches(
            File.ReadAllText(file))), alert => Assert.Matches($"\\b{alert.Groups[1].Value}\\b", tests));
    }

    private static async Task PassesAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("promtool", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var promtool = Process.Start(start) ?? throw new InvalidOperationException("promtool did not start.");
        var stop = TestContext.Current.CancellationToken;
        var output = promtool.StandardOutput.ReadToEndAsync(stop);
        var error = promtool.StandardError.ReadToEndAsync(stop);
        await promtool.WaitForExitAsync(stop);
        Assert.True(promtool.ExitCode == 0, await output + await error);
    }

    [GeneratedRegex(@"^\s*- alert:\s*(\S+)", RegexOptions.Multiline)]
    private static partial Regex Alert();
}
