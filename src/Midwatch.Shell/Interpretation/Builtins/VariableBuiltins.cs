using System.Globalization;
using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>set</c>, <c>unset</c>, <c>shift</c> and <c>let</c>.</summary>
internal static class VariableBuiltins
{
    public static ValueTask<Flow> Set(BuiltinCall call)
    {
        var state = call.Context.State;
        for (var i = 1; i < call.Arguments.Length; i++)
        {
            var argument = call.Arguments[i];
            if (argument is "--" or "-" || argument is not (['-' or '+', _, ..]))
            {
                state.Positional = call.Arguments[(argument is "--" or "-" ? i + 1 : i)..];
                return ValueTask.FromResult(Flow.Next(0));
            }

            var on = argument[0] == '-';
            foreach (var letter in argument.AsSpan(1))
            {
                var name = letter == 'o' ? call.Arguments.ElementAtOrDefault(++i) ?? string.Empty : letter.ToString();
                if (state.Options.With(name, on) is not { } options)
                {
                    return ValueTask.FromResult(
                        call.Stop($"The option “{name}” of set is not supported by the interpreter."));
                }

                state.Options = options;
            }
        }

        return ValueTask.FromResult(call.Arguments.Length > 1
            ? Flow.Next(0)
            : call.Stop("Listing all variables with set is not supported by the interpreter: it would show secrets."));
    }

    public static ValueTask<Flow> Unset(BuiltinCall call)
    {
        var state = call.Context.State;
        var status = 0;
        var functions = false;
        foreach (var name in call.Arguments.Skip(1))
        {
            if (name is "-v" or "-f")
            {
                functions = name == "-f";
            }
            else if (functions)
            {
                state.Functions = state.Functions.Remove(name);
            }
            else if (name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket)
            {
                RemoveElement(state, name[..bracket], name[(bracket + 1)..^1]);
            }
            else if (state.Variables.GetValueOrDefault(name)?.ReadOnly == true)
            {
                call.Context.Complain($"unset: {name}: cannot unset: readonly variable");
                status = 1;
            }
            else if (state.Variables.ContainsKey(name))
            {
                state.Variables = state.Variables.Remove(name);
            }
            else
            {
                state.Functions = state.Functions.Remove(name);
            }
        }

        return ValueTask.FromResult(Flow.Next(status));
    }

    public static ValueTask<Flow> Shift(BuiltinCall call)
    {
        var state = call.Context.State;
        var count = 1;
        if (call.Arguments.Length > 1
            && !int.TryParse(call.Arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out count))
        {
            return ValueTask.FromResult(call.Fail($"{call.Arguments[1]}: numeric argument required"));
        }

        if (count > state.Positional.Length)
        {
            return ValueTask.FromResult(Flow.Next(1));
        }

        state.Positional = state.Positional[count..];
        return ValueTask.FromResult(Flow.Next(0));
    }

    public static ValueTask<Flow> Let(BuiltinCall call)
    {
        var value = 0L;
        foreach (var expression in call.Arguments.Skip(1))
        {
            var evaluator = new ArithmeticEvaluator(call.Context.State);
            value = evaluator.Evaluate(expression);
            if (evaluator.Error is { } error)
            {
                return ValueTask.FromResult(call.Fail(error));
            }
        }

        return ValueTask.FromResult(
            call.Arguments.Length == 1 ? call.Fail("expression expected") : Flow.Next(value == 0 ? 1 : 0));
    }

    private static void RemoveElement(ShellState state, string name, string index)
    {
        var evaluator = new ArithmeticEvaluator(state);
        var key = evaluator.Evaluate(index);
        if (state.Variables.GetValueOrDefault(name) is { Elements: { } elements } variable && evaluator.Error is null)
        {
            state.Put(name, variable with { Elements = elements.Remove(key) });
        }
    }
}
