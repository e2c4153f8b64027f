using System.Globalization;
using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>set</c>, <c>unset</c>, <c>shift</c> and <c>let</c>.</summary>
internal static class VariableBuiltins
{
    private static readonly string[] Listed =
    [
        "allexport", "braceexpand", "errexit", "errtrace", "hashall", "noclobber", "noglob", "nounset", "pipefail",
        "xtrace",
    ];

    public static ValueTask<Flow> Set(BuiltinCall call)
    {
        var state = call.Context.State;
        for (var i = 1; i < call.Arguments.Length; i++)
        {
            var argument = call.Arguments[i];
            if (argument is "--" or "-" || argument is not (['-' or '+', _, ..]))
            {
                state.Positional = argument == "-" && i + 1 == call.Arguments.Length ? state.Positional
                    : call.Arguments[(argument is "--" or "-" ? i + 1 : i)..];
                return ValueTask.FromResult(Flow.Next(0));
            }

            var on = argument[0] == '-';
            foreach (var letter in argument.AsSpan(1))
            {
                var name = letter == 'o' ? call.Arguments.ElementAtOrDefault(++i) : letter.ToString();
                if (name is null)
                {
                    return ValueTask.FromResult(ListOptions(call, on));
                }

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

    private static Flow ListOptions(BuiltinCall call, bool readable)
    {
        foreach (var name in Listed)
        {
            var on = call.Context.State.Options.Set(name) == true;
            call.Context.Print(
                1, readable ? $"{name.PadRight(15)}\t{(on ? "on" : "off")}\n" : $"set {(on ? '-' : '+')}o {name}\n");
        }

        return Flow.Next(0);
    }

    public static ValueTask<Flow> Unset(BuiltinCall call)
    {
        var options = new OptionReader(call.Arguments, string.Empty, "vfn");
        var letter = ' ';
        while (options.Next() is { } option)
        {
            letter = option.Letter;
        }

        var status = options.IsWrong ? call.Fail("usage: unset [-f] [-v] [-n] [name ...]", 2).Status : 0;
        foreach (var name in options.IsWrong ? [] : options.Rest)
        {
            status = Unset(call, name, letter) ? status : 1;
        }

        return ValueTask.FromResult(Flow.Next(status));
    }

    private static bool Unset(BuiltinCall call, string name, char kind)
    {
        var state = call.Context.State;
        if (kind == 'f')
        {
            state.Functions = state.Functions.Remove(name);
            return true;
        }

        var place = new NamedPlace(state, name);
        var target = kind == 'n' ? place.Name : state.Resolve(place.Name);
        if (state.Variables.GetValueOrDefault(target)?.ReadOnly == true)
        {
            return call.Fail($"{name}: cannot unset: readonly variable").Status == 0;
        }

        if (place.Name != name)
        {
            return place.TryRemoveElement();
        }

        if (state.Variables.ContainsKey(target))
        {
            state.Variables = state.Variables.Remove(target);
        }
        else if (kind == ' ')
        {
            state.Functions = state.Functions.Remove(name);
        }

        return true;
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

        if (call.Arguments.Length > 2)
        {
            return ValueTask.FromResult(call.Fail("too many arguments"));
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
}
