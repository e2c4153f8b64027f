using System.Text;
using Midwatch.Runbooks.Effects.Calls;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>
/// Judges an awk program: it reads unless it calls <c>system</c>, pipes, loads, or prints into a file. In doubt it is
/// unknown.
/// </summary>
internal static class AwkReader
{
    /// <summary>Adds what the program does.</summary>
    public static void Read(CallWord program, Judgement judgement)
    {
        var code = WithoutTexts(program.Text);
        if (code.Contains("system", StringComparison.Ordinal) || code.Contains('@', StringComparison.Ordinal))
        {
            judgement.Add(Effect.Unknown, Marks.None, "The awk program can start commands.");
        }

        var parentheses = 0;
        var printing = false;
        for (var i = 0; i < code.Length; i++)
        {
            var c = code[i];
            parentheses += c switch { '(' => 1, ')' => -1, _ => 0 };
            printing = c is ';' or '}' or '{' or '\n' ? false : printing || IsPrint(code, i);
            if (c == '|' && !Doubled(code, i))
            {
                judgement.Add(Effect.Unknown, Marks.None, "The awk program pipes through a command.");
            }

            if (c == '>' && printing && parentheses == 0)
            {
                judgement.Add(Effect.Change, Marks.Local, "The awk program writes into a file.");
            }
        }
    }

    private static bool IsPrint(string code, int at) => code.AsSpan(at).StartsWith("print");

    private static bool Doubled(string code, int at) =>
        (at + 1 < code.Length && code[at + 1] == '|') || (at > 0 && code[at - 1] == '|');

    /// <summary>
    /// The program with the inside of strings and regular expressions taken out. A slash begins an expression where
    /// awk's own grammar says so: not behind an operand, where it divides.
    /// </summary>
    private static string WithoutTexts(string program)
    {
        var code = new StringBuilder();
        var last = ';';
        for (var i = 0; i < program.Length; i++)
        {
            var c = program[i];
            if (c == '"' || (c == '/' && "(,;{}!~&|\n".Contains(last, StringComparison.Ordinal)))
            {
                i = Closing(program, i);
                code.Append(c);
                last = c;
                continue;
            }

            code.Append(c);
            last = c is ' ' or '\t' ? last : c;
        }

        return code.ToString();
    }

    private static int Closing(string program, int open)
    {
        for (var i = open + 1; i < program.Length; i++)
        {
            if (program[i] == '\\')
            {
                i++;
            }
            else if (program[i] == program[open])
            {
                return i;
            }
        }

        return program.Length;
    }
}
