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
        ["Midwatch.Execution"] = ["Midwatch.Shell", "Midwatch.Processes", "Midwatch.Runbooks", "Midwatch.Diagnosis",
            "Midwatch.Kubernetes"],
        ["Midwatch.Storage"] = ["Midwatch.Incidents"],
        ["Midwatch.Engine"] = ["Midwatch.Incidents", "Midwatch.Execution"],
        ["Midwatch.LocalCluster"] = ["Midwatch.Processes"],
        ["Midwatch.Server"] = ["Midwatch.Engine", "Midwatch.Storage"],
        // The composition root sees everything.
    };

    // The pure projects are a language: who may speak to one may use the words beneath it (docs/decisions/0001).
    private static readonly string[] Pure = ["Midwatch.Shell", "Midwatch.Runbooks", "Midwatch.Diagnosis",
        "Midwatch.Incidents"];

    public static TheoryData<string> Projects() => [.. Arrows.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void Compiled_references_stay_inside_the_layer_table(string project)
    {
        var used = Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => name.StartsWith("Midwatch.", StringComparison.Ordinal));
        SourceTree.AssertNone(used.Except(Allowed(project)));
    }

    private static HashSet<string> Allowed(string project)
    {
        var allowed = new HashSet<string>(Arrows[project], StringComparer.Ordinal);
        var waiting = new Queue<string>(allowed);
        while (waiting.TryDequeue(out var next))
        {
            foreach (var beneath in Arrows[next].Where(Pure.Contains).Where(allowed.Add))
            {
                waiting.Enqueue(beneath);
            }
        }

        return allowed;
    }
}
