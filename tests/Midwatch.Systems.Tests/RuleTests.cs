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
        await Promtool.PassesAsync(["check", "rules", .. rules]);
        string[] tests = [.. Directory.EnumerateFiles(Path.Combine(alerts, "tests"), "*.yaml")];
        Assert.NotEmpty(tests);
        await Promtool.PassesAsync(["test", "rules", .. tests]);
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

    [GeneratedRegex(@"^\s*- alert:\s*(\S+)", RegexOptions.Multiline)]
    private static partial Regex Alert();
}
