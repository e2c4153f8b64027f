using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>shopt</c>.</summary>
internal static class ShoptBuiltin
{
    public static ValueTask<Flow> Run(BuiltinCall call)
    {
        var options = call.Arguments.Skip(1).TakeWhile(word => word is ['-', _, ..]).ToArray();
        var letters = string.Concat(options.Select(option => option[1..]));
        var names = call.Arguments.Skip(1 + options.Length).ToArray();
        if (letters.Any(letter => !"suqpo".Contains(letter, StringComparison.Ordinal)))
        {
            return ValueTask.FromResult(call.Fail("usage: shopt [-pqsu] [-o] [optname ...]", 2));
        }

        var changes = letters.Contains('s', StringComparison.Ordinal) || letters.Contains('u',
            StringComparison.Ordinal);
        if (names.Length == 0)
        {
            return ValueTask.FromResult(call.Stop("Listing the options is not supported by the interpreter."));
        }

        var ofSet = letters.Contains('o', StringComparison.Ordinal);
        return ValueTask.FromResult(changes
            ? Change(call, names, letters.Contains('s', StringComparison.Ordinal), ofSet)
            : Show(call, names, letters, ofSet));
    }

    private static Flow Change(BuiltinCall call, string[] names, bool on, bool ofSet)
    {
        var state = call.Context.State;
        foreach (var name in names)
        {
            if ((ofSet ? state.Options.With(name, on) : state.Options.Switch(name, on)) is not { } options)
            {
                return call.Stop($"The option “{name}” of shopt is not supported by the interpreter.");
            }

            state.Options = options;
        }

        return Flow.Next(0);
    }

    private static Flow Show(BuiltinCall call, string[] names, string letters, bool ofSet)
    {
        var options = call.Context.State.Options;
        var status = 0;
        foreach (var name in names)
        {
            if (!ofSet && !ShellOptionSet.Effective.Contains(name) && !ShellOptionSet.Idle.Contains(name))
            {
                status = call.Fail($"{name}: invalid shell option name").Status;
                continue;
            }

            var on = ofSet ? options.Set(name) == true : options.IsOn(name);
            status = on ? status : 1;
            if (letters.Contains('p', StringComparison.Ordinal))
            {
                call.Context.Print(1, $"shopt {(on ? "-s" : "-u")} {name}\n");
            }
            else if (!letters.Contains('q', StringComparison.Ordinal))
            {
                call.Context.Print(1, $"{name.PadRight(15)}\t{(on ? "on" : "off")}\n");
            }
        }

        return Flow.Next(status);
    }
}
