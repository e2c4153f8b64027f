using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Objects.Selection;

/// <summary>
/// Parses the text of a label selector, as "app in (a, b),tier!=x,!old", with the API server's error texts.
/// </summary>
internal sealed class LabelSelectorParser
{
    private readonly ImmutableArray<string> _tokens;
    private int _next;

    private LabelSelectorParser(ImmutableArray<string> tokens) => _tokens = tokens;

    /// <summary>The selector, or null and a sentence that says what is wrong.</summary>
    public static LabelSelector? Parse(string text, out string error)
    {
        var parser = new LabelSelectorParser(Tokenize(text));
        try
        {
            error = "";
            return parser.ParseAll();
        }
        catch (FormatException wrong)
        {
            error = $"unable to parse requirement: {wrong.Message}";
            return null;
        }
    }

    private string Peek => _next < _tokens.Length ? _tokens[_next] : "";

    private string Take() => _next < _tokens.Length ? _tokens[_next++] : "";

    private LabelSelector ParseAll()
    {
        var all = ImmutableArray.CreateBuilder<LabelRequirement>();
        while (Peek.Length > 0)
        {
            all.Add(ParseRequirement());
            if (Peek.Length == 0)
            {
                break;
            }

            if (Take() is not "," and var other)
            {
                throw new FormatException($"found '{other}', expected: ',' or 'end of string'");
            }

            if (Peek.Length == 0)
            {
                throw new FormatException("found '', expected: identifier after ','");
            }
        }

        return new LabelSelector(all.ToImmutable());
    }

    private LabelRequirement ParseRequirement()
    {
        var negated = Peek == "!";
        if (negated)
        {
            _ = Take();
        }

        var key = Take();
        if (!IsIdentifier(key))
        {
            throw new FormatException($"found '{key}', expected: identifier");
        }

        if (negated || Peek is "" or ",")
        {
            return new LabelRequirement(key, negated ? LabelOperator.DoesNotExist : LabelOperator.Exists, []);
        }

        return Take() switch
        {
            "in" => new LabelRequirement(key, LabelOperator.In, ParseSet(), IsSingle: false),
            "notin" => new LabelRequirement(key, LabelOperator.NotIn, ParseSet(), IsSingle: false),
            "=" or "==" => new LabelRequirement(key, LabelOperator.In, [ParseValue()]),
            "!=" => new LabelRequirement(key, LabelOperator.NotIn, [ParseValue()]),
            ">" => new LabelRequirement(key, LabelOperator.GreaterThan, [ParseValue()]),
            "<" => new LabelRequirement(key, LabelOperator.LessThan, [ParseValue()]),
            var other => throw new FormatException(
                $"found '{other}', expected: in, notin, =, ==, !=, gt, lt"),
        };
    }

    // An empty value is allowed: "app=" asks for a label that is there and empty.
    private string ParseValue() => IsIdentifier(Peek) ? Take() : "";

    private ImmutableArray<string> ParseSet()
    {
        if (Take() is not "(" and var open)
        {
            throw new FormatException($"found '{open}' expected: '('");
        }

        var values = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            values.Add(ParseValue());
            switch (Take())
            {
                case ",":
                    continue;
                case ")":
                    return values.ToImmutable();
                case var other:
                    throw new FormatException($"found '{other}', expected: ',' or ')'");
            }
        }
    }

    private static bool IsIdentifier(string token) =>
        token.Length > 0 && !"(),!=<>".Contains(token[0], StringComparison.Ordinal);

    private static ImmutableArray<string> Tokenize(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<string>();
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            if ("(),".Contains(text[at], StringComparison.Ordinal))
            {
                at++;
            }
            else if ("!=<>".Contains(text[at], StringComparison.Ordinal))
            {
                at += text[at] is '!' or '=' && at + 1 < text.Length && text[at + 1] == '=' ? 2 : 1;
            }
            else
            {
                while (at < text.Length && !char.IsWhiteSpace(text[at])
                    && !"(),!=<>".Contains(text[at], StringComparison.Ordinal))
                {
                    at++;
                }
            }

            tokens.Add(text[start..at]);
        }

        return tokens.ToImmutable();
    }
}
