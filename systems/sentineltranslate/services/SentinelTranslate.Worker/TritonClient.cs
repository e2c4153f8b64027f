using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SentinelTranslate.Queue.Jobs;

namespace SentinelTranslate.Worker;

/// <summary>Asks the inference server for one translation.</summary>
internal sealed class TritonClient(HttpClient http)
{
    /// <returns>The result to store; a failure says what the server said.</returns>
    /// <exception cref="HttpRequestException">The server could not be reached, or failed itself.</exception>
    public async Task<JobResult> TranslateAsync(
        string text, string sourceLanguage, string targetLanguage, CancellationToken cancellationToken)
    {
        var model = $"opus-mt-{sourceLanguage}-{targetLanguage}";
        var path = new Uri($"/v2/models/{Uri.EscapeDataString(model)}/infer", UriKind.Relative);
        using var content = new StringContent(Request(text), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(path, content, cancellationToken);
        if (response.StatusCode >= HttpStatusCode.InternalServerError)
        {
            response.EnsureSuccessStatusCode();
        }

        var body = Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return response.IsSuccessStatusCode && body?["outputs"]?[0]?["data"]?[0]?.GetValue<string>() is { } translated
            ? JobResult.Success(translated)
            : JobResult.Failure(body?["error"]?.GetValue<string>() ?? $"Triton answered {(int)response.StatusCode}");
    }

    private static string Request(string text) => new JsonObject
    {
        ["inputs"] = new JsonArray(new JsonObject
        {
            ["name"] = "INPUT_TEXT",
            ["shape"] = new JsonArray(1),
            ["datatype"] = "BYTES",
            ["data"] = new JsonArray(text),
        }),
    }.ToJsonString();

    private static JsonNode? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
