using System.Collections.Immutable;
using Midwatch.Cli.Clusters;
using Midwatch.Cli.Places;
using Midwatch.Cli.Terminal;
using Midwatch.Kubernetes;
using Midwatch.Processes;
using Midwatch.Runbooks.Lint;

namespace Midwatch.Cli.Linting;

/// <summary>Asks what lies around the documents and runs by itself: a cluster, a Prometheus, promtool.</summary>
internal sealed class LintSurroundings(Screen screen, TimeProvider time)
{
    /// <summary>The input with what the cluster has.</summary>
    /// <returns>Null when it did not answer; that is told on the screen.</returns>
    internal async Task<LintInput?> WithClusterAsync(
        LintInput input, LintRequest request, CancellationToken cancellationToken)
    {
        var (chosen, problem) = ChosenCluster.Choose(screen, request.Kubeconfig,
            DataDirectory.Resolve(request.Data));
        if (chosen is null)
        {
            screen.Complain(problem ?? "no cluster.");
            return null;
        }

        if (Kubeconfig.Load(chosen.Reading) is not KubeconfigReading.Done read)
        {
            screen.Complain(Kubeconfig.Load(chosen.Reading).ToString() ?? chosen.Reading);
            return null;
        }

        using var client = new KubernetesClient(read.Kubeconfig, time);
        var (objects, untold, unanswered) = await new ClusterObjects(client).ReadAsync(cancellationToken);
        if (objects is null)
        {
            screen.Complain(unanswered ?? "the cluster did not answer.");
            return null;
        }

        if (!untold.IsEmpty)
        {
            screen.Hint($"Not held against the cluster, because it does not tell: {string.Join(", ", untold)}.");
        }

        return input with { Cluster = objects };
    }

    /// <summary>The input with what Prometheus says of the queries of documents and rules.</summary>
    /// <returns>Null when the Prometheus that was named did not answer; that is told on the screen.</returns>
    internal async Task<LintInput?> WithQueriesAsync(
        LintInput input, ImmutableArray<string> queries, Uri? prometheus, CancellationToken cancellationToken)
    {
        if (queries.IsEmpty)
        {
            return input;
        }

        if (prometheus is not null)
        {
            using var server = new PrometheusServer(prometheus);
            var (told, unanswered) = await server.AskAsync(queries, cancellationToken);
            if (told is null)
            {
                screen.Complain(unanswered ?? $"{prometheus}: no answer.");
                return null;
            }

            return input with { QueryProblem = query => told.GetValueOrDefault(query) };
        }

        await using var starter = new ProgramStarter();
        if (await new Promtool(starter, time).AskAsync(queries, cancellationToken) is { } problems)
        {
            return input with { QueryProblem = query => problems.GetValueOrDefault(query) };
        }

        screen.Hint("The PromQL was not checked: there is no promtool on PATH (Debian: apt-get install prometheus); "
            + "--prometheus URL asks a running one.");
        return input;
    }
}
