using System.Reflection;

namespace Midwatch.Repository.Tests;

public sealed class LayeringTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Midwatch.Shell"] = [],
        ["Midwatch.Processes"] = [],
        ["Midwatch.Kubernetes"] = [],
        ["Midwatch.Runbooks"] = ["Midwatch.Shell"],
        ["Midwatch.Diagnosis"] = ["Midwatch.Runbooks"],
        ["Midwatch.Incidents"] = ["Midwatch.Runbooks", "Midwatch.Diagnosis"],
        ["Midwatch.Execution"] = ["Midwatch.Shell", "Midwatch.Processes", "Midwatch.Runbooks", "Midwatch.Diagnosis", "Midwatch.Kubernetes"],
        ["Midwatch.Storage"] = ["Midwatch.Incidents"],
        ["Midwatch.Engine"] = ["Midwatch.Incidents", "Midwatch.Execution"],
        ["Midwatch.LocalCluster"] = ["Midwatch.Processes"],
        ["Midwatch.Rehearsal"] = ["Midwatch.Engine"],
        ["Midwatch.Server"] = ["Midwatch.Engine", "Midwatch.Storage"],
        // The composition root sees everything.
    };

    public static TheoryData<string> Projects() => [.. Arrows.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void Compiled_references_stay_inside_the_layer_table(string project)
    {
        var used = Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => name.StartsWith("Midwatch.", StringComparison.Ordinal));
        Assert.Empty(used.Except(Arrows[project]));
    }
}
