using System.Collections.Frozen;
using System.Collections.Immutable;
using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary>
/// <c>trap</c>. Traps of EXIT and ERR run; those of signals are kept, and no signal reaches a script.
/// </summary>
internal static class TrapBuiltin
{
    private static readonly FrozenDictionary<string, string> Numbers = new Dictionary<string, string>
    {
        ["0"] = "EXIT",
        ["1"] = "HUP",
        ["2"] = "INT",
        ["3"] = "QUIT",
        ["6"] = "ABRT",
        ["10"] = "USR1",
        ["12"] = "USR2",
        ["13"] = "PIPE",
        ["14"] = "ALRM",
        ["15"] = "TERM",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Names = Numbers.Values
        .Concat(["ERR", "CHLD", "CONT", "TSTP", "TTIN", "TTOU", "WINCH", "KILL", "STOP"])
        .ToFrozenSet(StringComparer.Ordinal);

    public static ValueTask<Flow> Run(BuiltinCall call)
    {
        var words = call.Arguments[1..];
        words = words is ["--", ..] ? words[1..] : words;
        if (words is [] or ["-p", ..])
        {
            return ValueTask.FromResult(Print(call, words.IsEmpty ? words : words[1..]));
        }

        if (words is ["-l"])
        {
            return ValueTask.FromResult(call.Stop("trap -l is not supported by the interpreter."));
        }

        // A single word, or a number first, resets.
        if (words is ["-", ..] || words.Length == 1 || Numbers.ContainsKey(words[0]))
        {
            return ValueTask.FromResult(Reset(call, words is ["-", ..] ? words[1..] : words));
        }

        if (TextBuiltins.Objection(call) is { } objection)
        {
            return ValueTask.FromResult(objection);
        }

        var parsed = InnerText.Parse(words[0], call.Span);
        return ValueTask.FromResult(parsed.IsSound
            ? Set(call, new TrapAction(words[0], parsed.Script.Statements), words[1..])
            : call.Fail(parsed.Diagnostics[0].Message));
    }

    /// <summary>The name of a signal as it is kept; null when there is none.</summary>
    public static string? Name(string word)
    {
        var name = word.ToUpperInvariant();
        name = name.StartsWith("SIG", StringComparison.Ordinal) ? name[3..] : name;
        return Numbers.GetValueOrDefault(name) ?? (Names.Contains(name) ? name : null);
    }

    private static Flow Set(BuiltinCall call, TrapAction action, ImmutableArray<string> signals)
    {
        var status = 0;
        var state = call.Context.State;
        foreach (var signal in signals)
        {
            if (signal is "DEBUG" or "RETURN")
            {
                return call.Stop($"The trap of {signal} is not supported by the interpreter.");
            }

            if (Name(signal) is { } name)
            {
                state.Traps = state.Traps.SetItem(name, action);
            }
            else
            {
                status = call.Fail($"{signal}: invalid signal specification").Status;
            }
        }

        return Flow.Next(status);
    }

    private static Flow Reset(BuiltinCall call, ImmutableArray<string> signals)
    {
        var status = 0;
        var state = call.Context.State;
        foreach (var signal in signals)
        {
            if (Name(signal) is { } name)
            {
                state.Traps = state.Traps.Remove(name);
            }
            else
            {
                status = call.Fail($"{signal}: invalid signal specification").Status;
            }
        }

        return Flow.Next(status);
    }

    // bash lists by number, EXIT first and ERR last.
    private static Flow Print(BuiltinCall call, ImmutableArray<string> signals)
    {
        var wanted = signals.Select(Name).ToHashSet();
        var traps = call.Context.State.Traps
            .Where(trap => wanted.Count == 0 || wanted.Contains(trap.Key))
            .OrderBy(trap => Rank(trap.Key));
        foreach (var (name, action) in traps)
        {
            var shown = name is Traps.Exit or Traps.Error ? name : "SIG" + name;
            call.Context.Print(1, $"trap -- {ShellQuote.Quote(action.Text)} {shown}\n");
        }

        return Flow.Next(0);
    }

    private static int Rank(string name) => name == Traps.Error ? int.MaxValue
        : Numbers.FirstOrDefault(pair => pair.Value == name).Key is { } number
            ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)
            : int.MaxValue - 1;
}
