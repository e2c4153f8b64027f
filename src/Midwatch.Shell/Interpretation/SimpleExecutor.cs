using System.Collections.Immutable;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Interpretation.Builtins;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Runs simple commands: assignments, functions, builtins, programs.</summary>
internal sealed class SimpleExecutor(ShellContext context, ImmutableArray<Redirection> redirections)
{
    public async ValueTask<Flow> RunAsync(Command.Simple command)
    {
        context.State.Place = command.Span;
        var redirector = new Redirector(context with { Descriptors = context.Descriptors.Layer() });
        Flow flow;
        using (redirector.Table)
        {
            flow = await RunAsync(command, redirector);
        }

        // What exec has opened for writing stays open.
        if (command.Words is not [{ StaticText: "exec" }, ..])
        {
            await redirector.Host.ReadersAsync();
        }

        return flow;
    }

    private async ValueTask<Flow> RunAsync(Command.Simple command, Redirector redirector)
    {
        var expander = new Expander(context.State, redirector.Host);
        var arguments = await expander.ExpandAsync(command.Words);
        if (expander.Failure is { } failure)
        {
            return new FailureReport(context).Report(failure);
        }

        if (context.Run.MustEnd)
        {
            return RunScope.Ended;
        }

        if (arguments.Count > 0 && IsProgram(arguments[0]))
        {
            // bash expands the redirections of a program in the child: what they assign or break off stays there.
            redirector = redirector.InChild();
        }

        await redirector.ApplyAsync(redirections);
        if (redirector.Ending is { } ending)
        {
            return ending;
        }

        var inner = context with { Descriptors = redirector.Table };
        if (arguments.Count == 0)
        {
            return await AssignAsync(inner, command, expander.RanSubstitution);
        }

        var before = context.State.Variables;
        var assignments = new AssignmentExecutor(inner);
        foreach (var assignment in command.Assignments)
        {
            // A read-only variable keeps its value, and the command runs.
            if (await assignments.AssignAsync(assignment, exported: true) is { } failed && !assignments.WasReadOnly)
            {
                context.State.Variables = before;
                return failed;
            }
        }

        var call = new BuiltinCall(inner, [.. arguments], command.Span, redirector.Files)
        {
            CarriesSyntax = expander.CarriesSyntax || expander.TookForeignAnywhere,
        };
        var flow = await DispatchAsync(call, command);
        context.State.LastArgument = arguments[^1];
        Restore(call, command.Assignments, before);
        return flow;
    }

    private bool IsProgram(string name) =>
        !context.State.Functions.ContainsKey(name) && (BuiltinTable.Find(name) is null || name == "sleep");

    private static async ValueTask<Flow> AssignAsync(ShellContext inner, Command.Simple command, bool substituted)
    {
        var assignments = new AssignmentExecutor(inner);
        foreach (var assignment in command.Assignments)
        {
            if (await assignments.AssignAsync(assignment, exported: null) is { } failed)
            {
                return failed;
            }
        }

        inner.State.LastArgument = string.Empty;

        // POSIX 2.9.1: without a command name the status is that of the last substitution.
        return Flow.Next(substituted || assignments.RanSubstitution ? inner.State.LastStatus : 0);
    }

    private static async ValueTask<Flow> DispatchAsync(BuiltinCall call, Command.Simple command)
    {
        var inner = call.Context;
        var builtin = BuiltinTable.Find(call.Arguments[0]);
        var function = inner.State.Functions.GetValueOrDefault(call.Arguments[0]);
        if (function is not null || (builtin is not null && call.Arguments[0] != "exec"))
        {
            // Whoever waits for a process id waits in vain.
            inner.Started?.TrySetResult(null);
        }

        if (function is not null)
        {
            return await new FunctionCaller(inner).CallAsync(function, call.Arguments, command.Span);
        }

        if (builtin is not null)
        {
            return await builtin(call);
        }

        var assigned = command.Assignments
            .Select(assignment => assignment.Name)
            .Distinct(StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                key => key, key => inner.State.Get(key) ?? string.Empty, StringComparer.Ordinal);
        return await new ProgramRunner(inner).RunAsync(CommandBuiltins.AsProgram(call, call.Arguments) with
        {
            Assignments = assigned,
        });
    }

    // Variables set before a command live as long as it; those that the command itself set stay.
    private static void Restore(
        BuiltinCall call,
        ImmutableArray<Assignment> assignments,
        ImmutableDictionary<string, ShellVariable> before)
    {
        var state = call.Context.State;
        foreach (var name in assignments.Select(assignment => assignment.Name))
        {
            state.Variables = before.GetValueOrDefault(name) is { } old
                ? state.Variables.SetItem(name, old)
                : state.Variables.Remove(name);
        }
    }
}
