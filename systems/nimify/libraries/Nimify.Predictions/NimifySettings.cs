namespace Nimify.Predictions;

/// <summary>What the ConfigMap <c>nimify-config</c> and the pod tell API and worker.</summary>
/// <param name="ModelName">The model that predictions are asked of.</param>
/// <param name="Triton">The inference server.</param>
/// <param name="Database">As <c>postgresql://user:password@host:5432/database</c>.</param>
/// <param name="InferenceLimit">How long one inference may take.</param>
/// <param name="CacheDirectory">Where answers are kept; null for none.</param>
public sealed record NimifySettings(
    string ModelName, Uri Triton, string Database, TimeSpan InferenceLimit, string? CacheDirectory)
{
    /// <exception cref="FormatException">Something is missing or no such value; the message names it.</exception>
    public static NimifySettings Read(Func<string, string?> variable)
    {
        var triton = Need(variable, "TRITON_URL");
        if (!Uri.TryCreate(triton, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new FormatException($"TRITON_URL: '{triton}' is no address such as http://triton-server:8000.");
        }

        var limit = variable("INFERENCE_TIMEOUT_MS") ?? "5000";
        if (!int.TryParse(limit, out var milliseconds) || milliseconds is < 1 or > 600_000)
        {
            throw new FormatException($"INFERENCE_TIMEOUT_MS: '{limit}' is no number of milliseconds, 1 to 600000.");
        }

        var cache = variable("CACHE_DIRECTORY");
        return new NimifySettings(
            Need(variable, "MODEL_NAME"),
            address,
            Need(variable, "DATABASE_URL"),
            TimeSpan.FromMilliseconds(milliseconds),
            string.IsNullOrEmpty(cache) ? null : variable("MIDWATCH_ROOT") + cache);
    }

    private static string Need(Func<string, string?> variable, string name) =>
        variable(name) is { Length: > 0 } value ? value : throw new FormatException($"{name} is not set.");
}
