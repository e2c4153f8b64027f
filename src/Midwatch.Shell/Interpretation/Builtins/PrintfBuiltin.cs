using System.Text;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>printf</c>.</summary>
internal static class PrintfBuiltin
{
    public static ValueTask<Flow> Run(BuiltinCall call)
    {
        var arguments = call.Arguments[1..];
        string? variable = null;
        if (arguments is ["-v", var name, ..])
        {
            variable = name;
            arguments = arguments[2..];
        }

        if (arguments is ["--", ..])
        {
            arguments = arguments[1..];
        }

        var target = variable is null ? null : new NamedPlace(call.Context.State, variable);
        if (arguments.IsEmpty || (target is not null && !ShellCharacters.IsName(target.Name)))
        {
            return ValueTask.FromResult(call.Fail("usage: printf [-v var] format [arguments]", 2));
        }

        var run = call.Context.Run;
        var format = new PrintfFormat(arguments[0], arguments[1..], run.Options.CaptureMax, run.Cancellation);
        var bytes = format.Print();
        if (format.Unsupported is { } directive)
        {
            return ValueTask.FromResult(call.Stop($"printf: “{directive}” is not supported by the interpreter."));
        }

        if (format.IsTooLong)
        {
            return ValueTask.FromResult(run.Stop(
                "SH3004", $"printf gives more than {run.Options.CaptureMax} bytes.", "Let it print less.", call.Span));
        }

        foreach (var error in format.Errors)
        {
            call.Context.Complain($"printf: {error}");
        }

        var status = format.Errors.Count == 0 ? 0 : 1;
        if (target is null)
        {
            return ValueTask.FromResult(Flow.Next(call.Context.Print(1, bytes) ? status : 1));
        }

        var text = Encoding.UTF8.GetString(bytes).Replace("\0", string.Empty, StringComparison.Ordinal);
        return ValueTask.FromResult(Flow.Next(target.TrySet(text) ? status : 1));
    }
}
