using System.Text.Json;
using Reference.Inference;

namespace Nimify.Triton;

/// <summary>A model repository laid out as Triton's: <c>NAME/config.pbtxt</c> and <c>NAME/1/model.json</c>.</summary>
internal sealed class ModelFolder(string folder) : IModelSource
{
    private const long BytesMax = 16 * 1024 * 1024;

    public IReadOnlyList<string> Names() => Directory.Exists(folder)
        ? [.. Directory.EnumerateDirectories(folder).Where(model => File.Exists(Path.Combine(model, "config.pbtxt")))
            .Select(model => Path.GetFileName(model)).Order(StringComparer.Ordinal)]
        : [];

    public IInferenceModel Load(string name)
    {
        // A name comes from a URL: it must not lead out of the repository.
        var file = Path.Combine(folder, Path.GetFileName(name), "1", "model.json");
        try
        {
            return !File.Exists(file)
                ? throw new InferenceException($"unable to find '{name}/1/model.json' in the model repository")
                : new FileInfo(file).Length > BytesMax
                    ? throw new InferenceException($"'{name}/1/model.json' is larger than {BytesMax} bytes")
                    : new DenseNetwork(DenseLayer.ReadAll(File.ReadAllText(file)));
        }
        catch (Exception failure) when (failure is JsonException or FormatException or IOException)
        {
            throw new InferenceException($"'{name}/1/model.json' is damaged: {failure.Message}");
        }
    }
}
