using System.Collections.Immutable;
using System.Reflection;

namespace SentinelTranslate.Triton.Models;

/// <summary>The models that this server has, by the names that OPUS-MT gives them: <c>opus-mt-fr-en</c>.</summary>
internal sealed class ModelRepository
{
    private const string Extension = ".tsv";
    private readonly ImmutableSortedDictionary<string, PhraseModel> _models;

    private ModelRepository(ImmutableSortedDictionary<string, PhraseModel> models) => _models = models;

    /// <summary>Gets the models' names, sorted.</summary>
    public IEnumerable<string> Names => _models.Keys;

    /// <summary>Loads all tables that are compiled into the program.</summary>
    public static ModelRepository Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return new ModelRepository(assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .ToImmutableSortedDictionary(
                name => name[..^Extension.Length],
                name => new PhraseModel(Read(assembly, name)),
                StringComparer.Ordinal));
    }

    /// <summary>Finds a model; null when there is none of that name.</summary>
    public PhraseModel? Find(string name) => _models.GetValueOrDefault(name);

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
