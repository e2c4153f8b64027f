using System.Collections.Immutable;
using Midwatch.Diagnosis;
using Midwatch.Diagnosis.Observations;
using Midwatch.Kubernetes;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// Looks at everything that the scope names and what lies upstream of it, in parallel and within a time limit. Secrets
/// are never read; whether one is missing shows in events and pod statuses.
/// </summary>
/// <param name="client">Speaks under the identity that diagnoses.</param>
/// <param name="redact">Takes secrets out of words before they are kept; null to keep them as they are.</param>
public sealed class ClusterInspector(KubernetesClient client, TimeProvider time, Func<string, string>? redact = null)
{
    private const int NamespacesBeyondMax = 4;

    /// <summary>What an inspection may take; what was not read by then is recorded as timed out.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    /// <summary>Looks once.</summary>
    public async Task<InspectionResult> InspectAsync(InspectionScope scope, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var picture = await TakePictureAsync(scope, both.Token);
        cancellationToken.ThrowIfCancellationRequested();
        var notebook = new Notebook(picture.TakenAt, redact ?? (text => text));
        new PodObserver(picture, notebook).Observe();
        new EventObserver(picture, notebook).Observe();
        new RolloutObserver(picture, notebook).Observe();
        new ServiceObserver(picture, notebook).Observe();
        new PlaceObserver(picture, notebook).Observe();
        var workloads = new WorkloadObserver(picture, notebook);
        workloads.Observe();
        var missing = WorkloadObserver.Missing(scope.Procedure, picture).ToImmutableArray();
        foreach (var subject in missing)
        {
            workloads.NoteMissing(subject);
        }

        var graph = Graph(scope, picture, missing);
        var subjects = DiagnosisScope.Subjects(scope.Procedure, Draft(scope, picture, graph));
        await Task.WhenAll(
            new LogObserver(client, picture, notebook).ObserveAsync(scope.Procedure, subjects, both.Token),
            new AnswerObserver(new ServiceAsker(client, time), picture, notebook).ObserveAsync(scope.Procedure,
                subjects, both.Token));
        cancellationToken.ThrowIfCancellationRequested();
        return new InspectionResult(notebook.Observations, [.. picture.Reads, .. notebook.Reads], graph);
    }

    private static DependencyGraph Graph(InspectionScope scope, ClusterPicture picture, ImmutableArray<Subject> missing)
    {
        var graph = new GraphBuilder(picture).Build();
        var absent = missing.Select(subject => new GraphNode(
            subject, ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty));
        return RunbookDependencies.Add(graph with { Nodes = [.. graph.Nodes, .. absent] }, scope.Procedure);
    }

    private static Evidence Draft(InspectionScope scope, ClusterPicture picture, DependencyGraph graph) => new()
    {
        RunbookPath = "",
        RunbookText = "",
        RunbookHash = "",
        ProcedureId = scope.Procedure.Id,
        AlertLabels = scope.AlertLabels,
        TakenAt = picture.TakenAt,
        Observations = [],
        Reads = picture.Reads,
        Graph = graph,
        CommandOutputs = [],
    };

    // What is needed may live in another namespace; it is followed once.
    private async Task<ClusterPicture> TakePictureAsync(InspectionScope scope, CancellationToken cancellationToken)
    {
        var taker = new PictureTaker(client, time);
        var picture = await taker.TakeAsync(scope.Namespaces, withNodes: true, cancellationToken);
        var beyond = new GraphBuilder(picture).NamespacesBeyond(scope.Namespaces).Take(NamespacesBeyondMax).ToArray();
        return beyond.Length == 0
            ? picture
            : picture.With(await taker.TakeAsync(beyond, withNodes: false, cancellationToken));
    }
}
