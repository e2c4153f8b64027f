using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.Execution.Redaction;

/// <summary>The credentials inside a pull secret, which is one value with secrets in it.</summary>
internal static class DockerConfig
{
    private static readonly string[] SecretFields = ["password", "auth", "identitytoken", "registrytoken"];

    /// <summary>Finds them; nothing when the value is no such document.</summary>
    public static IEnumerable<(string Name, string Value)> Secrets(string value)
    {
        if (!value.TrimStart().StartsWith('{') || Parse(value) is not { } auths)
        {
            yield break;
        }

        foreach (var (_, entry) in auths)
        {
            foreach (var field in SecretFields)
            {
                if (entry is JsonObject registry && registry[field] is JsonValue found
                    && found.TryGetValue<string>(out var text))
                {
                    yield return (field, text);
                }
            }
        }
    }

    private static JsonObject? Parse(string value)
    {
        try
        {
            return JsonNode.Parse(value)?["auths"] as JsonObject;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
