namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>exec</c>: keeps redirections, or runs a program in the place of the shell.</summary>
internal static class ExecBuiltin
{
    public static async ValueTask<Flow> RunAsync(BuiltinCall call)
    {
        var words = call.Arguments[1..];
        if (words is ["--", ..])
        {
            words = words[1..];
        }
        else if (words is [['-', _, ..], ..])
        {
            return call.Stop("Options of exec are not supported by the interpreter.");
        }

        if (words.IsEmpty)
        {
            call.Context.Started?.TrySetResult(null);
            call.Context.Descriptors.Keep();
            return Flow.Next(0);
        }

        var flow = await new ProgramRunner(call.Context).RunAsync(CommandBuiltins.AsProgram(call, words));
        call.Context.State.Traps = call.Context.State.Traps.Clear();
        return flow.Kind == FlowKind.Stop ? flow : Flow.Exit(flow.Status);
    }
}
