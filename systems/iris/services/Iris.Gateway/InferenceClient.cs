using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Iris.Gateway;

/// <summary>Asks the inference service.</summary>
/// <param name="http">Its base address is the service's.</param>
internal sealed class InferenceClient(HttpClient http)
{
    /// <summary>Asks whether it is ready.</summary>
    public Task<InferenceAnswer> ReadyAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, "/health/ready", body: null, cancellationToken);

    /// <summary>Asks for a prediction.</summary>
    public Task<InferenceAnswer> PredictAsync(string body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "/predict", body, cancellationToken);

    private async Task<InferenceAnswer> SendAsync(
        HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return JsonNode.Parse(text) is JsonObject said
                ? new InferenceAnswer.Said((int)response.StatusCode, said)
                : new InferenceAnswer.Silent("its answer is no JSON object");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException)
        {
            return new InferenceAnswer.Silent(failure.InnerException?.Message ?? failure.Message);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new InferenceAnswer.Silent($"no answer within {http.Timeout.TotalMilliseconds} ms");
        }
    }
}
