using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Runs lists of statements: what joins commands, and what may stand around one.</summary>
internal sealed class ListExecutor(ShellContext context)
{
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

        if (flow.Kind != FlowKind.Stop)
        {
            context.State.LastStatus = flow.Status;
            if (statement.Command is Command.Simple or Command.Declaration or Command.Subshell)
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

        var flow = statement.Command switch
        {
            Command.Pipeline pipeline => await new PipelineExecutor(context).RunAsync(pipeline),
            Command.Simple simple => await new SimpleExecutor(context, statement.Redirections).RunAsync(simple),
            Command.Declaration declaration => await new DeclarationExecutor(context, statement.Redirections)
                .RunAsync(declaration),
            _ => await RunCompoundAsync(statement),
        };

        // What stands inside other commands has been looked at there.
        var counts = statement.Command is Command.Pipeline or Command.Simple or Command.Declaration
            or Command.Subshell or Command.Arithmetic or Command.Test;
        return counts && flow.GoesOn && flow.Status != 0 && context.State.Options.ErrExit && !context.Tested
            ? Flow.Exit(flow.Status)
            : flow;
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
        if (statement.Redirections.IsEmpty)
        {
            return statement.Command is { } command ? await new CompoundExecutor(context).RunAsync(command)
                : Flow.Next(0);
        }

        var redirector = new Redirector(context);
        using var descriptors = await redirector.ApplyAsync(statement.Redirections);
        if (redirector.Ending is { } ending)
        {
            return ending;
        }

        return statement.Command is null
            ? Flow.Next(0)
            : await new CompoundExecutor(context with { Descriptors = descriptors }).RunAsync(statement.Command);
    }
}
