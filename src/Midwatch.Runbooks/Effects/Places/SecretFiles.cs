using System.Collections.Immutable;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Effects.Places;

/// <summary>Knows by its name which file holds secrets. Data: <c>secret-files.yaml</c>.</summary>
internal sealed class SecretFiles
{
    private readonly ImmutableArray<WordPattern> _patterns =
        [.. DataFile.Read("Effects/Data/secret-files.yaml").Texts("secretPaths").Select(text => new WordPattern(text))];

    /// <summary>Whether a word names such a file.</summary>
    public bool Has(CallWord word) => word.Text.Length > 1 && _patterns.Any(pattern => pattern.IsMatch(word.Text));
}
