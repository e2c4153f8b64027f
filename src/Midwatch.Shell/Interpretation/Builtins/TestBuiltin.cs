namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>test</c> and <c>[</c>: what the arguments mean depends on how many there are (POSIX).</summary>
internal static class TestBuiltin
{
    public static ValueTask<Flow> Run(BuiltinCall call)
    {
        var arguments = call.Arguments.AsSpan()[1..];
        if (call.Arguments[0] == "[")
        {
            if (arguments.IsEmpty || arguments[^1] != "]")
            {
                return ValueTask.FromResult(call.Fail("missing `]'", 2));
            }

            arguments = arguments[..^1];
        }

        var conditions = new TestConditions(call.Context.State, call.Context.Descriptors);
        var result = Evaluate(arguments, conditions);
        return ValueTask.FromResult(conditions.Error is { } error ? call.Fail(error, 2) : Flow.Next(result ? 0 : 1));
    }

    private static bool Evaluate(ReadOnlySpan<string> arguments, TestConditions conditions) => arguments switch
    {
        [] => false,
        [var word] => word.Length > 0,
        ["!", var word] => word.Length == 0,
        [var operation, var operand] when TestConditions.IsUnary(operation) => conditions.Unary(operation, operand),
        [var operation, _] => conditions.Fail($"{operation}: unary operator expected"),
        [var left, var operation, var right] when TestConditions.IsBinary(operation) =>
            conditions.Binary(operation, left, right),
        [var left, "-a", var right] => left.Length > 0 && right.Length > 0,
        [var left, "-o", var right] => left.Length > 0 || right.Length > 0,
        ["!", _, _] => !Evaluate(arguments[1..], conditions),
        ["(", var word, ")"] => word.Length > 0,
        [_, var operation, _] => conditions.Fail($"{operation}: binary operator expected"),
        ["!", _, _, _] => !Evaluate(arguments[1..], conditions),
        ["(", _, _, ")"] => Evaluate(arguments[1..3], conditions),
        _ => EvaluateLong(arguments, conditions),
    };

    private static bool EvaluateLong(ReadOnlySpan<string> arguments, TestConditions conditions)
    {
        var position = 0;
        var result = Or(arguments, ref position, conditions);
        return position == arguments.Length ? result : conditions.Fail("too many arguments");
    }

    private static bool Or(ReadOnlySpan<string> arguments, ref int position, TestConditions conditions)
    {
        var result = And(arguments, ref position, conditions);
        while (position < arguments.Length && arguments[position] == "-o")
        {
            position++;
            result |= And(arguments, ref position, conditions);
        }

        return result;
    }

    private static bool And(ReadOnlySpan<string> arguments, ref int position, TestConditions conditions)
    {
        var result = Primary(arguments, ref position, conditions);
        while (position < arguments.Length && arguments[position] == "-a")
        {
            position++;
            result &= Primary(arguments, ref position, conditions);
        }

        return result;
    }

    private static bool Primary(ReadOnlySpan<string> arguments, ref int position, TestConditions conditions)
    {
        if (position >= arguments.Length)
        {
            return conditions.Fail("argument expected");
        }

        var first = arguments[position++];
        if (first == "!")
        {
            return !Primary(arguments, ref position, conditions);
        }

        if (first == "(")
        {
            var inner = Or(arguments, ref position, conditions);
            return position < arguments.Length && arguments[position++] == ")" ? inner
                : conditions.Fail("`)' expected");
        }

        if (position + 1 < arguments.Length && TestConditions.IsBinary(arguments[position]))
        {
            var operation = arguments[position];
            var right = arguments[position + 1];
            position += 2;
            return conditions.Binary(operation, first, right);
        }

        return TestConditions.IsUnary(first) && position < arguments.Length
            ? conditions.Unary(first, arguments[position++])
            : first.Length > 0;
    }
}
