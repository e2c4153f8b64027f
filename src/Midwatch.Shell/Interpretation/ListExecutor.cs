using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Runs lists of statements: what joins commands, and what may stand around one.</summary>
internal sealed class ListExecutor(ShellContext context)
{
    // 128 and the number of SIGPIPE.
    private const int NobodyReadsStatus = 141;

    /// <summary>Runs the statements of a subshell to its end, its trap of EXIT included.</summary>
    public async ValueTask<Flow> RunSubshellAsync(ImmutableArray<Statement> statements)
    {
        var flow = await RunAsync(statements);
        return await Traps.AtExitAsync(context, flow.Kind == FlowKind.Discard ? Flow.Exit(flow.Status) : flow);
    }

    /// <summary>Runs the statements of a text: what was given up is given up to the end of its line.</summary>
    /// <param name="text">Tells the lines; null when each statement counts as a line.</param>
    public async ValueTask<Flow> RunTextAsync(ImmutableArray<Statement> statements, string? text)
    {
        var flow = Flow.Next(0);
        for (var i = 0; i < statements.Length; i++)
        {
            flow = await RunAsync(statements[i]);
            if (flow.Kind == FlowKind.Discard)
            {
                flow = Flow.Next(flow.Status);
                while (i + 1 < statements.Length && text is not null && OnOneLine(text, statements[i],
                    statements[i + 1]))
                {
                    i++;
                }
            }

            if (!flow.GoesOn)
            {
                break;
            }
        }

        return flow;
    }

    private static bool OnOneLine(string text, Statement first, Statement second) =>
        !text.Contains('\n', StringComparison.Ordinal)
        || (second.Span.Start <= text.Length && first.Span.End <= second.Span.Start
            && !text.AsSpan(first.Span.End, second.Span.Start - first.Span.End).Contains('\n'));

    public async ValueTask<Flow> RunAsync(ImmutableArray<Statement> statements)
    {
        var flow = Flow.Next(0);
        foreach (var statement in statements)
        {
            flow = await RunAsync(statement);
            if (!flow.GoesOn)
            {
                return flow;
            }
        }

        return flow;
    }

    public async ValueTask<Flow> RunAsync(Statement statement)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            // Functions in functions in compound commands: go on with a fresh stack.
            await Task.Yield();
        }

        context.Run.Cancellation.ThrowIfCancellationRequested();
        if (context.Run.MustEnd)
        {
            return RunScope.Ended;
        }

        Flow flow;
        if (statement.Background)
        {
            flow = await new BackgroundStarter(context).StartAsync(statement with { Background = false });
        }
        else
        {
            var inner = statement.Negated ? context with { Tested = true } : context;
            flow = await new ListExecutor(inner).RunCommandAsync(statement);
            if (statement.Negated && flow.GoesOn)
            {
                flow = Flow.Next(flow.Status == 0 ? 1 : 0);
            }
        }

        if (context.State.PipeBroken && flow.Kind != FlowKind.Stop)
        {
            return Flow.Exit(NobodyReadsStatus);
        }

        if (flow.ExitsHere)
        {
            // Here, where the redirections and locals of what surrounds it are still in force.
            flow = await Traps.AtExitAsync(context, flow);
        }

        if (flow.Kind != FlowKind.Stop)
        {
            context.State.LastStatus = flow.Status;
            if (statement.Command is Command.Simple or Command.Declaration or Command.Subshell or Command.Test
                or Command.Arithmetic or Command.FunctionDeclaration or null)
            {
                context.State.PipeStatus = [flow.Status];
            }
        }

        return flow;
    }

    private async ValueTask<Flow> RunCommandAsync(Statement statement)
    {
        if (statement.Command is Command.AndOrList list)
        {
            return await RunAndOrAsync(list);
        }

        // What a command itself sets does not see it fail.
        var ends = ReferenceEquals(statement, context.Part)
            && statement.Command is Command.Simple or Command.Subshell;
        var trapped = !ends && context.State.Traps.ContainsKey(Traps.Error);

        var flow = statement.Command switch
        {
            Command.Pipeline pipeline => await new PipelineExecutor(context).RunAsync(pipeline),
            Command.Simple simple => await new SimpleExecutor(context, statement.Redirections).RunAsync(simple),
            Command.Declaration declaration => await new DeclarationExecutor(context, statement.Redirections)
                .RunAsync(declaration),
            Command.Time time => await new TimeExecutor(context).RunAsync(time),
            _ => await RunCompoundAsync(statement),
        };

        // What stands inside other commands has been looked at there.
        var counts = statement.Command is Command.Pipeline or Command.Simple or Command.Declaration
            or Command.Subshell or Command.Arithmetic or Command.Test or null;
        return counts && flow.GoesOn && flow.Status != 0 && !context.Tested
            ? await FailedAsync(flow, trapped)
            : flow;
    }

    private async ValueTask<Flow> FailedAsync(Flow flow, bool trapped)
    {
        if (trapped && await Traps.AtErrorAsync(context, flow.Status) is { } ended)
        {
            return ended;
        }

        return context.State.Options.ErrExit ? Flow.Exit(flow.Status) : flow;
    }

    private async ValueTask<Flow> RunAndOrAsync(Command.AndOrList list)
    {
        var tested = new ListExecutor(context with { Tested = true });
        var flow = await tested.RunAsync(list.Statements[0]);
        for (var i = 1; i < list.Statements.Length && flow.GoesOn; i++)
        {
            if ((flow.Status == 0) == (list.Operators[i - 1] == AndOrOperator.And))
            {
                flow = await (i == list.Statements.Length - 1 ? this : tested).RunAsync(list.Statements[i]);
            }
        }

        return flow;
    }

    private async ValueTask<Flow> RunCompoundAsync(Statement statement)
    {
        if (statement.Redirections.IsEmpty || statement.Command is Command.FunctionDeclaration)
        {
            return statement.Command is { } command ? await new CompoundExecutor(context).RunAsync(command)
                : Flow.Next(0);
        }

        if (statement.Command is Command.Subshell subshell)
        {
            return await new CompoundExecutor(context).RunSubshellAsync(subshell, statement.Redirections);
        }

        var redirector = new Redirector(context with { Descriptors = context.Descriptors.Layer() });
        var flow = await RedirectedAsync(statement, redirector);
        await redirector.Host.ReadersAsync();
        return flow;
    }

    private async ValueTask<Flow> RedirectedAsync(Statement statement, Redirector redirector)
    {
        using var descriptors = redirector.Table;
        await redirector.ApplyAsync(statement.Redirections);
        if (redirector.Ending is { } ending)
        {
            return ending.GoesOn && !context.Tested ? await FailedAsync(ending, trapped: true) : ending;
        }

        if (statement.Command is null)
        {
            return Flow.Next(0);
        }

        var inner = context with { Descriptors = descriptors };
        var flow = await new CompoundExecutor(inner).RunAsync(statement.Command);
        return flow.ExitsHere ? await Traps.AtExitAsync(inner, flow) : flow;
    }
}
