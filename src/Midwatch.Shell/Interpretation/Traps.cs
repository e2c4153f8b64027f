using System.Collections.Immutable;
using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation;

/// <summary>Runs what <c>trap</c> has set for the end of the shell and for errors.</summary>
internal static class Traps
{
    public const string Exit = "EXIT";
    public const string Error = "ERR";

    /// <summary>What a subshell keeps: what is ignored, and with <c>set -E</c> the trap of ERR.</summary>
    public static ImmutableSortedDictionary<string, TrapAction> Inherited(ShellState state) => state.Traps
        .RemoveRange(state.Traps
            .Where(trap => trap.Value.Text.Length > 0 && !(trap.Key == Error && state.Options.ErrTrace))
            .Select(trap => trap.Key));

    /// <summary>Runs the trap of EXIT at the end of a shell or subshell; gives how that ends then.</summary>
    public static async ValueTask<Flow> AtExitAsync(ShellContext context, Flow flow)
    {
        var state = context.State;
        if (flow.Kind == FlowKind.Stop || state.PipeBroken || !state.Traps.TryGetValue(Exit, out var trap))
        {
            return flow;
        }

        state.Traps = state.Traps.Remove(Exit);
        state.LastStatus = flow.Status;
        var inner = context with { Tested = false, LoopDepth = 0 };
        var ended = await new ListExecutor(inner).RunAsync(trap.Body);
        return ended.Kind is FlowKind.Exit or FlowKind.Stop ? ended : flow;
    }

    /// <summary>Runs the trap of ERR after a command has failed; null when it lets the shell go on.</summary>
    public static async ValueTask<Flow?> AtErrorAsync(ShellContext context, int status)
    {
        var state = context.State;
        if (!state.Traps.TryGetValue(Error, out var trap) || trap.Body.IsDefaultOrEmpty)
        {
            return null;
        }

        // Not for errors within itself.
        state.Traps = state.Traps.Remove(Error);
        var pipes = state.PipeStatus;
        state.LastStatus = status;
        var ended = await new ListExecutor(context with { Tested = false }).RunAsync(trap.Body);
        state.Traps = state.Traps.ContainsKey(Error) ? state.Traps : state.Traps.Add(Error, trap);
        state.LastStatus = status;
        state.PipeStatus = pipes;
        return ended.GoesOn ? null : ended;
    }
}
