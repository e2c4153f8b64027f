using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary>A format of <c>printf</c> with its arguments; used again until they are used up.</summary>
/// <param name="bytesMax">How many bytes it may print.</param>
/// <param name="cancellation">Ends printing, which then throws.</param>
internal sealed class PrintfFormat(
    string format, ImmutableArray<string> arguments, int bytesMax, CancellationToken cancellation)
{
    private readonly List<byte> _output = [];
    private int _next;
    private bool _stops;

    public List<string> Errors { get; } = [];

    /// <summary>Gets the directive that the interpreter does not have; null when it has all.</summary>
    public string? Unsupported { get; private set; }

    /// <summary>Gets whether there was too much to print.</summary>
    public bool IsTooLong => _output.Count > bytesMax;

    public byte[] Print()
    {
        do
        {
            cancellation.ThrowIfCancellationRequested();
            var before = _next;
            PrintOnce();
            if (_next == before)
            {
                break;
            }
        }
        while (_next < arguments.Length && !_stops && Unsupported is null && !IsTooLong);

        return [.. _output];
    }

    private void PrintOnce()
    {
        for (var i = 0; i < format.Length && !_stops && Unsupported is null && !IsTooLong;)
        {
            if (format[i] == '\\' && i + 1 < format.Length)
            {
                i++;
                if (format[i] is '"' or '\'' or '?')
                {
                    _output.Add((byte)format[i++]);
                }
                else
                {
                    EscapedText.DecodeOne(_output, format, ref i, octalNeedsZero: false);
                }
            }
            else if (format[i] == '%')
            {
                i = Directive(i + 1);
            }
            else
            {
                i += EscapedText.Append(_output, format, i);
            }
        }
    }

    private int Directive(int i)
    {
        var start = i - 1;
        var flags = new StringBuilder();
        while (i < format.Length && format[i] is '-' or '+' or ' ' or '#' or '0')
        {
            flags.Append(format[i++]);
        }

        var width = Size(ref i);
        var precision = -1;
        if (i < format.Length && format[i] == '.')
        {
            i++;
            precision = Size(ref i);
        }

        while (i < format.Length && format[i] is 'l' or 'h' or 'j' or 'z' or 't' or 'L' or 'q'
            && i + 1 < format.Length && char.IsAsciiLetter(format[i + 1]))
        {
            i++;
        }

        if (i >= format.Length)
        {
            Errors.Add($"`{format[^1]}': missing format character");
            _stops = true;
            return i;
        }

        if (format[i] == '%' && i > start + 1)
        {
            Errors.Add("`%': invalid format character");
            _stops = true;
            return i;
        }

        var left = flags.ToString().Contains('-', StringComparison.Ordinal) || width < 0;
        var piece = new PrintfDirective(format[i], flags.ToString(), Math.Abs(width), precision, left);
        if (format[i] == '%')
        {
            _output.Add((byte)'%');
        }
        else
        {
            Write(piece, format[start..(i + 1)]);
        }

        return i + 1;
    }

    private int Size(ref int i)
    {
        if (i < format.Length && format[i] == '*')
        {
            i++;
            return (int)Math.Clamp(PrintfDirective.Integer(Next() ?? "0", Errors), -10_000, 10_000);
        }

        var start = i;
        while (i < format.Length && char.IsAsciiDigit(format[i]))
        {
            i++;
        }

        return i == start ? 0
            : int.Parse(format.AsSpan(start, Math.Min(4, i - start)), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private string? Next() => _next < arguments.Length ? arguments[_next++] : null;

    private void Write(PrintfDirective directive, string source)
    {
        var argument = Next();
        switch (directive.Letter)
        {
            case 's':
                Pad(directive, Encoding.UTF8.GetBytes(directive.Cut(argument ?? string.Empty)));
                break;
            case 'b':
                var bytes = EscapedText.Decode(argument ?? string.Empty, octalNeedsZero: false, out _stops);
                Pad(directive, [.. bytes]);
                break;
            case 'q':
                Pad(directive, Encoding.UTF8.GetBytes(argument is null or "" ? "''" : BackslashQuote.Quote(argument)));
                break;
            case 'c':
                Pad(directive, Encoding.UTF8.GetBytes(argument is [var c, ..] ? c.ToString() : "\0"));
                break;
            case 'd' or 'i' or 'u' or 'x' or 'X' or 'o':
                Pad(directive,
                    Encoding.ASCII.GetBytes(directive.Whole(PrintfDirective.Integer(argument ?? "0", Errors))));
                break;
            case 'f' or 'F' or 'e' or 'E' or 'g' or 'G':
                Pad(directive, Encoding.ASCII.GetBytes(directive.Real(argument ?? "0", Errors)));
                break;
            default:
                Unsupported = source;
                break;
        }
    }

    private void Pad(PrintfDirective directive, byte[] text)
    {
        var blanks = Enumerable.Repeat((byte)' ', Math.Max(0, directive.Width - text.Length));
        _output.AddRange(directive.Left ? [.. text, .. blanks] : [.. blanks, .. text]);
    }
}
