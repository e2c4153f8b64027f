using Microsoft.Win32.SafeHandles;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>
/// Runs pipelines: every part is a subshell at work at the same time, joined by operating system pipes.
/// </summary>
internal sealed class PipelineExecutor(ShellContext context)
{
    public async ValueTask<Flow> RunAsync(Command.Pipeline pipeline)
    {
        var parts = new List<Task<Flow>>();
        SafeFileHandle? input = null;
        var here = context.State.Options.IsOn("lastpipe");
        for (var i = 0; i < pipeline.Statements.Length; i++)
        {
            var descriptors = context.Descriptors.Copy();
            if (input is not null)
            {
                descriptors.Set(0, input);
                input = null;
            }

            var last = i == pipeline.Operators.Length;
            var statement = pipeline.Statements[i];
            if (!last)
            {
                var pipe = context.Run.Host.CreatePipe();
                descriptors.Set(1, pipe.Writer);
                input = pipe.Reader;
                statement = pipeline.Operators[i] == PipeOperator.OutputAndError ? WithError(statement) : statement;
            }

            // What reports its process id is the last part, as $! wants it.
            var part = last && here
                ? context with { Descriptors = descriptors }
                : context.Subshell(descriptors) with { Started = last ? context.Started : null, Part = statement };
            parts.Add(context.Run.BeginFlow(statement.Span)
                ? Task.Run(() => RunPartAsync(part, statement, isSubshell: !(last && here)))
                : Skip(descriptors));
        }

        return Combine(await Task.WhenAll(parts));
    }

    private static Task<Flow> Skip(DescriptorTable descriptors)
    {
        descriptors.Dispose();
        return Task.FromResult(RunScope.Ended);
    }

    private Flow Combine(Flow[] flows)
    {
        if (flows.Any(flow => flow.Kind == FlowKind.Stop))
        {
            return RunScope.Ended;
        }

        context.State.PipeStatus = [.. flows.Select(flow => flow.Status)];
        var status = context.State.Options.PipeFail
            ? flows.LastOrDefault(flow => flow.Status != 0).Status
            : flows[^1].Status;
        return context.State.Options.IsOn("lastpipe") && !flows[^1].GoesOn
            ? flows[^1] with { Status = status }
            : Flow.Next(status);
    }

    private static async Task<Flow> RunPartAsync(ShellContext part, Statement statement, bool isSubshell)
    {
        using var descriptors = part.Descriptors;
        try
        {
            var lists = new ListExecutor(part);
            return await (isSubshell ? lists.RunSubshellAsync([statement]) : lists.RunAsync(statement));
        }
        finally
        {
            part.Run.EndFlow();
        }
    }

    // `a |& b` is `a 2>&1 | b`, behind the redirections that were written.
    private static Statement WithError(Statement statement)
    {
        var end = new SourceSpan(statement.Span.End, 0);
        var target = new Word(end, [new WordPart.Literal(end, "1")]);
        var redirection = new Redirection(end, 2, null, RedirectionOperator.DuplicateOutput, target);
        return statement with { Redirections = statement.Redirections.Add(redirection) };
    }
}
