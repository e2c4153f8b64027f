using System.Collections.Immutable;
using Midwatch.LocalCluster.Hosting;
using Midwatch.LocalCluster.Controllers;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Faults.Standard;

/// <summary>A way to break any workload, by an id that is the same everywhere.</summary>
/// <param name="Target">What <c>--target</c> names: workload, node, job or secret.</param>
/// <param name="Summary">What is done.</param>
/// <param name="Symptom">What a person on call sees.</param>
public sealed record StandardFault(string Id, string Target, string Summary, string Symptom)
{
    /// <summary>All of them, in the order of the issue that asks for them.</summary>
    public static ImmutableArray<StandardFault> All { get; } = Read();

    /// <summary>The fault of that id, or null.</summary>
    public static StandardFault? Find(string id) => All.FirstOrDefault(fault => fault.Id == id);

    private static ImmutableArray<StandardFault> Read()
    {
        const string Name = "Midwatch.LocalCluster.Faults.Standard.standard-faults.yaml";
        using var stream = typeof(StandardFault).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"The data file {Name} is not part of this build.");
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return [.. ((JsonArray)YamlJson.Convert(yaml.Documents[0].RootNode)!).Select(entry => new StandardFault(
            entry.Text("id")!, entry.Text("target")!, entry.Text("summary")!, entry.Text("symptom")!))];
    }
}
