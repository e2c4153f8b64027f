using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Faults;

/// <summary>Runs the scripts of faults in containers.</summary>
internal sealed class FaultShell(AdminConnection api, string ns, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Runs a script in a pod that matches, as soon as one of them runs that container. Null when it ended well, else
    /// what was in the way.
    /// </summary>
    public async Task<string?> RunAsync(
        string selector, string container, string script, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await FindAsync(selector, container, either.Token) is { } pod
                ? await api.RunAsync(PodPath.Shell(ns, pod, container, script), either.Token)
                : "the cluster stopped answering";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"no pod {selector} in {ns} ran it to its end within {Patience.TotalSeconds:0} s";
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return $"the cluster stopped answering ({error.Message})";
        }
    }

    private async Task<string?> FindAsync(string selector, string container, CancellationToken cancellationToken)
    {
        await foreach (var pods in api.FollowAsync(PodPath.Collection(ns, selector), cancellationToken))
        {
            if (pods.FirstOrDefault(pod => Runs(pod, container))?.Text("metadata", "name") is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static bool Runs(JsonObject pod, string container) =>
        pod.At("metadata", "deletionTimestamp") is null
        && pod.At("status", "containerStatuses") is JsonArray statuses
        && statuses.Any(status => status.Text("name") == container && status.At("state", "running") is not null);
}
