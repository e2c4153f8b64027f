using System.Text;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>echo</c>.</summary>
internal static class EchoBuiltin
{
    public static ValueTask<Flow> Run(BuiltinCall call)
    {
        var newline = true;
        var escapes = false;
        var first = 1;
        while (first < call.Arguments.Length && IsOption(call.Arguments[first]))
        {
            foreach (var letter in call.Arguments[first].AsSpan(1))
            {
                newline &= letter != 'n';
                escapes = letter == 'e' || (escapes && letter != 'E');
            }

            first++;
        }

        var text = string.Join(' ', call.Arguments.Skip(first));
        if (!escapes)
        {
            return Print(call, Encoding.UTF8.GetBytes(newline ? text + "\n" : text));
        }

        var bytes = EscapedText.Decode(text, octalNeedsZero: true, out var stops);
        if (newline && !stops)
        {
            bytes.Add((byte)'\n');
        }

        return Print(call, [.. bytes]);
    }

    // Only when every letter is known; `-x` and `-` are text.
    private static bool IsOption(string argument) =>
        argument.Length > 1 && argument[0] == '-' && argument.AsSpan(1).IndexOfAnyExcept("neE") < 0;

    private static ValueTask<Flow> Print(BuiltinCall call, byte[] bytes) =>
        ValueTask.FromResult(Flow.Next(call.Context.Print(1, bytes.AsSpan()) ? 0 : 1));
}
