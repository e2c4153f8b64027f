using System.Text.Json;

namespace Midwatch.Execution.Alerts;

/// <summary>Whether an alert's expression holds right now; null when it could not be told.</summary>
/// <param name="Holds">False only over series that exist: an empty answer over nothing is no answer.</param>
/// <param name="Reason">What was asked and answered, in one sentence.</param>
public sealed record ExpressionAnswer(bool? Holds, string Reason);

/// <summary>Asks a Prometheus whether an alert's expression holds.</summary>
/// <param name="fetch">
/// Fetches a path of its HTTP API with query string, such as <c>/api/v1/query?query=up</c>. Answers the status and the
/// body, or a sentence that says why there is none.
/// </param>
public sealed class ExpressionQuestion(
    Func<string, CancellationToken, Task<(int Status, string Body, string? Failure)>> fetch)
{
    /// <summary>
    /// Reads the expression out of the page that Prometheus links an alert to (<c>/graph?g0.expr=…</c>).
    /// </summary>
    /// <returns>Null when the link holds none.</returns>
    public static string? ExpressionOf(string? generatorLink)
    {
        if (!Uri.TryCreate(generatorLink, UriKind.Absolute, out var link))
        {
            return null;
        }

        var pair = link.Query.TrimStart('?').Split('&').FirstOrDefault(
            part => part.StartsWith("g0.expr=", StringComparison.Ordinal));
        return pair is null ? null : Uri.UnescapeDataString(pair["g0.expr=".Length..].Replace('+', ' '));
    }

    /// <summary>Evaluates the expression, and when it answers nothing, looks whether its series exist at all.</summary>
    public async Task<ExpressionAnswer> AskAsync(string expression, CancellationToken cancellationToken)
    {
        var (count, failure) = await CountAsync(expression, cancellationToken);
        if (count is null)
        {
            return new(null, $"Prometheus could not be asked '{expression}': {failure}");
        }

        if (count > 0)
        {
            return new(true, $"Prometheus answers '{expression}' with {count} series.");
        }

        var selectors = PromQlSelectors.In(expression);
        foreach (var selector in selectors)
        {
            var (series, problem) = await CountAsync(selector, cancellationToken);
            if (series is not > 0)
            {
                return new(null, $"'{expression}' answers nothing, but neither does '{selector}': "
                    + (problem ?? "a series that is not there proves nothing."));
            }
        }

        return selectors.IsEmpty
            ? new(null, $"'{expression}' speaks of no series.")
            : new(false, $"Prometheus answers '{expression}' with nothing, over series that exist.");
    }

    private async Task<(int? Count, string? Failure)> CountAsync(string expression, CancellationToken cancellationToken)
    {
        var (status, body, failure) = await fetch(
            $"/api/v1/query?query={Uri.EscapeDataString(expression)}", cancellationToken);
        if (failure is not null)
        {
            return (null, failure);
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            if (status != 200 || !document.RootElement.TryGetProperty("data", out var data))
            {
                var error = document.RootElement.TryGetProperty("error", out var told) ? told.GetString() : null;
                return (null, error ?? $"it answered HTTP {status}.");
            }

            return (data.GetProperty("result").GetArrayLength(), null);
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, $"it answered HTTP {status} with something that is not its JSON.");
        }
    }
}
