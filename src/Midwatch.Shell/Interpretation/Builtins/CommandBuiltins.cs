using System.Collections.Immutable;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>command</c> and <c>type</c>.</summary>
internal static class CommandBuiltins
{

    public static async ValueTask<Flow> CommandAsync(BuiltinCall call)
    {
        var arguments = call.Arguments[1..];
        if (arguments is ["-v" or "-V", .. var names])
        {
            var found = names.Where(name => Describe(call, name, arguments[0] == "-V")).Count();
            return Flow.Next(found > 0 ? 0 : 1);
        }

        arguments = arguments is ["-p" or "--", ..] ? arguments[1..] : arguments;
        if (arguments.IsEmpty)
        {
            return Flow.Next(0);
        }

        return BuiltinTable.Find(arguments[0]) is { } builtin
            ? await builtin(call with { Arguments = arguments })
            : await new ProgramRunner(call.Context).RunAsync(AsProgram(call, arguments));
    }

    public static ValueTask<Flow> Type(BuiltinCall call)
    {
        if (call.Arguments.Skip(1).Any(argument => argument.StartsWith('-')))
        {
            return ValueTask.FromResult(call.Stop("Options of type are not supported by the interpreter."));
        }

        var missing = call.Arguments.Skip(1).Where(name => !Describe(call, name, verbose: true)).ToArray();
        foreach (var name in missing)
        {
            call.Context.Complain($"type: {name}: not found");
        }

        return ValueTask.FromResult(Flow.Next(missing.Length == 0 ? 0 : 1));
    }

    public static ProgramCall AsProgram(BuiltinCall call, ImmutableArray<string> arguments) => new(
        arguments,
        ImmutableSortedDictionary<string, string>.Empty,
        call.Files,
        call.Context.State.WorkingDirectory,
        call.Span);

    private static bool Describe(BuiltinCall call, string name, bool verbose)
    {
        var context = call.Context;
        var kind = context.State.Functions.ContainsKey(name) ? "a function"
            : BuiltinTable.Find(name) is not null || name is "export" or "local" or "declare" or "readonly"
                ? "a shell builtin"
            : null;
        var path = kind is null
            ? context.Run.Host.Resolve(name, context.State.Get("PATH") ?? string.Empty, context.State.WorkingDirectory)
            : null;
        if (kind is null && path is null)
        {
            return false;
        }

        context.Print(1, (verbose ? $"{name} is {kind ?? path}" : path ?? name) + "\n");
        return true;
    }
}
