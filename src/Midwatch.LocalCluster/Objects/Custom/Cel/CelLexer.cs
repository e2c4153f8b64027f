using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Midwatch.LocalCluster.Objects.Custom.Cel;

/// <summary>A word, sign or literal of an expression.</summary>
/// <param name="Kind">'n' a name, 'v' a literal, 's' a sign, 'e' the end, '!' what cannot be read.</param>
/// <param name="At">Where it begins, from 0.</param>
internal sealed record CelToken(char Kind, string Text, object? Value, int At);

/// <summary>Cuts an expression into tokens.</summary>
internal sealed class CelLexer(string text)
{
    private static readonly string[] Signs =
        ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "+", "-", "*", "/", "%", "?", ":", ".", ",", "(", ")",
            "[", "]", "{", "}"];

    private int _at;

    public ImmutableArray<CelToken> Read()
    {
        var tokens = ImmutableArray.CreateBuilder<CelToken>();
        do
        {
            SkipSpace();
            tokens.Add(Next());
        }
        while (tokens[^1].Kind is not ('e' or '!'));

        return tokens.ToImmutable();
    }

    private char Here(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private void SkipSpace()
    {
        while (char.IsWhiteSpace(Here()) || (Here() == '/' && Here(1) == '/'))
        {
            var isComment = Here() == '/';
            _at++;
            while (isComment && Here() is not ('\n' or '\0'))
            {
                _at++;
            }
        }
    }

    private CelToken Next()
    {
        var start = _at;
        var sign = Here();
        if (sign == '\0')
        {
            return new CelToken('e', "", null, start);
        }

        if (sign is '"' or '\'' || (sign is 'r' or 'R' && Here(1) is '"' or '\''))
        {
            return Text(start);
        }

        if (char.IsAsciiDigit(sign) || (sign == '.' && char.IsAsciiDigit(Here(1))))
        {
            return Number(start);
        }

        if (char.IsAsciiLetter(sign) || sign == '_')
        {
            while (char.IsAsciiLetterOrDigit(Here()) || Here() == '_')
            {
                _at++;
            }

            return text[start.._at] switch
            {
                "true" => new CelToken('v', "true", true, start),
                "false" => new CelToken('v', "false", false, start),
                "null" => new CelToken('v', "null", null, start),
                var name => new CelToken('n', name, null, start),
            };
        }

        if (Array.Find(Signs, one => string.CompareOrdinal(text, start, one, 0, one.Length) == 0) is not { } found)
        {
            return new CelToken('!', sign.ToString(), null, start);
        }

        _at += found.Length;
        return new CelToken('s', found, null, start);
    }

    private CelToken Number(int start)
    {
        var isHex = Here() == '0' && Here(1) is 'x' or 'X';
        _at += isHex ? 2 : 0;
        var isReal = false;
        while (char.IsAsciiHexDigit(Here()) && (isHex || char.IsAsciiDigit(Here()) || Here() is 'e' or 'E')
            || (!isHex && Here() == '.' && char.IsAsciiDigit(Here(1)))
            || (!isHex && Here() is '+' or '-' && text[_at - 1] is 'e' or 'E'))
        {
            isReal |= !isHex && !char.IsAsciiDigit(Here());
            _at++;
        }

        var written = text[start.._at];
        _at += Here() is 'u' or 'U' ? 1 : 0;
        if (isReal)
        {
            return new CelToken('v', written, double.Parse(written, CultureInfo.InvariantCulture), start);
        }

        var isWhole = isHex
            ? long.TryParse(
                written.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var whole)
            : long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out whole);
        return new CelToken(isWhole ? 'v' : '!', written, whole, start);
    }

    private CelToken Text(int start)
    {
        var isRaw = Here() is 'r' or 'R';
        _at += isRaw ? 1 : 0;
        var quote = Here();
        var closing = Here(1) == quote && Here(2) == quote ? new string(quote, 3) : quote.ToString();
        _at += closing.Length;
        var value = new StringBuilder();
        while (string.CompareOrdinal(text, _at, closing, 0, closing.Length) != 0)
        {
            if (Here() == '\0')
            {
                return new CelToken('!', "unterminated string", null, start);
            }

            _ = Here() == '\\' && !isRaw ? value.Append(Escaped()) : value.Append(text[_at++]);
        }

        _at += closing.Length;
        return new CelToken('v', text[start.._at], value.ToString(), start);
    }

    private string Escaped()
    {
        var sign = Here(1);
        _at += 2;
        var digits = sign switch { 'x' or 'X' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && _at + digits <= text.Length && int.TryParse(
            text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            _at += digits;
            return char.ConvertFromUtf32(code);
        }

        return sign switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            'a' => "\a",
            'b' => "\b",
            'f' => "\f",
            'v' => "\v",
            _ => sign.ToString(),
        };
    }
}
