using System.Collections.Immutable;
using System.Diagnostics;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Runs groups, branches, loops and tests.</summary>
internal sealed class CompoundExecutor(ShellContext context)
{
    private readonly ListExecutor _lists = new(context);

    public ValueTask<Flow> RunAsync(Command command) => command switch
    {
        Command.Group group => _lists.RunAsync(group.Body),
        Command.Subshell subshell => RunSubshellAsync(subshell, []),
        Command.If choice => RunIfAsync(choice),
        Command.While loop => RunWhileAsync(loop),
        Command.For loop => RunForAsync(loop),
        Command.ArithmeticFor loop => RunArithmeticForAsync(loop),
        Command.Case choice => RunCaseAsync(choice),
        Command.FunctionDeclaration function => Declare(function),
        Command.Arithmetic arithmetic => RunArithmeticAsync(arithmetic),
        Command.Test test => new TestExecutor(context).RunAsync(test),
        _ => throw new UnreachableException($"The check before the run lets no {command.GetType().Name} pass."),
    };

    /// <summary>Runs a subshell; what its redirections expand and assign is its own too.</summary>
    public async ValueTask<Flow> RunSubshellAsync(Command.Subshell subshell, ImmutableArray<Redirection> redirections)
    {
        using var descriptors = context.Descriptors.Copy();
        var inner = context.Subshell(descriptors);
        var redirector = new Redirector(inner);
        await redirector.ApplyAsync(redirections);
        var flow = redirector.Ending ?? await new ListExecutor(inner).RunSubshellAsync(subshell.Body);
        return flow.Kind == FlowKind.Stop ? flow : Flow.Next(flow.Status);
    }

    private async ValueTask<Flow> RunIfAsync(Command.If choice)
    {
        var tested = new ListExecutor(context with { Tested = true });
        foreach (var branch in choice.Branches)
        {
            var condition = await tested.RunAsync(branch.Condition);
            if (!condition.GoesOn)
            {
                return condition;
            }

            if (condition.Status == 0)
            {
                return await _lists.RunAsync(branch.Body);
            }
        }

        return await _lists.RunAsync(choice.Otherwise);
    }

    private async ValueTask<Flow> RunWhileAsync(Command.While loop)
    {
        var inner = context with { LoopDepth = context.LoopDepth + 1 };
        var condition = new ListExecutor(inner with { Tested = true });
        var body = new ListExecutor(inner);
        var status = 0;
        while (true)
        {
            var test = await condition.RunAsync(loop.Condition);
            if (test.GoesOn && (test.Status == 0) == loop.Until)
            {
                return Flow.Next(status);
            }

            var flow = test.GoesOn ? await body.RunAsync(loop.Body) : test;
            status = flow.Status;
            if (Ends(flow) is { } ended)
            {
                return ended;
            }
        }
    }

    private async ValueTask<Flow> RunForAsync(Command.For loop)
    {
        var values = context.State.Positional;
        if (loop.Items is { } items)
        {
            var expander = new Expander(context.State, new CaptureHost(context));
            values = [.. await expander.ExpandAsync(items)];
            if (expander.Failure is { } failure)
            {
                return new FailureReport(context).Report(failure);
            }
        }

        var body = new ListExecutor(context with { LoopDepth = context.LoopDepth + 1 });
        var status = 0;
        foreach (var value in values)
        {
            if (!context.State.TrySet(loop.Variable, value))
            {
                context.Complain($"{loop.Variable}: readonly variable");
                return new FailureReport(context).GivenUp;
            }

            var flow = await body.RunAsync(loop.Body);
            status = flow.Status;
            if (Ends(flow) is { } ended)
            {
                return ended;
            }
        }

        return Flow.Next(status);
    }

    private async ValueTask<Flow> RunArithmeticForAsync(Command.ArithmeticFor loop)
    {
        var body = new ListExecutor(context with { LoopDepth = context.LoopDepth + 1 });
        var expander = new Expander(context.State, new CaptureHost(context));
        var status = 0;
        await expander.EvaluateAsync(loop.Initial);
        while (expander.Failure is null)
        {
            if (loop.Condition is not null && await expander.EvaluateAsync(loop.Condition) == 0)
            {
                break;
            }

            var flow = await body.RunAsync(loop.Body);
            status = flow.Status;
            if (Ends(flow) is { } ended)
            {
                return ended;
            }

            await expander.EvaluateAsync(loop.Step);
        }

        return expander.Failure is { } failure ? new FailureReport(context).Report(failure, discards: false)
            : Flow.Next(status);
    }

    /// <summary>What a loop comes to when its body says that it ends; null when it goes on.</summary>
    private static Flow? Ends(Flow flow) => flow switch
    {
        { Kind: FlowKind.Next } => null,
        { Kind: FlowKind.Continue, Levels: <= 1 } => null,
        { Kind: FlowKind.Break, Levels: <= 1 } => Flow.Next(flow.Status),
        { Kind: FlowKind.Break or FlowKind.Continue } => flow with { Levels = flow.Levels - 1 },
        _ => flow,
    };

    private async ValueTask<Flow> RunCaseAsync(Command.Case choice)
    {
        var expander = new Expander(context.State, new CaptureHost(context));
        var subject = await expander.ExpandTextAsync(choice.Subject);
        var status = Flow.Next(0);
        var fallsThrough = false;
        foreach (var item in choice.Items)
        {
            if (!fallsThrough && !await MatchesAsync(expander, item.Patterns, subject))
            {
                if (expander.Failure is { } failure)
                {
                    return new FailureReport(context).Report(failure);
                }

                continue;
            }

            status = await _lists.RunAsync(item.Body);
            if (!status.GoesOn || item.Terminator == CaseTerminator.Break)
            {
                return status;
            }

            fallsThrough = item.Terminator == CaseTerminator.FallThrough;
        }

        return status;
    }

    private static async ValueTask<bool> MatchesAsync(Expander expander, ImmutableArray<Word> patterns, string subject)
    {
        foreach (var pattern in patterns)
        {
            var text = await expander.ExpandPatternAsync(pattern);
            var compiled = expander.Compile(text, folds: expander.State.Options.IsOn("nocasematch"));
            if (expander.Failure is null && expander.Matches(compiled, subject, pattern.Span))
            {
                return true;
            }
        }

        return false;
    }

    private ValueTask<Flow> Declare(Command.FunctionDeclaration function)
    {
        context.State.Functions = context.State.Functions.SetItem(function.Name, function.Body);
        return ValueTask.FromResult(Flow.Next(0));
    }

    private async ValueTask<Flow> RunArithmeticAsync(Command.Arithmetic arithmetic)
    {
        var expander = new Expander(context.State, new CaptureHost(context));
        var value = await expander.EvaluateAsync(arithmetic.Expression);
        return expander.Failure is { } failure
            ? new FailureReport(context).Report(failure, discards: false)
            : Flow.Next(value == 0 ? 1 : 0);
    }
}
