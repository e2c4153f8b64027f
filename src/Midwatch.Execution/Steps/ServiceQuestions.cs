using System.Globalization;
using System.Text.Json;
using Midwatch.Kubernetes;

namespace Midwatch.Execution.Steps;

/// <summary>
/// Answers what temporary pods are made for from what the API server knows: readiness is what the program's own probe
/// says, and
/// a Service without a ready endpoint refuses.
/// </summary>
/// <param name="client">The identity that reads.</param>
/// <param name="defaultNamespace">The namespace of names that carry none.</param>
public sealed class ServiceQuestions(KubernetesClient client, string defaultNamespace)
{
    private const int HttpErrors = 400;

    /// <summary>Asks.</summary>
    public async Task<QuestionAnswer> AskAsync(InspectorQuestion question, CancellationToken cancellationToken)
    {
        // NAME, NAME.NAMESPACE, NAME.NAMESPACE.svc, NAME.NAMESPACE.svc.cluster.local
        var parts = question.Host.TrimEnd('.').Split('.');
        var (service, space) = (parts[0], parts.Length > 1 ? parts[1] : defaultNamespace);
        if (parts.Length > 2 && parts[2] != "svc")
        {
            return new QuestionAnswer(null, $"{question.Host} is no Service of the cluster.");
        }

        return question is { Kind: QuestionKind.Http, Port: { } port }
            ? await AskHttpAsync(question, service, space, port, cancellationToken)
            : await AskEndpointsAsync(question, service, space, cancellationToken);
    }

    private async Task<QuestionAnswer> AskHttpAsync(
        InspectorQuestion question, string service, string space, int port, CancellationToken cancellationToken)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        var query = new ProxyQuery(space, service, number, question.Path ?? "/");
        var answer = await client.ProxyGetAsync(query, cancellationToken);
        return answer is KubernetesAnswer<ProxyReply>.Done reply
            ? new QuestionAnswer(
                reply.Value.Status < HttpErrors,
                $"Through the API server: status {reply.Value.Status}, {reply.Value.Body}")
            : new QuestionAnswer(null, $"Through the API server: {answer.Failure}");
    }

    private async Task<QuestionAnswer> AskEndpointsAsync(
        InspectorQuestion question, string service, string space, CancellationToken cancellationToken)
    {
        var place = $"Service {service} in {space}";
        var answer = await client.GetAsync(ResourcePath.Core("endpoints", space, service), cancellationToken);
        if (answer is not KubernetesAnswer<JsonElement>.Done endpoints)
        {
            return answer is KubernetesAnswer<JsonElement>.NotFound
                ? new QuestionAnswer(false, $"{place} is not there: its name does not resolve.")
                : new QuestionAnswer(null, $"{place} could not be looked at: {answer.Failure}");
        }

        var ready = Ready(endpoints.Value);
        return question.Kind == QuestionKind.Resolve
            ? new QuestionAnswer(true, $"{place} is there; ready endpoints: {ready}.")
            : ready > 0 ? new QuestionAnswer(true, $"{place} takes connections; ready endpoints: {ready}.")
            : new QuestionAnswer(false, $"{place} has no ready endpoint: connections are refused.");
    }

    private static int Ready(JsonElement endpoints) =>
        endpoints.TryGetProperty("subsets", out var subsets) && subsets.ValueKind == JsonValueKind.Array
            ? subsets.EnumerateArray().Sum(subset =>
                subset.TryGetProperty("addresses", out var addresses) && addresses.ValueKind == JsonValueKind.Array
                    ? addresses.GetArrayLength()
                    : 0)
            : 0;
}
