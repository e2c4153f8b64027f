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
        "-v" => IsSet(operand),
        "-o" => state.Options.Set(operand) == true,
        "-t" => false,
        "-R" => state.Variables.GetValueOrDefault(operand)?.Reference is not null,
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

    private bool IsSet(string name)
    {
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0 || !name.EndsWith(']'))
        {
            return name.Length > 0 && state.Get(name) is not null;
        }

        var variable = state.Find(name[..bracket]);
        var subscript = name[(bracket + 1)..^1];
        if (subscript is "@" or "*")
        {
            return variable?.Values.IsEmpty == false;
        }

        if (variable?.Keyed is { } keyed)
        {
            return keyed.ContainsKey(subscript);
        }

        var evaluator = new ArithmeticEvaluator(state);
        var index = ShellArrays.Counted(variable, evaluator.Evaluate(subscript));
        return evaluator.Error is null && index is { } key && ShellArrays.Of(variable).ContainsKey(key);
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
