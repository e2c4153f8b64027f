using System.Diagnostics;
using System.Globalization;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>
/// Evaluates arithmetic over a text in which everything else is expanded already, in 64 bits that wrap around.
/// </summary>
internal sealed class ArithmeticEvaluator(ShellState state)
{
    private const int DepthMax = 64;

    private int _depth;

    /// <summary>Gets why the last evaluation has no value; null when it has one.</summary>
    public string? Error { get; private set; }

    public long Evaluate(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return 0;
        }

        // Variables that name others twice double the work at every step: depth alone does not bound it.
        state.Cancellation.ThrowIfCancellationRequested();
        if (++_depth > DepthMax)
        {
            return Fail($"{text}: expression recursion level exceeded");
        }

        var parser = new ParserState(text, ShellParserOptions.Bash, map: null);
        var expression = new Grammar(parser).Arithmetic.ParseOptional();
        var value = parser.Failed || !string.IsNullOrWhiteSpace(text[parser.Position..]) || expression is null
            ? Fail(FirstUnset(text, parser.Position) is { } name
                ? $"{name}: unbound variable"
                : $"{text}: syntax error in expression")
            : Evaluate(expression);
        _depth--;
        return value;
    }

    // bash evaluates as it reads: a variable that has no value is met before the mistake behind it, and the word that
    // is one too many is looked up before it is known to be that.
    private string? FirstUnset(string text, int mistake)
    {
        for (var i = 0; state.Options.NoUnset && i < text.Length && i <= mistake;)
        {
            var start = i;
            while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '#' or '@'))
            {
                i++;
            }

            var word = text[start..i];
            if (ShellCharacters.IsName(word) && state.Get(word) is null)
            {
                return word;
            }

            // Blanks before the mistake are no mistake.
            mistake += start == i && i == mistake && char.IsWhiteSpace(text[i]) ? 1 : 0;
            i += start == i ? 1 : 0;
        }

        return null;
    }

    private long Evaluate(ArithmeticExpression expression) => Error is not null ? 0 : expression switch
    {
        ArithmeticExpression.Operand operand => Read(operand),
        ArithmeticExpression.Parenthesized inner => Evaluate(inner.Inner),
        ArithmeticExpression.Conditional choice => Evaluate(choice.Condition) != 0 ? Evaluate(choice.Then)
            : Evaluate(choice.Otherwise),
        ArithmeticExpression.Unary unary => EvaluateUnary(unary),
        ArithmeticExpression.Infix infix => EvaluateInfix(infix),
        _ => throw new UnreachableException($"No such expression: {expression.GetType()}."),
    };

    private long EvaluateUnary(ArithmeticExpression.Unary unary)
    {
        if (unary.Operator is "++" or "--")
        {
            var old = Evaluate(unary.Inner);
            var changed = unchecked(unary.Operator == "++" ? old + 1 : old - 1);
            Write(unary.Inner, changed);
            return unary.Postfix ? old : changed;
        }

        var value = Evaluate(unary.Inner);
        return unary.Operator switch
        {
            "-" => unchecked(-value),
            "!" => value == 0 ? 1 : 0,
            "~" => ~value,
            _ => value,
        };
    }

    private long EvaluateInfix(ArithmeticExpression.Infix infix)
    {
        if (infix.Operator is ['=' ]
            || (infix.Operator.EndsWith('=') && infix.Operator is not ("==" or "!=" or "<=" or ">=")))
        {
            var right = Evaluate(infix.Right);
            var value = infix.Operator == "=" ? right : Apply(infix.Operator[..^1], Evaluate(infix.Left), right);
            return Write(infix.Left, value);
        }

        var left = Evaluate(infix.Left);
        return infix.Operator switch
        {
            "&&" => left != 0 && Evaluate(infix.Right) != 0 ? 1 : 0,
            "||" => left != 0 || Evaluate(infix.Right) != 0 ? 1 : 0,
            _ => Apply(infix.Operator, left, Evaluate(infix.Right)),
        };
    }

    private long Apply(string operation, long left, long right) => unchecked(operation switch
    {
        "," => right,
        "|" => left | right,
        "^" => left ^ right,
        "&" => left & right,
        "==" => left == right ? 1 : 0,
        "!=" => left != right ? 1 : 0,
        "<" => left < right ? 1 : 0,
        ">" => left > right ? 1 : 0,
        "<=" => left <= right ? 1 : 0,
        ">=" => left >= right ? 1 : 0,
        "<<" => left << (int)(right & 63),
        ">>" => left >> (int)(right & 63),
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" or "%" when right == 0 => Fail("division by 0"),
        "/" => right == -1 ? -left : left / right,
        "%" => right == -1 ? 0 : left % right,
        "**" => Power(left, right),
        _ => throw new UnreachableException($"No such operator: {operation}."),
    });

    private long Power(long value, long exponent)
    {
        if (exponent < 0)
        {
            return Fail("exponent less than 0");
        }

        var result = 1L;
        for (; exponent > 0; exponent >>= 1)
        {
            unchecked
            {
                result = (exponent & 1) == 1 ? result * value : result;
                value *= value;
            }
        }

        return result;
    }

    private long Read(ArithmeticExpression.Operand operand)
    {
        var text = operand.Word.StaticText ?? string.Empty;
        if (text.Length == 0 || char.IsAsciiDigit(text[0]))
        {
            return Number(text);
        }

        if (!TryTarget(text, out var name, out var subscript))
        {
            return Fail($"{text}: syntax error: operand expected");
        }

        var value = subscript is null ? state.Get(name) : Element(name, subscript);
        if (value is null && state.Options.NoUnset)
        {
            return Fail($"{text}: unbound variable");
        }

        return Evaluate(value ?? string.Empty);
    }

    private string? Element(string name, string subscript)
    {
        var variable = state.Find(name);
        if (variable?.Keyed is { } keyed)
        {
            return keyed.GetValueOrDefault(subscript);
        }

        return ShellArrays.Counted(variable, Evaluate(subscript)) is { } index
            ? ShellArrays.Of(variable).GetValueOrDefault(index)
            : null;
    }

    private long Write(ArithmeticExpression target, long value)
    {
        var text = (target as ArithmeticExpression.Operand)?.Word.StaticText ?? string.Empty;
        if (!TryTarget(text, out var name, out var subscript))
        {
            return Fail($"{text}: attempted assignment to non-variable");
        }

        var shown = value.ToString(CultureInfo.InvariantCulture);
        var old = state.Variables.GetValueOrDefault(state.Resolve(name)) ?? new ShellVariable();
        if (old.ReadOnly)
        {
            return Fail($"{name}: readonly variable");
        }

        if (subscript is null)
        {
            state.Put(name, old.WithScalar(shown) with { Foreign = false });
        }
        else if (old.Keyed is { } keyed)
        {
            state.Put(name, old with { Keyed = keyed.SetItem(subscript, shown) });
        }
        else if (ShellArrays.Counted(old, Evaluate(subscript)) is { } index)
        {
            state.Put(name, ShellArrays.With(old, index, shown));
        }
        else
        {
            return Fail($"{text}: bad array subscript");
        }

        return value;
    }

    private static bool TryTarget(string text, out string name, out string? subscript)
    {
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        name = bracket < 0 ? text : text[..bracket];
        subscript = bracket < 0 || !text.EndsWith(']') ? null : text[(bracket + 1)..^1];
        return ShellCharacters.IsName(name) && (bracket < 0 || subscript is not null);
    }

    private long Number(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        var hash = text.IndexOf('#', StringComparison.Ordinal);
        if (hash > 0)
        {
            return int.TryParse(text.AsSpan(0, hash), NumberStyles.None, CultureInfo.InvariantCulture, out var radix)
                && radix is >= 2 and <= 64
                ? Digits(text, hash + 1, radix)
                : Fail($"{text}: invalid arithmetic base");
        }

        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? Digits(text, 2, 16)
            : text.Length > 1 && text[0] == '0' ? Digits(text, 1, 8)
            : Digits(text, 0, 10);
    }

    private long Digits(string text, int start, int radix)
    {
        var value = 0L;
        for (var i = start; i < text.Length; i++)
        {
            var digit = Digit(text[i], radix);
            if (digit < 0 || digit >= radix)
            {
                return Fail($"{text}: value too great for base (error token is \"{text}\")");
            }

            value = unchecked((value * radix) + digit);
        }

        return value;
    }

    // Up to base 36 both cases mean the same; above, capitals follow the small letters, then @ and _.
    private static int Digit(char c, int radix) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'z' => c - 'a' + 10,
        >= 'A' and <= 'Z' => c - 'A' + (radix <= 36 ? 10 : 36),
        '@' => 62,
        '_' => 63,
        _ => -1,
    };

    private long Fail(string error)
    {
        Error ??= error;
        return 0;
    }
}
