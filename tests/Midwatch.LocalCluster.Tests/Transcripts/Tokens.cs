using System.Text.RegularExpressions;

namespace Midwatch.LocalCluster.Tests.Transcripts;

/// <summary>
/// The tokens that stand for volatile parts of a recording, and what the numbered ones stand for in this replay.
/// </summary>
internal sealed partial class Tokens
{
    private const string Duration = @"(?:<unknown>|<invalid>|(?:\d+(?:\.\d+)?(?:ms|µs|[ywdhms]))+)";
    private const string Time =
        @"(?:\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)|\w{3}, \d\d \w{3} \d{4} [\d:]+ (?:[+-]\d{4}|GMT)|"
        + @"\d{4}-\d\d-\d\d [\d:.]+ [+-]\d{4}[ \w]*)";

    private static readonly Dictionary<string, string> Patterns = new(StringComparer.Ordinal)
    {
        ["age"] = Duration,
        ["time"] = Time,
        ["uid"] = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        ["rv"] = @"\d+",
        ["n"] = @"\d+",
        ["minutes"] = @"\d+",
        ["nodeport"] = @"\d{4,5}",
        ["port"] = @"\d+",
        ["ip"] = @"\d+(?:\.\d+){3}",
        ["cidr"] = @"\d+(?:\.\d+){3}/\d+",
        ["server"] = @"[\w.-]+:\d+",
        ["node"] = @"node-\d",
        ["zone"] = @"zone-\w",
        ["id64"] = "[0-9a-f]{40,64}",
        ["hash"] = "[0-9A-Fa-f]+",
        ["eventid"] = "[0-9a-f]+",
        ["continue"] = @"[\w=+/-]+",
        ["jwt"] = @"[\w-]+\.[\w-]+\.[\w-]+",
        ["pem"] = @"-----BEGIN [\s\S]+?-----END CERTIFICATE-----",
        ["klogtime"] = @"\d{4} [\d:.]+\s+\d+",
        ["host"] = @"[\w.-]+",
        ["home"] = @"[\w./-]+",
        ["tmp"] = @"[\w./-]+",
        ["pki"] = @"[\w./-]+",
        ["volatile"] = ".*",
    };

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>What a numbered token, as "hash1", stands for; null when that was not seen yet.</summary>
    public string? this[string token] => _known.GetValueOrDefault(token);

    /// <summary>Puts what is known into a command of the recording.</summary>
    public string Fill(string text) =>
        Any().Replace(text, found => _known.GetValueOrDefault(found.Groups[1].Value) ?? found.Value);

    /// <summary>What is known now, to come back to.</summary>
    public Dictionary<string, string> Snapshot() => new(_known, StringComparer.Ordinal);

    public void Restore(Dictionary<string, string> snapshot)
    {
        _known.Clear();
        foreach (var (token, value) in snapshot)
        {
            _known[token] = value;
        }
    }

    /// <summary>The numbered tokens of a kind, "id" or "hash", that a text has.</summary>
    public static IEnumerable<string> Numbered(string text, string kind) => Any().Matches(text)
        .Select(found => found.Groups[1].Value)
        .Where(name => name.Length > kind.Length && name.StartsWith(kind, StringComparison.Ordinal)
            && char.IsDigit(name[kind.Length]));

    public void Set(string token, string value) => _known[token] = value;

    public bool Forget(string token) => _known.Remove(token);

    /// <summary>
    /// True when a recorded text stands for the present one; then what its numbered tokens stand for is remembered.
    /// </summary>
    /// <param name="fresh">Gets the tokens that were bound by this.</param>
    public bool Match(string recorded, string present, List<string> fresh)
    {
        if (!recorded.Contains('<', StringComparison.Ordinal))
        {
            return recorded == present;
        }

        var found = Regex.Match(present, Pattern(recorded), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));
        if (!found.Success)
        {
            return false;
        }

        foreach (Group group in found.Groups)
        {
            if (group.Name.Length > 1 && char.IsLetter(group.Name[0]) && _known.TryAdd(group.Name, group.Value))
            {
                fresh.Add(group.Name);
            }
        }

        return true;
    }

    private string Pattern(string recorded)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pattern = new System.Text.StringBuilder(@"\A");
        var at = 0;
        foreach (Match token in Any().Matches(recorded))
        {
            _ = pattern.Append(Regex.Escape(recorded[at..token.Index]));
            at = token.Index + token.Length;
            var name = token.Groups[1].Value;
            _ = pattern.Append(One(name, seen) ?? Regex.Escape(token.Value));
        }

        return pattern.Append(Regex.Escape(recorded[at..])).Append(@"\z").ToString();
    }

    private string? One(string name, HashSet<string> seen)
    {
        if (Patterns.TryGetValue(name, out var pattern))
        {
            return pattern;
        }

        var numbered = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        if (numbered == name || numbered is not ("hash" or "id"))
        {
            return null;
        }

        return _known.TryGetValue(name, out var value) ? Regex.Escape(value)
            : !seen.Add(name) ? $@"\k<{name}>"
            : numbered == "hash" ? $"(?<{name}>[a-z0-9]{{5,10}})" : $"(?<{name}>[a-z0-9]{{5}})";
    }

    [GeneratedRegex("<([a-zA-Z]+[0-9]*)>")]
    private static partial Regex Any();
}
