using System.Collections.Immutable;
using System.Globalization;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>getopts</c>.</summary>
internal static class GetoptsBuiltin
{
    public static ValueTask<Flow> Run(BuiltinCall call)
    {
        if (call.Arguments.Length < 3)
        {
            return ValueTask.FromResult(call.Fail("usage: getopts optstring name [arg ...]", 2));
        }

        var state = call.Context.State;
        var words = call.Arguments.Length > 3 ? call.Arguments[3..] : state.Positional;
        var index = int.TryParse(state.Get("OPTIND"), CultureInfo.InvariantCulture, out var given) ? given : 1;
        var offset = state.OptionOffset;
        if (offset == 0)
        {
            if (index > words.Length || words[index - 1] is not ['-', _, ..] || words[index - 1] == "--")
            {
                var skipped = index <= words.Length && words[index - 1] == "--" ? 1 : 0;
                return ValueTask.FromResult(End(call, index + skipped));
            }

            offset = 1;
        }

        return ValueTask.FromResult(index > words.Length
            ? End(call, index)
            : Take(call, words, index, Math.Min(offset, words[index - 1].Length - 1)));
    }

    private static Flow End(BuiltinCall call, int index)
    {
        Store(call, "?", null, index, 0);
        return Flow.Next(1);
    }

    private static Flow Take(BuiltinCall call, ImmutableArray<string> words, int index, int offset)
    {
        var specification = call.Arguments[1];
        var silent = specification.StartsWith(':');
        var word = words[index - 1];
        var letter = word[offset];
        var known = letter == ':' ? -1 : specification.IndexOf(letter, silent ? 1 : 0);
        var atEnd = offset + 1 >= word.Length;
        var (nextIndex, nextOffset) = atEnd ? (index + 1, 0) : (index, offset + 1);
        if (known < 0)
        {
            Complain(call, silent, $"illegal option -- {letter}");
            Store(call, "?", silent ? letter.ToString() : null, nextIndex, nextOffset);
            return Flow.Next(0);
        }

        if (known + 1 >= specification.Length || specification[known + 1] != ':')
        {
            Store(call, letter.ToString(), null, nextIndex, nextOffset);
            return Flow.Next(0);
        }

        if (!atEnd)
        {
            Store(call, letter.ToString(), word[(offset + 1)..], index + 1, 0);
        }
        else if (index < words.Length)
        {
            Store(call, letter.ToString(), words[index], index + 2, 0);
        }
        else
        {
            Complain(call, silent, $"option requires an argument -- {letter}");
            Store(call, silent ? ":" : "?", silent ? letter.ToString() : null, index + 1, 0);
        }

        return Flow.Next(0);
    }

    private static void Complain(BuiltinCall call, bool silent, string message)
    {
        if (!silent && call.Context.State.Get("OPTERR") != "0")
        {
            call.Context.Complain(message);
        }
    }

    private static void Store(BuiltinCall call, string option, string? argument, int index, int offset)
    {
        var state = call.Context.State;
        state.TrySet(call.Arguments[2], option);
        if (argument is null)
        {
            state.Variables = state.Variables.Remove("OPTARG");
        }
        else
        {
            state.TrySet("OPTARG", argument);
        }

        state.TrySet("OPTIND", index.ToString(CultureInfo.InvariantCulture));
        state.OptionOffset = offset;
    }
}
