using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>
/// Judges SQL by the words of its statements and the functions that they call. Data: <c>sql.yaml</c>.
/// </summary>
internal sealed class SqlReader
{
    private readonly FrozenDictionary<string, Raise> _statements;
    private readonly FrozenDictionary<string, Raise> _inside;
    private readonly FrozenDictionary<string, Raise> _functions;
    private readonly FrozenDictionary<string, Raise> _commands;
    private readonly FrozenDictionary<string, FrozenDictionary<string, Raise>> _within;
    private readonly FrozenSet<string> _explained;
    private readonly FrozenSet<string> _pure;
    private readonly ImmutableArray<string> _purePrefixes;

    public SqlReader()
    {
        var data = DataFile.Read("Effects/Data/sql.yaml");
        _statements = Raises(data.Map("statements")!);
        _inside = Raises(data.Map("inside")!);
        _functions = Raises(data.Map("functions")!);
        _commands = Raises(data.Map("commands")!);
        var within = data.Map("within")!;
        _within = within.Keys.ToFrozenDictionary(key => key, key => Raises(within.Map(key)!), StringComparer.Ordinal);
        _explained = data.Texts("explained").ToFrozenSet(StringComparer.Ordinal);
        _pure = data.Texts("pure").ToFrozenSet(StringComparer.Ordinal);
        _purePrefixes = data.Texts("purePrefixes");
    }

    /// <summary>Adds what the statements do.</summary>
    public void Read(string sql, Judgement judgement)
    {
        foreach (var tokens in SqlScanner.Statements(sql))
        {
            if (tokens[0].StartsWith('\\'))
            {
                Command(tokens[0], judgement);
            }
            else
            {
                Statement(tokens, judgement);
            }
        }
    }

    private static FrozenDictionary<string, Raise> Raises(DataMap map) => map.Keys
        .SelectMany(
            key => key.Split('|').Select(name => KeyValuePair.Create(name, RaiseReader.Read(map.Map(key)!)!)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private void Command(string line, Judgement judgement)
    {
        var name = line.Split(' ', 2)[0];
        if (_commands.TryGetValue(name, out var raise) || _commands.TryGetValue(name.TrimEnd('+', 'S'), out raise))
        {
            judgement.Add(raise with { Why = raise.Why.Length > 0 ? raise.Why : $"psql's {name} only shows." });
        }
        else
        {
            judgement.Add(Effect.Unknown, Marks.None, $"What psql's {name} does is not known.");
        }
    }

    private void Statement(ImmutableArray<string> tokens, Judgement judgement)
    {
        var start = tokens.TakeWhile(token => token == "(").Count();
        var first = start < tokens.Length ? tokens[start] : "";
        var two = start + 1 < tokens.Length ? $"{first} {tokens[start + 1]}" : first;
        if (!_statements.TryGetValue(two, out var raise) && !_statements.TryGetValue(first, out raise))
        {
            judgement.Add(Effect.Unknown, Marks.None, "What the SQL does cannot be told.");
            return;
        }

        judgement.Add(raise with { Why = raise.Why.Length > 0 ? raise.Why : $"SQL {first} {Words(raise.Effect)}." });
        if (first == "COPY")
        {
            Copy(tokens, judgement);
        }

        Within(first, tokens, judgement);
        for (var i = 1; i < tokens.Length; i++)
        {
            var pair = $"{tokens[i - 1]} {tokens[i]}";
            if (_inside.TryGetValue(pair, out var found) || _inside.TryGetValue(tokens[i], out found))
            {
                judgement.Add(found with { Why = found.Why.Length > 0 ? found.Why : $"The SQL has {tokens[i]}." });
            }
        }

        for (var i = 0; i + 1 < tokens.Length; i++)
        {
            if (tokens[i + 1] == "(" && (char.IsLetter(tokens[i][0]) || tokens[i][0] == '_'))
            {
                Function(tokens[i], judgement);
            }
        }
    }

    /// <summary>Words that act in this statement alone, and a plan that is run although nobody knows of what.</summary>
    private void Within(string first, ImmutableArray<string> tokens, Judgement judgement)
    {
        if (_within.TryGetValue(first, out var words))
        {
            // @@GLOBAL.read_only is one word with a dot.
            var found = tokens.Skip(1).Select(token => words.GetValueOrDefault(token.Split('.')[0]));
            foreach (var raise in found.OfType<Raise>())
            {
                judgement.Add(raise);
            }
        }

        if (first == "EXPLAIN" && tokens.Contains("ANALYZE") && !tokens.Any(_explained.Contains))
        {
            judgement.Add(Effect.Unknown, Marks.None, "EXPLAIN ANALYZE runs what nobody has written yet.");
        }
    }

    /// <summary><c>COPY … TO STDOUT</c> reads; any other direction writes rows or a file of the server.</summary>
    private static void Copy(ImmutableArray<string> tokens, Judgement judgement)
    {
        var depth = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            depth += tokens[i] switch { "(" => 1, ")" => -1, _ => 0 };
            if (depth == 0 && tokens[i] == "TO" && i + 1 < tokens.Length && tokens[i + 1] == "STDOUT")
            {
                return;
            }
        }

        judgement.Add(Effect.Change, Marks.None, "COPY writes rows, or a file of the server.");
    }

    private void Function(string name, Judgement judgement)
    {
        var bare = name[(name.LastIndexOf('.') + 1)..];
        if (_functions.TryGetValue(bare, out var raise))
        {
            judgement.Add(raise);
        }
        else if (!_pure.Contains(bare)
            && !_purePrefixes.Any(prefix => bare.StartsWith(prefix, StringComparison.Ordinal)))
        {
            judgement.Add(Effect.Unknown, Marks.None, $"What the SQL function {name} does is not known.");
        }
    }

    private static string Words(Effect effect) => effect switch
    {
        Effect.Read => "only reads",
        Effect.Change => "changes data",
        Effect.Destroy => "loses data",
        _ => "may do anything",
    };
}
