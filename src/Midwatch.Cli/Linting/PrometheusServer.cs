using System.Collections.Immutable;
using System.Net;
using System.Text.Json;

namespace Midwatch.Cli.Linting;

/// <summary>Asks a running Prometheus what it says of queries. It only reads them, and runs none.</summary>
internal sealed class PrometheusServer(Uri address) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client = new() { Timeout = Limit };

    /// <summary>What is wrong with which queries, by their text; or why it could not be asked.</summary>
    internal async Task<(ImmutableDictionary<string, string>? Problems, string? Unanswered)> AskAsync(
        ImmutableArray<string> queries, CancellationToken cancellationToken)
    {
        var problems = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var query in queries)
        {
            try
            {
                using var form = new FormUrlEncodedContent([KeyValuePair.Create("query", query)]);
                var path = $"{address.AbsolutePath.TrimEnd('/')}/api/v1/format_query";
                using var answer = await _client.PostAsync(new Uri(address, path), form, cancellationToken);
                var text = await answer.Content.ReadAsStringAsync(cancellationToken);
                if (answer.StatusCode == HttpStatusCode.BadRequest && Error(text) is { } problem)
                {
                    problems[query] = $"{problem.Trim().TrimEnd('.')}.";
                }
                else if (!answer.IsSuccessStatusCode)
                {
                    return (null,
                        $"{address}: this does not answer as a Prometheus does (HTTP {(int)answer.StatusCode}).");
                }
            }
            catch (Exception problem) when (problem is HttpRequestException
                || (problem is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                return (null, $"{address}: {problem.Message}");
            }
        }

        return (problems.ToImmutable(), null);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>The sentence of an answer that refuses; null when it is none.</summary>
    private static string? Error(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("error", out var error) ? error.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
