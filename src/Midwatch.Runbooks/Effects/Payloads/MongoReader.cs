using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>
/// Judges a text for the MongoDB shell by the functions that it calls; one that the data does not know makes it
/// unknown. Data: <c>mongo.yaml</c>.
/// </summary>
internal sealed partial class MongoReader
{
    private readonly FrozenDictionary<string, Raise> _calls;
    private readonly FrozenSet<string> _pure;
    private readonly FrozenSet<string> _commands;

    public MongoReader()
    {
        var data = DataFile.Read("Effects/Data/mongo.yaml");
        var calls = data.Map("calls")!;
        _calls = calls.Keys
            .SelectMany(key =>
                key.Split('|').Select(name => KeyValuePair.Create(name, RaiseReader.Read(calls.Map(key)!)!)))
            .ToFrozenDictionary(StringComparer.Ordinal);
        _pure = data.Texts("pure").ToFrozenSet(StringComparer.Ordinal);
        _commands = data.Texts("commands").ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Adds what the text does.</summary>
    public void Read(string text, Judgement judgement)
    {
        var code = Strings().Replace(text, "\"\"");
        if (Hidden().IsMatch(code))
        {
            judgement.Add(Effect.Unknown, Marks.None, "Which function is called can be told only at run time.");
        }

        if (Writing().IsMatch(text))
        {
            judgement.Add(Effect.Change, Marks.None, "The pipeline writes into a collection.");
        }

        foreach (var name in Call().Matches(code).Select(match => match.Groups[1].Value))
        {
            Function(name, text, judgement);
        }
    }

    private void Function(string name, string text, Judgement judgement)
    {
        if (_calls.TryGetValue(name, out var raise))
        {
            judgement.Add(raise with { Why = $"'{name}' {Words(raise.Effect)}." });
        }
        else if (name is "runCommand" or "adminCommand")
        {
            if (Command().Matches(text).Any(match => !_commands.Contains(match.Groups[1].Value))
                || Command().Count(text) < Call().Matches(text).Count(match => match.Groups[1].Value == name))
            {
                judgement.Add(Effect.Unknown, Marks.None, "What the command does is not known.");
            }
        }
        else if (!_pure.Contains(name))
        {
            judgement.Add(Effect.Unknown, Marks.None, $"What the function '{name}' does is not known.");
        }
    }

    private static string Words(Effect effect) => effect == Effect.Destroy ? "loses data" : "changes data";

    [GeneratedRegex("\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])*'")]
    private static partial Regex Strings();

    [GeneratedRegex(@"([A-Za-z_$][A-Za-z0-9_$]*)\s*\(")]
    private static partial Regex Call();

    /// <summary>A call by an expression, code of its own, an assignment to a method, or a text as code.</summary>
    [GeneratedRegex(@"[\])]\s*\(|\bfunction\b|`|\beval\b|\brequire\b|\bimport\b|\bnew\s+Function|\\u|\.\w+\s*=[^=]")]
    private static partial Regex Hidden();

    [GeneratedRegex(@"\$(out|merge|function|accumulator|where)\b")]
    private static partial Regex Writing();

    [GeneratedRegex("(?:runCommand|adminCommand)\\s*\\(\\s*\\{?\\s*[\"']?([A-Za-z]+)")]
    private static partial Regex Command();
}
