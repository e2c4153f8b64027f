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
        var expander = new Expander(context.State, new CaptureHost(context));
        var arguments = await expander.ExpandAsync(command.Words);
        if (expander.Failure is { } failure)
        {
            return new FailureReport(context).Report(failure);
        }

        var redirector = new Redirector(context);
        using var descriptors = await redirector.ApplyAsync(redirections);
        if (redirector.Ending is { } ending)
        {
            return ending;
        }

        var inner = context with { Descriptors = descriptors };
        if (arguments.Count == 0)
        {
            return await AssignAsync(inner, command, expander.RanSubstitution);
        }

        var before = context.State.Variables;
        var assignments = new AssignmentExecutor(inner);
        foreach (var assignment in command.Assignments)
        {
            if (await assignments.AssignAsync(assignment, exported: true) is { } failed)
            {
                context.State.Variables = before;
                return failed;
            }
        }

        return await DispatchAsync(inner, command, [.. arguments], redirector.Files, before);
    }

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

        // POSIX 2.9.1: without a command name the status is that of the last substitution.
        return Flow.Next(substituted || assignments.RanSubstitution ? inner.State.LastStatus : 0);
    }

    private static async ValueTask<Flow> DispatchAsync(
        ShellContext inner,
        Command.Simple command,
        ImmutableArray<string> arguments,
        ImmutableArray<FileUse> files,
        ImmutableDictionary<string, ShellVariable> before)
    {
        var name = arguments[0];
        Flow flow;
        var builtin = BuiltinTable.Find(name);
        var function = inner.State.Functions.GetValueOrDefault(name);
        if (function is not null || builtin is not null)
        {
            // Whoever waits for a process id waits in vain.
            inner.Started?.TrySetResult(null);
        }

        if (function is not null)
        {
            flow = await new FunctionCaller(inner).CallAsync(function, arguments, command.Span);
        }
        else if (builtin is not null)
        {
            flow = await builtin(new BuiltinCall(inner, arguments, command.Span, files));
        }
        else
        {
            var assigned = command.Assignments
                .Select(assignment => assignment.Name)
                .Distinct(StringComparer.Ordinal)
                .ToImmutableSortedDictionary(
                    key => key, key => inner.State.Get(key) ?? string.Empty, StringComparer.Ordinal);
            var call = new ProgramCall(arguments, assigned, files, inner.State.WorkingDirectory, command.Span);
            flow = await new ProgramRunner(inner).RunAsync(call);
        }

        // Variables set before a command live as long as it; those that the command itself set stay.
        foreach (var assignment in command.Assignments)
        {
            inner.State.Variables = before.GetValueOrDefault(assignment.Name) is { } old
                ? inner.State.Variables.SetItem(assignment.Name, old)
                : inner.State.Variables.Remove(assignment.Name);
        }

        return flow;
    }
}
