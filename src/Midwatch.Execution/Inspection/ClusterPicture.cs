using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>What the lists of the scope's namespaces held at one moment.</summary>
internal sealed record ClusterPicture(
    ImmutableDictionary<string, ImmutableArray<JsonElement>> Lists, ImmutableArray<ReadRecord> Reads,
    DateTimeOffset TakenAt)
{
    /// <summary>Kinds that own pods, with their list.</summary>
    private static readonly ImmutableArray<(string Kind, string Plural)> Workloads =
    [
        ("deployment", "deployments"), ("statefulset", "statefulsets"), ("daemonset", "daemonsets"), ("job", "jobs"),
    ];

    public ImmutableArray<JsonElement> this[string plural] => Lists.GetValueOrDefault(plural, []);

    public IEnumerable<(Subject Subject, JsonElement Body)> WorkloadObjects() => Workloads.SelectMany(one =>
        this[one.Plural].Select(body => (new Subject(one.Kind, body.Namespace(), body.Name()), body)));

    public IEnumerable<(Subject Subject, JsonElement Body)> Pods() =>
        this["pods"].Select(body => (new Subject("pod", body.Namespace(), body.Name()), body));

    /// <summary>The workload that owns an object, through its ReplicaSet; null when nothing does.</summary>
    public Subject? OwnerOf(JsonElement body)
    {
        var owner = body.Items("metadata", "ownerReferences").FirstOrDefault(one => one.IsTrue("controller"));
        if (owner.Text("kind") is not { } kind || owner.Text("name") is not { } name)
        {
            return null;
        }

        var replicaSet = kind == "ReplicaSet"
            ? this["replicasets"].FirstOrDefault(one => one.Name() == name && one.Namespace() == body.Namespace())
            : default;
        return (replicaSet.ValueKind == JsonValueKind.Object ? OwnerOf(replicaSet) : null)
            ?? new Subject(kind.Lower(), body.Namespace(), name);
    }

    public ClusterPicture With(ClusterPicture other) => new(
        Lists.Keys.Union(other.Lists.Keys)
            .ToImmutableDictionary(plural => plural, plural => this[plural].AddRange(other[plural])),
        Reads.AddRange(other.Reads), TakenAt);
}
