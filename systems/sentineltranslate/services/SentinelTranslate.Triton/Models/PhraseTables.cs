using System.Reflection;
using Reference.Inference;

namespace SentinelTranslate.Triton.Models;

/// <summary>
/// The tables that are compiled into the program, by the names that OPUS-MT gives: <c>opus-mt-fr-en</c>.
/// </summary>
internal sealed class PhraseTables : IModelSource
{
    private const string Extension = ".tsv";
    private static readonly Assembly Program = Assembly.GetExecutingAssembly();

    public IReadOnlyList<string> Names() =>
    [
        .. Program.GetManifestResourceNames().Where(name => name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name[..^Extension.Length]).Order(StringComparer.Ordinal),
    ];

    public IInferenceModel Load(string name)
    {
        using var stream = Program.GetManifestResourceStream(name + Extension)
            ?? throw new InferenceException("no such model in the repository");
        using var reader = new StreamReader(stream);
        return new TranslationModel(new PhraseModel(reader.ReadToEnd()));
    }
}
