using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Midwatch.Execution.Data;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Execution.Redaction;

/// <summary>Knows which arguments of a program are secrets (data), and replaces them before a vector is kept.</summary>
internal sealed class SecretArguments
{
    private readonly FrozenSet<string> _options;
    private readonly FrozenDictionary<string, FrozenSet<string>> _short;
    private readonly Regex _variables;
    private readonly Regex _headers;

    public SecretArguments()
    {
        var data = DataFile.Read("secrets.yaml");
        _options = data.Texts("options").ToFrozenSet(StringComparer.Ordinal);
        _short = data.Entries("short").ToFrozenDictionary(
            entry => entry.Key,
            entry =>
                ((YamlSequenceNode)entry.Value).Select(item => item.ToString()).ToFrozenSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        _variables = Pattern(data, "variables");
        _headers = Pattern(data, "headers");
    }

    /// <summary>The secrets among the arguments, each with its name.</summary>
    public IEnumerable<(string Name, string Value)> In(ImmutableArray<string> argv) =>
        Places(argv).Select(place => (place.Name, argv[place.Index][place.Start..]));

    /// <summary>The vector with each secret replaced by its name.</summary>
    public ImmutableArray<string> Redact(ImmutableArray<string> argv) =>
        Replace(argv, (name, _) => Redactor.Mark(name));

    /// <summary>
    /// The vector with each secret replaced by its name and hash, so that another secret is another vector.
    /// </summary>
    public ImmutableArray<string> Seal(ImmutableArray<string> argv) =>
        Replace(argv, (name, value) => Redactor.Mark($"{name}:{Hash(value)}"));

    private ImmutableArray<string> Replace(ImmutableArray<string> argv, Func<string, string, string> mark)
    {
        var result = argv.ToBuilder();
        foreach (var (index, start, name) in Places(argv))
        {
            result[index] = argv[index][..start] + mark(name, argv[index][start..]);
        }

        return result.ToImmutable();
    }

    private IEnumerable<(int Index, int Start, string Name)> Places(ImmutableArray<string> argv)
    {
        var own = argv.Length > 0 ? _short.GetValueOrDefault(Path.GetFileName(argv[0])) : null;
        for (var index = 1; index < argv.Length; index++)
        {
            var word = argv[index];
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var option = equals < 0 ? word : word[..equals];
            var isSecret = _options.Contains(option) || own?.Contains(option) == true;
            if (isSecret && equals > 0)
            {
                yield return (index, Behind(word, equals + 1), option.TrimStart('-'));
            }
            else if (isSecret && index + 1 < argv.Length)
            {
                index++;
                yield return (index, Behind(argv[index], 0), option.TrimStart('-'));
            }
            else if (equals > 0 && word[0] != '-' && _variables.IsMatch(option))
            {
                yield return (index, equals + 1, option);
            }
            else if (_headers.Match(word) is { Success: true } header)
            {
                yield return (index, header.Length, header.Groups[1].Value.ToUpperInvariant());
            }
        }
    }

    // --from-literal=key=value: the key is no secret.
    private static int Behind(string word, int start)
    {
        var equals = word.IndexOf('=', start);
        return word.StartsWith("--from-literal", StringComparison.Ordinal) && equals > 0 ? equals + 1 : start;
    }

    private static Regex Pattern(YamlMappingNode data, string field) =>
        new(data.Text(field) ?? "$^", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static string Hash(string value) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))[..16];
}
