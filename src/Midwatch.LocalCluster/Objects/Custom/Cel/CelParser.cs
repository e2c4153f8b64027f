using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Objects.Custom.Cel;

/// <summary>Reads expressions of the Common Expression Language, as they stand in x-kubernetes-validations.</summary>
internal sealed class CelParser
{
    private const int DepthMost = 200;

    // From the loosest to the tightest.
    private static readonly string[][] Levels =
        [["||"], ["&&"], ["<", "<=", ">=", ">", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"]];

    private static readonly string[] Macros = ["all", "exists", "exists_one", "map", "filter"];

    private readonly ImmutableArray<CelToken> _tokens;
    private int _at;
    private int _depth;
    private string? _error;

    private CelParser(string text) => _tokens = new CelLexer(text).Read();

    /// <summary>The expression; null and what is wrong when it cannot be read.</summary>
    public static CelNode? Parse(string text, out string error)
    {
        var parser = new CelParser(text);
        var node = parser.Expression();
        if (parser._error is null && parser.Here.Kind != 'e')
        {
            parser.Fail();
        }

        error = parser._error ?? "";
        return parser._error is null ? node : null;
    }

    private CelToken Here => _tokens[Math.Min(_at, _tokens.Length - 1)];

    private bool Take(string sign)
    {
        if (Here.Kind is 's' or 'n' && Here.Text == sign)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void Need(string sign)
    {
        if (!Take(sign))
        {
            Fail();
        }
    }

    private CelNode.Literal Fail()
    {
        var shown = Here.Kind == 'e' ? "<EOF>" : Here.Text;
        _error ??= $"ERROR: <input>:1:{Here.At + 1}: Syntax error: mismatched input '{shown}'";
        _at = _tokens.Length - 1;
        return new CelNode.Literal(null);
    }

    private CelNode Expression()
    {
        if (++_depth > DepthMost)
        {
            return Fail();
        }

        var condition = Level(0);
        if (Take("?"))
        {
            var then = Level(0);
            Need(":");
            condition = new CelNode.Choice(condition, then, Expression());
        }

        _depth--;
        return condition;
    }

    private CelNode Level(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        var left = Level(level + 1);
        while (Here.Kind is 's' or 'n' && Levels[level].Contains(Here.Text))
        {
            var sign = Here.Text;
            _at++;
            left = new CelNode.Binary(sign, left, Level(level + 1));
        }

        return left;
    }

    private CelNode Unary()
    {
        if (Here is not { Kind: 's', Text: "!" or "-" })
        {
            return Member(Primary());
        }

        var sign = Here.Text;
        _at++;
        if (++_depth > DepthMost)
        {
            return Fail();
        }

        var of = Unary();
        _depth--;
        return of is CelNode.Literal { Value: long number } && sign == "-" ? new CelNode.Literal(-number)
            : new CelNode.Unary(sign, of);
    }

    private CelNode Member(CelNode of)
    {
        while (true)
        {
            if (Take("["))
            {
                var at = Expression();
                Need("]");
                of = new CelNode.Index(of, at);
            }
            else if (Take("."))
            {
                var name = Here;
                if (name.Kind != 'n')
                {
                    return Fail();
                }

                _at++;
                of = Take("(") ? Method(of, name.Text) : new CelNode.Field(of, Unescaped(name.Text));
            }
            else
            {
                return of;
            }
        }
    }

    private CelNode Method(CelNode of, string name)
    {
        var arguments = Arguments(")");
        if (!Macros.Contains(name))
        {
            return new CelNode.Call(name, of, arguments);
        }

        return arguments is [CelNode.Name variable, .. { Length: > 0 } bodies]
            ? new CelNode.Loop(name, of, variable.Text, bodies)
            : Fail();
    }

    private ImmutableArray<CelNode> Arguments(string closing)
    {
        var all = ImmutableArray.CreateBuilder<CelNode>();
        while (_error is null && !Take(closing))
        {
            all.Add(Expression());
            if (!Take(",") && Here.Text != closing)
            {
                _ = Fail();
            }
        }

        return all.ToImmutable();
    }

    private CelNode Primary()
    {
        var token = Here;
        switch (token.Kind)
        {
            case 'v':
                _at++;
                return new CelNode.Literal(token.Value);
            case 'n':
                _at++;
                return Take("(") ? new CelNode.Call(token.Text, null, Arguments(")"))
                    : new CelNode.Name(token.Text);
            case 's' when token.Text == "(":
                _at++;
                var inner = Expression();
                Need(")");
                return inner;
            case 's' when token.Text == "[":
                _at++;
                return new CelNode.List(Arguments("]"));
            case 's' when token.Text == "{":
                _at++;
                return Entries();
            default:
                return Fail();
        }
    }

    private CelNode.Map Entries()
    {
        var all = ImmutableArray.CreateBuilder<(CelNode, CelNode)>();
        while (_error is null && !Take("}"))
        {
            var key = Expression();
            Need(":");
            all.Add((key, Expression()));
            if (!Take(",") && Here.Text != "}")
            {
                _ = Fail();
            }
        }

        return new CelNode.Map(all.ToImmutable());
    }

    // Fields whose names are no names in the language are written with these words.
    private static string Unescaped(string name) => name
        .Replace("__dot__", ".", StringComparison.Ordinal)
        .Replace("__dash__", "-", StringComparison.Ordinal)
        .Replace("__slash__", "/", StringComparison.Ordinal)
        .Replace("__underscores__", "__", StringComparison.Ordinal) is var plain
        && plain.StartsWith("__", StringComparison.Ordinal) && plain.EndsWith("__", StringComparison.Ordinal)
        && plain.Length > 4 ? plain[2..^2] : plain;
}
