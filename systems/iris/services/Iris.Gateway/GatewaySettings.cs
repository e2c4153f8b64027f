using System.Globalization;

namespace Iris.Gateway;

/// <summary>What the pod tells its container.</summary>
/// <param name="Inference">Where predictions are made.</param>
/// <param name="InferenceLimit">How long an answer may take.</param>
/// <param name="ApiKeyFile">Holds the key that clients must show; null when anybody may ask.</param>
internal sealed record GatewaySettings(Uri Inference, TimeSpan InferenceLimit, string? ApiKeyFile)
{
    private const string DefaultLimit = "2000";

    /// <summary>Reads the settings; a strict release (<c>SETTINGS_STRICT</c>) has no defaults.</summary>
    /// <exception cref="FormatException">Something is missing or wrong; the message names it.</exception>
    public static GatewaySettings Read(Func<string, string?> variable)
    {
        var strict = variable("SETTINGS_STRICT") == "true";
        var address = Need("INFERENCE_SERVICE_URL", fallback: null);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var inference) || inference.Scheme is not ("http" or "https"))
        {
            throw new FormatException(
                $"INFERENCE_SERVICE_URL '{address}' is no address such as http://inference-service:5000");
        }

        var limit = Need("INFERENCE_TIMEOUT_MS", strict ? null : DefaultLimit);
        return int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? new GatewaySettings(inference, TimeSpan.FromMilliseconds(milliseconds),
                variable("API_KEY_FILE") is { Length: > 0 } file ? variable("MIDWATCH_ROOT") + file : null)
            : throw new FormatException($"INFERENCE_TIMEOUT_MS '{limit}' is no number of milliseconds");

        string Need(string name, string? fallback) => variable(name) is { Length: > 0 } value
            ? value : fallback ?? throw new FormatException($"{name} is not set");
    }
}
