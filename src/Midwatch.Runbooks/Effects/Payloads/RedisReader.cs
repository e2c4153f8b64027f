using System.Collections.Frozen;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>Judges Redis commands, one a line. Data: <c>redis.yaml</c>.</summary>
internal sealed class RedisReader
{
    private readonly FrozenDictionary<string, Raise> _commands;

    public RedisReader()
    {
        var data = DataFile.Read("Effects/Data/redis.yaml").Map("commands")!;
        _commands = data.Keys
            .SelectMany(key =>
                key.Split('|').Select(name => KeyValuePair.Create(name, RaiseReader.Read(data.Map(key)!)!)))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Adds what the commands do.</summary>
    public void Read(string text, Judgement judgement)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            var pair = words.Length > 1 ? $"{words[0]} {words[1]}" : words[0];
            if (_commands.TryGetValue(pair, out var raise) || _commands.TryGetValue(words[0], out raise))
            {
                judgement.Subcommand ??= words[0].ToUpperInvariant();
                judgement.Add(raise with { Why = raise.Why.Length > 0 ? raise.Why : Sentence(words[0], raise.Effect) });
            }
            else
            {
                judgement.Add(Effect.Unknown, Marks.None, $"What Redis does on '{words[0]}' is not known.");
            }
        }
    }

    private static string Sentence(string name, Effect effect) => effect switch
    {
        Effect.Read => $"Redis only reads on {name}.",
        Effect.Change => $"Redis changes something on {name}.",
        Effect.Destroy => $"Redis loses something on {name}.",
        _ => $"What Redis does on {name} cannot be told.",
    };
}
