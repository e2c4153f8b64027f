using System.Collections.Immutable;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>command</c>, <c>builtin</c>, <c>type</c> and <c>hash</c>.</summary>
internal static class CommandBuiltins
{
    public static async ValueTask<Flow> CommandAsync(BuiltinCall call)
    {
        var options = new OptionReader(call.Arguments, string.Empty, "pvV");
        var letter = ' ';
        while (options.Next() is { } option)
        {
            letter = option.Letter == 'p' ? letter : option.Letter;
        }

        if (options.IsWrong)
        {
            return call.Fail("usage: command [-pVv] command [arg ...]", 2);
        }

        if (letter != ' ')
        {
            var descriptions = new CommandDescription(call.Context);
            var found = options.Rest.Count(name => descriptions.Show(name, verbose: letter == 'V'));
            return Flow.Next(found > 0 ? 0 : 1);
        }

        var arguments = options.Rest;
        if (arguments.IsEmpty)
        {
            return Flow.Next(0);
        }

        return BuiltinTable.Find(arguments[0]) is { } builtin
            ? await builtin(call with { Arguments = arguments })
            : await new ProgramRunner(call.Context).RunAsync(AsProgram(call, arguments));
    }

    /// <summary><c>builtin</c>: the builtin of that name, whatever functions there are.</summary>
    public static async ValueTask<Flow> BuiltinAsync(BuiltinCall call)
    {
        var arguments = call.Arguments is [_, "--", ..] ? call.Arguments[2..] : call.Arguments[1..];
        if (arguments.IsEmpty)
        {
            return Flow.Next(0);
        }

        return BuiltinTable.Find(arguments[0]) is { } builtin
            ? await builtin(call with { Arguments = arguments })
            : call.Fail($"{arguments[0]}: not a shell builtin");
    }

    public static ValueTask<Flow> Type(BuiltinCall call)
    {
        var options = new OptionReader(call.Arguments, string.Empty, "afptP");
        var letters = string.Empty;
        while (options.Next() is { } option)
        {
            letters += option.Letter;
        }

        if (options.IsWrong)
        {
            return ValueTask.FromResult(call.Fail("usage: type [-afptP] name [name ...]", 2));
        }

        var descriptions = new CommandDescription(call.Context);
        var missing = options.Rest.Where(name => !descriptions.Type(name, letters)).ToArray();
        foreach (var name in missing.Where(_ => letters.IndexOfAny(['t', 'p', 'P']) < 0))
        {
            call.Context.Complain($"type: {name}: not found");
        }

        return ValueTask.FromResult(Flow.Next(missing.Length == 0 ? 0 : 1));
    }

    /// <summary><c>hash</c>, which scripts use to ask whether a program is there; nothing is remembered here.</summary>
    public static ValueTask<Flow> Hash(BuiltinCall call)
    {
        var options = new OptionReader(call.Arguments, "p", "rdlt");
        while (options.Next() is not null)
        {
        }

        var descriptions = new CommandDescription(call.Context);
        var missing = options.Rest.Where(name => !descriptions.Exists(name)).ToArray();
        foreach (var name in missing)
        {
            call.Fail($"{name}: not found");
        }

        return ValueTask.FromResult(Flow.Next(missing.Length == 0 ? 0 : 1));
    }

    public static ProgramCall AsProgram(BuiltinCall call, ImmutableArray<string> arguments) => new(
        arguments,
        ImmutableSortedDictionary<string, string>.Empty,
        call.Files,
        call.Context.State.WorkingDirectory,
        call.Span);
}
