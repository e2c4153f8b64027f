using System.Text.Json.Nodes;
using Iris.Model;

namespace Iris.Inference;

/// <summary>The model that this process serves as long as it lives, or why there is none.</summary>
internal sealed record ServedModel(
    SpeciesModel? Model, string Version, string Path, DateTimeOffset LoadedAt, string? Error)
{
    /// <summary>Reads the file. A model that cannot be read is told, and never ends the process.</summary>
    public static ServedModel Load(InferenceSettings settings, TimeProvider time)
    {
        SpeciesModel? model = null;
        string? error = null;
        try
        {
            model = SpeciesModel.Parse(File.ReadAllText(settings.ModelFile));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            error = $"Model file not found or not readable: {settings.ModelPath}";
        }
        catch (FormatException failure)
        {
            error = $"Model file corrupted: {settings.ModelPath}: {failure.Message}";
        }

        return new ServedModel(model, settings.ModelVersion, settings.ModelPath, time.GetUtcNow(), error);
    }

    /// <summary>What the health endpoints tell.</summary>
    public JsonObject ToJson() => new()
    {
        ["status"] = Model is null ? "not_ready" : "ready",
        ["ready"] = Model is not null,
        ["model_loaded"] = Model is not null,
        ["model_version"] = Version,
        ["model_path"] = Path,
        ["loaded_at"] = Model is null ? null : LoadedAt.UtcDateTime.ToString("O"),
        ["error"] = Error,
    };
}
