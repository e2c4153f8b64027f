using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nimify.Predictions;

/// <summary>Asks the inference server, over the inference protocol v2.</summary>
/// <param name="http">Its base address is Triton's.</param>
/// <param name="limit">How long one inference may take.</param>
public sealed class TritonClient(HttpClient http, TimeSpan limit)
{
    /// <summary>Sends rows of equal length through the model.</summary>
    public async Task<TritonAnswer> InferAsync(
        string model, ImmutableArray<ImmutableArray<double>> rows, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(limit);
        try
        {
            using var content = new StringContent(Request(rows).ToJsonString(), Encoding.UTF8, "application/json");
            var path = new Uri($"/v2/models/{Uri.EscapeDataString(model)}/infer", UriKind.Relative);
            using var response = await http.PostAsync(path, content, limited.Token);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(limited.Token));
            return response.StatusCode switch
            {
                HttpStatusCode.OK => Read(body, rows.Length),
                HttpStatusCode.BadRequest => new TritonAnswer.Refused(Error(body)),
                _ => new TritonAnswer.Unavailable(Error(body)),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TritonAnswer.Unavailable($"triton did not answer within {limit.TotalMilliseconds:0} ms");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            return new TritonAnswer.Unavailable(failure.Message);
        }
    }

    /// <summary>Whether Triton has the model loaded; false too when it cannot be asked.</summary>
    public async Task<bool> IsLoadedAsync(string model, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(limit);
        try
        {
            var path = new Uri($"/v2/models/{Uri.EscapeDataString(model)}/ready", UriKind.Relative);
            using var response = await http.GetAsync(path, limited.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private static JsonObject Request(ImmutableArray<ImmutableArray<double>> rows) => new()
    {
        ["inputs"] = new JsonArray(new JsonObject
        {
            ["name"] = "INPUT",
            ["datatype"] = "FP64",
            ["shape"] = new JsonArray(rows.Length, rows[0].Length),
            ["data"] = new JsonArray([.. rows.SelectMany(row => row).Select(value => (JsonNode)value)]),
        }),
    };

    private static TritonAnswer Read(JsonNode? body, int rows)
    {
        if (body?["outputs"]?[0]?["data"] is not JsonArray { Count: > 0 } data || data.Count % rows != 0)
        {
            return new TritonAnswer.Unavailable("triton's answer has no outputs");
        }

        return new TritonAnswer.Predicted(
            [.. data.Select(value => (double)value!).Chunk(data.Count / rows).Select(row => row.ToImmutableArray())]);
    }

    private static string Error(JsonNode? body) => (string?)body?["error"] ?? "triton gave no reason";
}
