using System.Text.Json;

namespace Midwatch.Kubernetes;

/// <summary>
/// Turns HTTP answers into values: the body within its limit, or the failure that the status and its Status object
/// tell.
/// </summary>
internal static class AnswerReader
{
    public static async Task<KubernetesAnswer<byte[]>> ReadAsync(
        HttpResponseMessage response, int bytesMax, bool cutAtLimit, CancellationToken cancellationToken)
    {
        var (body, whole) = await BodyAsync(response, bytesMax, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return Failure<byte[]>((int)response.StatusCode, body);
        }

        return whole || cutAtLimit
            ? new KubernetesAnswer<byte[]>.Done(body)
            : new KubernetesAnswer<byte[]>.Unreachable($"the answer is larger than {bytesMax} bytes");
    }

    public static KubernetesAnswer<JsonElement> Json(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return new KubernetesAnswer<JsonElement>.Done(document.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            return new KubernetesAnswer<JsonElement>.Unreachable(
                $"the server's answer is not JSON (is this a Kubernetes API server?): {exception.Message}");
        }
    }

    public static KubernetesAnswer<T> Failure<T>(int status, byte[] body)
    {
        var message = StatusMessage(body) ?? $"the server answered with status {status}";
        return status switch
        {
            401 or 403 => new KubernetesAnswer<T>.Denied(message),
            404 => new KubernetesAnswer<T>.NotFound(message),
            409 or 412 => new KubernetesAnswer<T>.Conflict(message),
            _ => new KubernetesAnswer<T>.Rejected(status, message),
        };
    }

    /// <summary>The message of a Kubernetes Status object; null when the body is something else.</summary>
    public static string? StatusMessage(byte[] body)
    {
        if (body.Length == 0 || body[0] != '{')
        {
            return null;
        }

        return Json(body) is KubernetesAnswer<JsonElement>.Done { Value: var json }
            && json.TryGetProperty("kind", out var kind) && kind.ValueEquals("Status")
            && json.TryGetProperty("apiVersion", out var version) && version.ValueEquals("v1")
                ? json.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String
                    ? message.GetString()
                    : "the server gave no reason"
                : null;
    }

    public static async Task<(byte[] Body, bool Whole)> BodyAsync(
        HttpResponseMessage response, int bytesMax, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (body.Length < bytesMax)
        {
            var room = (int)Math.Min(buffer.Length, bytesMax - body.Length);
            var read = await stream.ReadAsync(buffer.AsMemory(0, room), cancellationToken);
            if (read == 0)
            {
                return (body.ToArray(), true);
            }

            await body.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return (body.ToArray(), await stream.ReadAsync(buffer.AsMemory(0, 1), cancellationToken) == 0);
    }
}
