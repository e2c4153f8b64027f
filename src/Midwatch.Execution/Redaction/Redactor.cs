using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Midwatch.Execution.Data;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Execution.Redaction;

/// <summary>
/// Replaces secrets by <c>«secret:NAME»</c> in whatever is stored or shown. Values are known by hash only: nothing
/// that is
/// kept here tells a secret to a reader of memory or of a dump.
/// </summary>
/// <remarks>Safe to use from many threads.</remarks>
public sealed class Redactor
{
    private readonly KnownSecrets _known = new();
    private readonly ImmutableArray<(string Name, Regex Pattern)> _patterns;
    private readonly Regex _publicKeys;

    /// <summary>Makes a redactor that knows secrets by their looks only, until it is told of values.</summary>
    public Redactor()
    {
        var data = DataFile.Read("secrets.yaml");
        _publicKeys = new Regex(data.Text("publicKeys") ?? "$^", RegexOptions.None, TimeSpan.FromSeconds(1));
        _patterns =
        [
            .. data.Entries("patterns").Select(entry => (
                entry.Key,
                new Regex(((YamlScalarNode)entry.Value).Value ?? "$^", RegexOptions.None, TimeSpan.FromSeconds(2)))),
        ];
    }

    /// <summary>Tells of a secret value; it is then known as it stands and in base64.</summary>
    /// <param name="name">What stands for it, such as <c>registry/password</c>; no secret itself.</param>
    /// <param name="value">The value. Very short ones are let pass: they would be found everywhere.</param>
    public void Learn(string name, string value)
    {
        foreach (var form in Forms(value))
        {
            _known.Add(name, form);
        }
    }

    /// <summary>
    /// Tells of an entry of a Secret's <c>data</c>, unless its key says that it is none (a host, a user name).
    /// </summary>
    /// <param name="secret">The Secret's name.</param>
    /// <param name="key">The entry's key.</param>
    /// <param name="value">The entry's value, decoded.</param>
    public void LearnEntry(string secret, string key, string value)
    {
        if (_publicKeys.IsMatch(key))
        {
            return;
        }

        Learn($"{secret}/{key}", value);
        foreach (var (name, inner) in DockerConfig.Secrets(value))
        {
            Learn($"{secret}/{name}", inner);
        }
    }

    /// <summary>Replaces every secret that is known by value or by looks.</summary>
    public string Redact(string text)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var redacted = _known.Replace(text);
        foreach (var (name, pattern) in _patterns)
        {
            redacted = pattern.Replace(redacted, Mark(name));
        }

        return redacted;
    }

    /// <summary>What stands in the place of a secret.</summary>
    internal static string Mark(string name) => $"«secret:{name}»";

    private static IEnumerable<string> Forms(string value)
    {
        var trimmed = value.TrimEnd('\n', '\r');
        yield return trimmed;

        // Both ways that people encode: with `echo` there is a line end inside, with `echo -n` there is none.
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(trimmed));
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(trimmed + "\n"));
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
    }
}
