using System.Globalization;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary><c>exit</c>, <c>return</c>, <c>break</c> and <c>continue</c>.</summary>
internal static class ControlBuiltins
{
    public static ValueTask<Flow> Exit(BuiltinCall call) => ValueTask.FromResult(Status(call) is { } status
        ? Flow.Exit(status)
        : Flow.Exit(call.Fail($"{call.Arguments[1]}: numeric argument required", 2).Status));

    public static ValueTask<Flow> Return(BuiltinCall call)
    {
        if (call.Context.State.FunctionDepth == 0)
        {
            return ValueTask.FromResult(call.Fail("can only `return' from a function or sourced script", 2));
        }

        var status = Status(call) ?? call.Fail($"{call.Arguments[1]}: numeric argument required", 2).Status;
        return ValueTask.FromResult(new Flow(status & 0xFF, FlowKind.Return, 0));
    }

    public static ValueTask<Flow> Break(BuiltinCall call) => Leave(call, FlowKind.Break);

    public static ValueTask<Flow> Continue(BuiltinCall call) => Leave(call, FlowKind.Continue);

    private static ValueTask<Flow> Leave(BuiltinCall call, FlowKind kind)
    {
        var levels = 1L;
        if (call.Arguments.Length > 1
            && !long.TryParse(
                call.Arguments[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out levels))
        {
            return ValueTask.FromResult(
                Flow.Exit(call.Fail($"{call.Arguments[1]}: numeric argument required", 128).Status));
        }

        if (call.Context.LoopDepth == 0)
        {
            return ValueTask.FromResult(Flow.Next(0));
        }

        if (levels < 1)
        {
            // bash leaves all loops, with status 1.
            call.Fail($"{levels}: loop count out of range");
            return ValueTask.FromResult(new Flow(1, FlowKind.Break, call.Context.LoopDepth));
        }

        return ValueTask.FromResult(new Flow(0, kind, (int)Math.Min(levels, call.Context.LoopDepth)));
    }

    private static int? Status(BuiltinCall call)
    {
        if (call.Arguments.Length == 1)
        {
            return call.Context.State.LastStatus;
        }

        return long.TryParse(
            call.Arguments[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var status)
            ? (int)(status & 0xFF)
            : null;
    }
}
