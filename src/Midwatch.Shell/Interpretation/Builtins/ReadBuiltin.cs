using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>read</c>.</summary>
internal static class ReadBuiltin
{
    public static ValueTask<Flow> RunAsync(BuiltinCall call)
    {
        if (Options.Parse(call.Arguments) is not { } options)
        {
            return ValueTask.FromResult(call.Stop("read: one of its options is not supported by the interpreter."));
        }

        if (options.Names.FirstOrDefault(name => !ShellCharacters.IsName(name)) is { } wrong)
        {
            return ValueTask.FromResult(call.Fail($"`{wrong}': not a valid identifier"));
        }

        var line = ReadLine(call.Context, options, out var complete);
        Assign(call.Context.State, options, line);
        return ValueTask.FromResult(Flow.Next(complete ? 0 : 1));
    }

    /// <summary>The characters of the line, each with whether it was protected by a backslash.</summary>
    private static List<(char Character, bool Protected)> ReadLine(
        ShellContext context, Options options, out bool complete)
    {
        // Byte by byte, as bash does: what follows the line is for the next command.
        var bytes = new List<byte>();
        Span<byte> one = stackalloc byte[1];
        complete = false;
        var escaped = false;
        while (context.Descriptors[options.Descriptor] is { } handle
            && NativeFile.Read(handle, one, context.Run.Cancellation) == 1)
        {
            if (one[0] == options.Delimiter && !escaped)
            {
                complete = true;
                break;
            }

            escaped = !options.Raw && one[0] == (byte)'\\' && !escaped;
            bytes.Add(one[0]);
            if (options.Count is { } count && Encoding.UTF8.GetCharCount([.. bytes]) >= count)
            {
                complete = true;
                break;
            }
        }

        var text = Encoding.UTF8.GetString([.. bytes]).Replace("\0", string.Empty, StringComparison.Ordinal);
        return Unescape(text, options.Raw);
    }

    private static List<(char Character, bool Protected)> Unescape(string text, bool raw)
    {
        var line = new List<(char, bool)>();
        for (var i = 0; i < text.Length; i++)
        {
            if (raw || text[i] != '\\')
            {
                line.Add((text[i], false));
            }
            else if (++i < text.Length && text[i] != '\n')
            {
                line.Add((text[i], true));
            }
        }

        return line;
    }

    private static void Assign(ShellState state, Options options, List<(char Character, bool Protected)> line)
    {
        if (options.Names.IsEmpty && options.Array is null)
        {
            state.TrySet("REPLY", Text(line));
            return;
        }

        var separators = state.Separators;
        var rest = Trim(line, separators);
        if (options.Array is { } array)
        {
            var elements = new List<string>();
            while (rest.Count > 0)
            {
                elements.Add(Take(ref rest, separators));
            }

            state.Put(array, new ShellVariable
            {
                Elements = elements.Select((value, i) => KeyValuePair.Create((long)i, value))
                    .ToImmutableSortedDictionary(),
            });
            return;
        }

        foreach (var name in options.Names[..^1])
        {
            state.TrySet(name, Take(ref rest, separators));
        }

        state.TrySet(options.Names[^1], Last(rest, separators));
    }

    // The last name gets all that is left; one field alone loses the separator behind it.
    private static string Last(List<(char Character, bool Protected)> rest, string separators)
    {
        var copy = rest;
        var field = Take(ref copy, separators);
        return copy.Count == 0 ? field : Text(rest);
    }

    private static string Take(ref List<(char Character, bool Protected)> rest, string separators)
    {
        var end = rest.FindIndex(c => IsSeparator(c, separators));
        if (end < 0)
        {
            var all = Text(rest);
            rest = [];
            return all;
        }

        var field = Text(rest[..end]);
        var next = end;
        while (next < rest.Count && IsBlank(rest[next], separators))
        {
            next++;
        }

        if (next < rest.Count && IsSeparator(rest[next], separators))
        {
            next++;
            while (next < rest.Count && IsBlank(rest[next], separators))
            {
                next++;
            }
        }

        rest = rest[next..];
        return field;
    }

    private static List<(char Character, bool Protected)> Trim(
        List<(char Character, bool Protected)> line, string separators)
    {
        var start = line.FindIndex(c => !IsBlank(c, separators));
        var end = line.FindLastIndex(c => !IsBlank(c, separators));
        return start < 0 ? [] : line[start..(end + 1)];
    }

    private static bool IsSeparator((char Character, bool Protected) c, string separators) =>
        !c.Protected && separators.Contains(c.Character, StringComparison.Ordinal);

    private static bool IsBlank((char Character, bool Protected) c, string separators) =>
        IsSeparator(c, separators) && c.Character is ' ' or '\t' or '\n';

    private static string Text(List<(char Character, bool Protected)> line) =>
        string.Concat(line.Select(c => c.Character));

    private sealed record Options
    {
        public bool Raw { get; private set; }

        public byte Delimiter { get; private set; } = (byte)'\n';

        public int? Count { get; private set; }

        public string? Array { get; private set; }

        public int Descriptor { get; private set; }

        public ImmutableArray<string> Names { get; private set; } = [];

        /// <summary>Null when an option is not supported.</summary>
        public static Options? Parse(ImmutableArray<string> arguments)
        {
            var options = new Options();
            var i = 1;
            for (; i < arguments.Length && arguments[i] is ['-', _, ..]; i++)
            {
                if (arguments[i] == "--")
                {
                    i++;
                    break;
                }

                for (var letter = 1; letter < arguments[i].Length; letter++)
                {
                    var takesValue = arguments[i][letter] is 'd' or 'n' or 'a' or 'p' or 'u';
                    var attached = arguments[i][(letter + 1)..];
                    var value = !takesValue ? string.Empty : attached.Length > 0 ? attached
                        : arguments.ElementAtOrDefault(++i) ?? string.Empty;
                    if (!options.TrySet(
                        takesValue ? arguments[attached.Length > 0 ? i : i - 1][letter] : arguments[i][letter], value))
                    {
                        return null;
                    }

                    if (takesValue)
                    {
                        break;
                    }
                }
            }

            options.Names = arguments[i..];
            return options;
        }

        private bool TrySet(char letter, string value)
        {
            switch (letter)
            {
                case 'r':
                    Raw = true;
                    return true;
                case 'd':
                    Delimiter = value.Length == 0 ? (byte)0 : (byte)value[0];
                    return value.Length == 0 || char.IsAscii(value[0]);
                case 'n':
                    Count = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                        ? count : null;
                    return Count > 0;
                case 'u':
                    Descriptor = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? number : -1;
                    return Descriptor >= 0;
                case 'a':
                    Array = value;
                    return ShellCharacters.IsName(value);
                default:
                    // A prompt is printed to a terminal only, and there is none.
                    return letter is 'p' or 's' or 'e';
            }
        }
    }
}
