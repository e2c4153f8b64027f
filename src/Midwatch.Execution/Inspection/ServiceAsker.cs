using Midwatch.Diagnosis.Observations;
using Midwatch.Kubernetes;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// Asks a Service through the API server whether anybody answers, so that no pod has to be made for it. A server of
/// another protocol answers too, only not in HTTP; that counts.
/// </summary>
public sealed class ServiceAsker(KubernetesClient client, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Asks.</summary>
    /// <param name="service">A subject of kind <c>service</c>.</param>
    /// <param name="port">Number or name.</param>
    /// <param name="path">What to GET, from the slash on.</param>
    public async Task<ServiceAnswer> AskAsync(
        Subject service, string port, string path, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answer = await client.ProxyGetAsync(
                new ProxyQuery(service.Namespace ?? "default", service.Name, port, path), both.Token);
            return answer switch
            {
                KubernetesAnswer<ProxyReply>.Done { Value: var reply } =>
                    new(service, port, "answers",
                        FormattableString.Invariant($"HTTP {reply.Status}"), ReadOutcome.Made),
                KubernetesAnswer<ProxyReply>.TimedOut => Slow(service, port),
                KubernetesAnswer<ProxyReply>.Rejected or KubernetesAnswer<ProxyReply>.NotFound =>
                    Judged(service, port, answer.Failure ?? ""),
                _ => new(service, port, "", answer.Failure ?? "", Outcome.Of(answer)),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Slow(service, port);
        }
    }

    private static ServiceAnswer Slow(Subject service, string port) =>
        new(service, port, "times-out",
            FormattableString.Invariant($"no answer within {Limit.TotalSeconds:0} s"), ReadOutcome.Made);

    private static ServiceAnswer Judged(Subject service, string port, string words) =>
        MessageClasses.Default.Classify("service-answer", words) is not "other" and var value
            ? new(service, port, value, words, ReadOutcome.Made)
            : new(service, port, "", words, ReadOutcome.Failed);
}
