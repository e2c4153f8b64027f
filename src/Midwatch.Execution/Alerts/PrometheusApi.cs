using System.Globalization;
using Midwatch.Kubernetes;

namespace Midwatch.Execution.Alerts;

/// <summary>
/// Fetches from a Prometheus, wherever it is. Answers are values; nothing is thrown for a Prometheus that is away.
/// </summary>
public sealed class PrometheusApi(PrometheusAddress address, KubernetesClient cluster) : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private readonly HttpClient _http = new() { Timeout = AnswerLimit, MaxResponseContentBufferSize = 4 * 1024 * 1024 };

    /// <summary>Fetches a path with its query, such as <c>/api/v1/query?query=up</c>.</summary>
    /// <returns>Status and body; or a sentence that says why there is no answer.</returns>
    public async Task<(int Status, string Body, string? Failure)> FetchAsync(
        string path, CancellationToken cancellationToken)
    {
        switch (address)
        {
            case PrometheusAddress.InCluster inside:
                var query = new ProxyQuery(inside.Namespace, inside.Service, inside.Port, path);
                var answer = await cluster.ProxyGetAsync(query, cancellationToken);
                return answer is KubernetesAnswer<ProxyReply>.Done { Value: var reply }
                    ? (reply.Status, reply.Body, null)
                    : (0, string.Empty, answer.Failure);
            case PrometheusAddress.At at:
                return await FetchAsync(new Uri(at.Url, path), cancellationToken);
            default:
                return (0, string.Empty, "nobody said where Prometheus is.");
        }
    }

    /// <summary>Asks whether an alert's expression holds.</summary>
    public Task<ExpressionAnswer> AskAsync(string expression, CancellationToken cancellationToken) =>
        new ExpressionQuestion(FetchAsync).AskAsync(expression, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(int Status, string Body, string? Failure)> FetchAsync(
        Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(url, cancellationToken);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken), null);
        }
        catch (HttpRequestException failure)
        {
            return (0, string.Empty, $"{url.GetLeftPart(UriPartial.Authority)} does not answer: {failure.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (0, string.Empty, string.Create(
                CultureInfo.InvariantCulture,
                $"{url.GetLeftPart(UriPartial.Authority)} took longer than {AnswerLimit.TotalSeconds} s."));
        }
    }
}
