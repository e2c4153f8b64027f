using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Midwatch.LocalCluster.Objects.Cron;

namespace Midwatch.LocalCluster.Objects.Custom.Cel;

/// <summary>The functions of the expression language, with those that Kubernetes adds.</summary>
internal static class CelFunctions
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    /// <summary>Everything that can be called; what is not here is refused when a rule is written.</summary>
    public static readonly FrozenSet<string> Names = new[]
    {
        "size", "contains", "startsWith", "endsWith", "matches", "lowerAscii", "upperAscii", "trim", "replace", "split",
        "join", "substring", "indexOf", "lastIndexOf", "charAt", "find", "findAll", "int", "uint", "double", "string",
        "bool", "type", "dyn", "duration", "timestamp", "isSorted", "sum", "min", "max", "getSeconds", "getFullYear",
        "has", "format",
    }.ToFrozenSet();

    /// <param name="values">The receiver, if there is one, and the arguments.</param>
    public static object? Call(string function, List<object?> values) => values switch
    {
        [string text, ..] when OnText(function, text, values) is { } found => found,
        [List<object?> list, ..] when OnList(function, list, values) is { } found => found,
        [JsonObject map] when function == "size" => (long)map.Count,
        [TimeSpan span] when function == "getSeconds" => (long)span.TotalSeconds,
        [DateTimeOffset time] when function == "getFullYear" => (long)time.Year,
        [var value] => Convert(function, value),
        _ => CelError.NoOverload(),
    };

    private static object? OnText(string function, string text, List<object?> values) => (function, values) switch
    {
        ("size", _) => (long)text.EnumerateRunes().Count(),
        ("contains", [_, string part]) => text.Contains(part, StringComparison.Ordinal),
        ("startsWith", [_, string part]) => text.StartsWith(part, StringComparison.Ordinal),
        ("endsWith", [_, string part]) => text.EndsWith(part, StringComparison.Ordinal),
        ("matches", [_, string pattern]) => Searching(pattern, one => one.IsMatch(text)),
        ("find", [_, string pattern]) => Searching(pattern, one => one.Match(text).Value),
        ("findAll", [_, string pattern, ..]) => Searching(
            pattern, one => one.Matches(text).Select(found => (object?)found.Value).ToList()),
        ("lowerAscii", _) => Ascii(text, char.ToLowerInvariant),
        ("upperAscii", _) => Ascii(text, char.ToUpperInvariant),
        ("trim", _) => text.Trim(),
        ("replace", [_, string old, string fresh]) => old.Length == 0 ? text
            : text.Replace(old, fresh, StringComparison.Ordinal),
        ("split", [_, string separator, ..]) => text.Split(separator).Select(one => (object?)one).ToList(),
        ("indexOf", [_, string part]) => (long)text.IndexOf(part, StringComparison.Ordinal),
        ("lastIndexOf", [_, string part]) => (long)text.LastIndexOf(part, StringComparison.Ordinal),
        ("charAt", [_, long at]) => at == text.Length ? "" : (object?)Part(text, at, at + 1) ?? OutOfRange(at),
        ("substring", [_, long from]) => (object?)Part(text, from, text.Length) ?? OutOfRange(from),
        ("substring", [_, long from, long to]) => (object?)Part(text, from, to) ?? OutOfRange(from),
        _ => null,
    };

    private static string Ascii(string text, Func<char, char> change) =>
        string.Concat(text.Select(sign => char.IsAscii(sign) ? change(sign) : sign));

    private static string? Part(string text, long from, long to) =>
        from >= 0 && from <= to && to <= text.Length ? text[(int)from..(int)to] : null;

    private static CelError OutOfRange(long at) =>
        new($"index out of range: {at.ToString(CultureInfo.InvariantCulture)}");

    private static object? Searching(string pattern, Func<Regex, object?> search)
    {
        try
        {
            return search(new Regex(pattern, RegexOptions.CultureInvariant, PatternLimit));
        }
        catch (ArgumentException wrong)
        {
            return new CelError(wrong.Message);
        }
        catch (RegexMatchTimeoutException)
        {
            return new CelError("the pattern took too long");
        }
    }

    private static object? OnList(string function, List<object?> list, List<object?> values) =>
        (function, values) switch
    {
        ("size", _) => (long)list.Count,
        ("join", [_]) => string.Concat(list.Select(CelValues.ToText)),
        ("join", [_, string separator]) => string.Join(separator, list.Select(CelValues.ToText)),
        ("isSorted", _) => list.Zip(list.Skip(1)).All(pair => CelValues.Compare(pair.First, pair.Second) <= 0),
        ("sum", _) => list.TrueForAll(one => one is long) ? list.Sum(one => (long)one!) : list.Sum(CelValues.Number),
        ("min" or "max", _) when list.Count == 0 => new CelError($"{function} called on empty list"),
        ("min", _) => list.Aggregate((one, other) => CelValues.Compare(one, other) <= 0 ? one : other),
        ("max", _) => list.Aggregate((one, other) => CelValues.Compare(one, other) >= 0 ? one : other),
        ("indexOf", [_, var item]) => (long)list.FindIndex(one => CelValues.Same(one, item)),
        ("lastIndexOf", [_, var item]) => (long)list.FindLastIndex(one => CelValues.Same(one, item)),
        _ => null,
    };

    private static object? Convert(string function, object? value) => (function, value) switch
    {
        ("dyn", _) => value,
        ("type", _) => CelValues.TypeName(value),
        ("string", _) => CelValues.ToText(value),
        ("bool", bool or "true" or "false") => value is true or "true",
        ("int" or "uint", long) => value,
        ("int" or "uint", double real) => (long)Math.Truncate(real),
        ("int" or "uint", string text) when long.TryParse(text, CultureInfo.InvariantCulture, out var whole) => whole,
        ("int", DateTimeOffset time) => time.ToUnixTimeSeconds(),
        ("double", long or double) => CelValues.Number(value),
        ("double", string text) when double.TryParse(text, CultureInfo.InvariantCulture, out var real) => real,
        ("duration", string text) => GoDuration.Parse(text) is { } span ? span
            : new CelError($"invalid duration: {text}"),
        ("timestamp", string text) when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        ("timestamp", string text) => new CelError($"invalid timestamp: {text}"),
        _ => CelError.NoOverload(),
    };
}
