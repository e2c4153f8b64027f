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
        for (var i = 0; i < pipeline.Statements.Length; i++)
        {
            var descriptors = context.Descriptors.Copy();
            if (input is not null)
            {
                descriptors.Set(0, input);
                input = null;
            }

            var statement = pipeline.Statements[i];
            if (i < pipeline.Operators.Length)
            {
                var pipe = context.Run.Host.CreatePipe();
                descriptors.Set(1, pipe.Writer);
                input = pipe.Reader;
                statement = pipeline.Operators[i] == PipeOperator.OutputAndError ? WithError(statement) : statement;
            }

            // What reports its process id is the last part, as $! wants it.
            var part = context.Subshell(descriptors) with
            {
                Tested = false,
                Started = i == pipeline.Operators.Length ? context.Started : null,
            };
            parts.Add(Task.Run(() => RunPartAsync(part, statement)));
        }

        var flows = await Task.WhenAll(parts);
        return Combine(flows);
    }

    private Flow Combine(Flow[] flows)
    {
        if (flows.Any(flow => flow.Kind == FlowKind.Stop))
        {
            return RunScope.Ended;
        }

        context.State.PipeStatus = [.. flows.Select(flow => flow.Status)];
        return Flow.Next(context.State.Options.PipeFail
            ? flows.LastOrDefault(flow => flow.Status != 0).Status
            : flows[^1].Status);
    }

    private static async Task<Flow> RunPartAsync(ShellContext part, Statement statement)
    {
        using var descriptors = part.Descriptors;
        return await new ListExecutor(part).RunAsync(statement);
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
