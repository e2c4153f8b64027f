using System.Collections.Immutable;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Calls functions.</summary>
internal sealed class FunctionCaller(ShellContext context)
{
    public async ValueTask<Flow> CallAsync(Statement function, ImmutableArray<string> arguments, SourceSpan span)
    {
        var state = context.State;
        if (state.FunctionDepth >= context.Run.Options.CallDepthMax)
        {
            return context.Run.Stop(
                "SH3006",
                $"Functions call each other more than {context.Run.Options.CallDepthMax} deep.",
                "Write it as a loop.",
                span);
        }

        var (positional, hidden, calls, offset) = (state.Positional, state.Hidden, state.Calls, state.OptionOffset);
        var error = state.Traps.GetValueOrDefault(Traps.Error);
        state.Positional = arguments[1..];
        state.Hidden = ImmutableDictionary<string, ShellVariable?>.Empty;
        state.Calls = calls.Push(new FunctionCall(arguments[0], span));
        state.FunctionDepth++;
        if (!state.Options.ErrTrace)
        {
            state.Traps = state.Traps.Remove(Traps.Error);
        }

        var flow = await new ListExecutor(context with { LoopDepth = 0, Started = null }).RunAsync(function);
        state.FunctionDepth--;
        state.Traps = error is null || state.Traps.ContainsKey(Traps.Error)
            ? state.Traps
            : state.Traps.Add(Traps.Error, error);
        foreach (var (name, value) in state.Hidden)
        {
            state.Variables = value is null ? state.Variables.Remove(name) : state.Variables.SetItem(name, value);
        }

        state.Calls = calls;
        state.Hidden = hidden;
        state.Positional = positional;
        state.OptionOffset = offset;
        return flow.Kind == FlowKind.Return ? Flow.Next(flow.Status) : flow;
    }
}
