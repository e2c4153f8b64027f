namespace Iris.Inference;

/// <summary>What the pod tells its container.</summary>
/// <param name="ModelFile">Where the init container put the model.</param>
/// <param name="ModelPath">The same, as the container sees it.</param>
/// <param name="ModelVersion">What the ConfigMap says it is.</param>
internal sealed record InferenceSettings(string ModelFile, string ModelPath, string ModelVersion)
{
    /// <exception cref="FormatException">Something is missing; the message names it.</exception>
    public static InferenceSettings Read(Func<string, string?> variable)
    {
        var path = Need(variable, "MODEL_PATH");
        return new InferenceSettings(variable("MIDWATCH_ROOT") + path, path, Need(variable, "MODEL_VERSION"));
    }

    private static string Need(Func<string, string?> variable, string name) =>
        variable(name) is { Length: > 0 } value ? value : throw new FormatException($"{name} is not set.");
}
