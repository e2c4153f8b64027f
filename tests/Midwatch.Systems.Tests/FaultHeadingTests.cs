using System.Text.RegularExpressions;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Systems.Tests.Running;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Systems.Tests;

/// <summary>Faults name scenarios by headings: each is in the runbooks of its system or in its document.</summary>
public sealed partial class FaultHeadingTests
{
    public static TheoryData<string> Systems() => [.. ReferenceSystems.Names];

    [Theory, MemberData(nameof(Systems))]
    public void Every_heading_that_a_fault_names_is_there(string system)
    {
        var own = Lines(Directory.EnumerateFiles(ReferenceSystems.Folder(system, "runbooks"), "*.md"));
        foreach (var fault in ReferenceSystems.Faults(system))
        {
            var scenarios = ((YamlMappingNode)fault["scenarios"]).Children;
            string[] seeds = [.. scenarios.Keys.Select(key => key.ToString())
                .Where(key => key.EndsWith(".txt", StringComparison.Ordinal))];
            var document = Lines(seeds.Select(Repository.Seed));
            Assert.All(scenarios.Where(pair => pair.Key.ToString() is not "mustNot"), pair => Assert.Contains(
                pair.Value.ToString(), pair.Key.ToString() == "own" ? own : document));
            if (seeds.Length > 0 && scenarios.TryGetValue(new YamlScalarNode("mustNot"), out var never))
            {
                Assert.All(((YamlSequenceNode)never).Children, heading => Assert.Contains(
                    heading.ToString(), (IEnumerable<string>)[.. own, .. document]));
            }
        }
    }

    /// <summary>
    /// What of the document has no fault is named in <c>noFault</c>, with a reason, and nothing else is.
    /// </summary>
    [Theory, MemberData(nameof(Systems))]
    public void Every_branch_of_the_document_that_has_a_command_has_a_fault(string system)
    {
        var named = ReferenceSystems.Faults(system)
            .SelectMany(fault => ((YamlMappingNode)fault["scenarios"]).Children)
            .Where(pair => pair.Key.ToString().EndsWith(".txt", StringComparison.Ordinal))
            .Select(pair => (Seed: pair.Key.ToString(), Heading: Plain(pair.Value.ToString()))).ToArray();
        Assert.SkipWhen(named.Length == 0, $"{system} has no seed document.");
        var seed = Assert.Single(named.Select(each => each.Seed).Distinct(StringComparer.Ordinal));
        var excused = ReferenceSystems.WithoutFault(system);
        Assert.All(excused, each => Assert.NotEmpty(each["reason"].ToString()));
        var path = Repository.Seed(seed);
        var branches = new RunbookCompiler(EffectJudge.Default())
            .Compile(new RunbookSource(path, File.ReadAllText(path))).Procedures.SelectMany(Branches).Select(Plain);
        Assert.Equal(
            branches.Order(StringComparer.Ordinal).Except(named.Select(each => each.Heading)),
            excused.Select(each => Plain(each["heading"].ToString())).Order(StringComparer.Ordinal));
    }

    /// <summary>The headings of scenarios with commands; of an alert or a failure without any, its own.</summary>
    private static IEnumerable<string> Branches(Procedure procedure) => procedure switch
    {
        { Scenarios.IsEmpty: false } => procedure.Scenarios
            .Where(scenario => scenario.Steps.Any(step => !step.Commands.IsEmpty)).Select(scenario => scenario.Heading),
        { Kind: ProcedureKind.Alert or ProcedureKind.Failure }
            when procedure.Steps.Any(step => !step.Commands.IsEmpty) => [procedure.Title],
        _ => [],
    };

    /// <summary>A heading without its number and its colon.</summary>
    private static string Plain(string heading) => Number().Replace(heading, "").TrimEnd(':');

    [GeneratedRegex(@"^\d+\. ")]
    private static partial Regex Number();

    /// <summary>The lines of the files, without the marks of headings and of bold text.</summary>
    private static HashSet<string> Lines(IEnumerable<string> files) =>
        [.. files.SelectMany(File.ReadLines).Select(line => line.Trim().Trim('#', '*').Trim())];
}
