using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mlops.Model;

/// <summary>Speaks MLflow's REST API, as far as training and serving need it.</summary>
/// <param name="http">Its base address is the tracking server's.</param>
/// <remarks>Every method throws <see cref="HttpRequestException"/> when the server is away or refuses.</remarks>
public sealed class TrackingClient(HttpClient http)
{
    private const string Root = "/api/2.0/mlflow/";
    private const string Artifacts = "/api/2.0/mlflow-artifacts/artifacts/";

    /// <summary>Sends a call and reads the answer.</summary>
    public async Task<JsonNode?> CallAsync(string call, JsonObject body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(Root + call, UriKind.Relative), content, cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    /// <summary>Finds the version of a model that a stage serves.</summary>
    /// <returns>The version and where its artifact lies; null when the stage has none.</returns>
    public async Task<(string Version, string Source)?> LatestAsync(
        string model, string stage, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("registered-models/get-latest-versions",
            new JsonObject { ["name"] = model, ["stages"] = new JsonArray(stage) }, cancellationToken);
        return answer?["model_versions"] is JsonArray { Count: > 0 } versions
            ? (versions[0]!["version"]!.ToString(), versions[0]!["source"]!.ToString()) : null;
    }

    /// <summary>Stores an artifact.</summary>
    public async Task PutAsync(string path, string text, CancellationToken cancellationToken)
    {
        using var content = new StringContent(text, Encoding.UTF8);
        using var answer = await http.PutAsync(new Uri(Artifacts + path, UriKind.Relative), content, cancellationToken);
        _ = await ReadAsync(answer, cancellationToken);
    }

    /// <summary>Reads an artifact.</summary>
    public async Task<string> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri(Artifacts + path, UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"the tracking server answered {(int)answer.StatusCode}: {text}");
        }

        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException failure)
        {
            throw new HttpRequestException("the tracking server's answer is no JSON", failure);
        }
    }
}
