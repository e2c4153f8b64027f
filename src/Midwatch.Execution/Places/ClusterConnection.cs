using Midwatch.Kubernetes;

namespace Midwatch.Execution.Places;

/// <summary>
/// Opens a cluster for reading: the kubeconfig is good, the cluster answers, and it has said who it is.
/// </summary>
public static class ClusterConnection
{
    /// <summary>Opens it, or says in one sentence why not and in another what to do.</summary>
    /// <param name="path">The kubeconfig.</param>
    /// <param name="context">The context; null for the file's current one.</param>
    public static async Task<ClusterOpening> OpenAsync(
        string path, string? context, TimeProvider time, CancellationToken cancellationToken)
    {
        switch (Kubeconfig.Load(path, context))
        {
            case KubeconfigReading.Failed failed:
                return new ClusterOpening.Failed(failed.ToString(), "");
            case KubeconfigReading.Done done:
                var client = new KubernetesClient(done.Kubeconfig, time);
                var answer = await ClusterIdentity.ReadAsync(client, cancellationToken);
                if (answer is KubernetesAnswer<ClusterIdentity>.Done identity)
                {
                    return new ClusterOpening.Done(client, identity.Value);
                }

                client.Dispose();
                return Failure(done.Kubeconfig, answer);
            default:
                throw new System.Diagnostics.UnreachableException("KubeconfigReading is closed.");
        }
    }

    private static ClusterOpening.Failed Failure(Kubeconfig kubeconfig, KubernetesAnswer<ClusterIdentity> answer)
    {
        var place = $"The cluster at {kubeconfig.Server} (context '{kubeconfig.Context}' of {kubeconfig.Path})";
        return answer switch
        {
            KubernetesAnswer<ClusterIdentity>.Denied denied => new(
                $"{place} does not let this identity in: {denied.Message}",
                "Log in again, or choose another context."),
            KubernetesAnswer<ClusterIdentity>.Unreachable or KubernetesAnswer<ClusterIdentity>.TimedOut => new(
                $"{place} does not answer: {answer.Failure}",
                "Check that it runs and can be reached from here (`kubectl get --raw /readyz`), or start the local one "
                + "with `midwatch cluster up`."),
            _ => new(
                $"{place} did not say who it is: {answer.Failure}",
                "Check with `kubectl get namespace kube-system`."),
        };
    }
}
