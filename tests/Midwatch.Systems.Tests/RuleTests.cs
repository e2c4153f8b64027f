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
        var tests = string.Concat(Directory
            .EnumerateFiles(ReferenceSystems.Folder(system, "alerts", "tests"), "*.yaml").Select(File.ReadAllText));
        Assert.All(Alerts(system), alert => Assert.Matches($"\\b{alert}\\b", tests));
    }

    [Theory, MemberData(nameof(Systems))]
    public void Every_alert_that_the_system_or_a_fault_names_has_a_rule(string system)
    {
        var rules = Alerts(system);
        var description = File.ReadAllText(ReferenceSystems.Folder(system, "system.yaml"));
        Assert.Contains(Subject().Match(description).Groups[1].Value, rules);
        Assert.All(ReferenceSystems.Faults(system).Where(fault => fault.Children.ContainsKey("alert")),
            fault => Assert.Contains(fault["alert"].ToString(), rules));
    }

    private static string[] Alerts(string system) =>
    [
        .. Directory.EnumerateFiles(ReferenceSystems.Folder(system, "alerts"), "*.yaml")
            .SelectMany(file => Alert().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value),
    ];

    [GeneratedRegex(@"^alert:\s*(.+)$", RegexOptions.Multiline)]
    private static partial Regex Subject();

    [GeneratedRegex(@"^\s*- alert:\s*(.+)$", RegexOptions.Multiline)]
    private static partial Regex Alert();
}
