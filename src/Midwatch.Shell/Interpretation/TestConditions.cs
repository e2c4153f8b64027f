using System.Globalization;
using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation;

/// <summary>The conditions that <c>test</c> and <c>[[</c> share.</summary>
internal sealed class TestConditions(ShellState state, DescriptorTable descriptors)
{
    /// <summary>Gets what is wrong with the expression; null while nothing is.</summary>
    public string? Error { get; private set; }

    public static bool IsUnary(string text) =>
        text is ['-', var letter] && "abcdefghkLnoprsStuwxzGNORv".Contains(letter, StringComparison.Ordinal);

    public static bool IsBinary(string text) => text is "=" or "==" or "!=" or "<" or ">"
        or "-eq" or "-ne" or "-lt" or "-le" or "-gt" or "-ge" or "-nt" or "-ot" or "-ef";

    public bool Fail(string error)
    {
        Error ??= error;
        return false;
    }

    public bool Unary(string operation, string operand) => operation switch
    {
        "-n" => operand.Length > 0,
        "-z" => operand.Length == 0,
        "-v" => state.Get(operand) is not null,
        "-o" => state.Options.With(operand, on: true) == state.Options,
        "-t" => false,
        "-R" or "-G" or "-O" or "-N" or "-k" or "-u" or "-g" => Fail($"{operation}: not supported"),
        _ => new FileConditions(state.WorkingDirectory, descriptors).Holds(operation, operand),
    };

    public bool Binary(string operation, string left, string right)
    {
        switch (operation)
        {
            case "=" or "==":
                return left == right;
            case "!=":
                return left != right;
            case "<":
                return string.CompareOrdinal(left, right) < 0;
            case ">":
                return string.CompareOrdinal(left, right) > 0;
            case "-nt" or "-ot" or "-ef":
                return new FileConditions(state.WorkingDirectory, descriptors).Compare(operation, left, right);
        }

        if (Number(left) is not { } first || Number(right) is not { } second)
        {
            return false;
        }

        return operation switch
        {
            "-eq" => first == second,
            "-ne" => first != second,
            "-lt" => first < second,
            "-le" => first <= second,
            "-gt" => first > second,
            "-ge" => first >= second,
            _ => Fail($"{operation}: binary operator expected"),
        };
    }

    private long? Number(string text)
    {
        if (long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Fail($"{text}: integer expression expected");
        return null;
    }
}
