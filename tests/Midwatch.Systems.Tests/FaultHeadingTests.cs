using Midwatch.Systems.Tests.Running;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Systems.Tests;

/// <summary>Faults name scenarios by headings: each is in the runbooks of its system or in its document.</summary>
public sealed class FaultHeadingTests
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

    /// <summary>The lines of the files, without the marks of headings and of bold text.</summary>
    private static HashSet<string> Lines(IEnumerable<string> files) =>
        [.. files.SelectMany(File.ReadLines).Select(line => line.Trim().Trim('#', '*').Trim())];
}
