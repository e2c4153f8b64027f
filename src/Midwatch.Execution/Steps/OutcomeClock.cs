using Midwatch.Execution.Redaction;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Execution.Steps;

/// <summary>Begins an outcome when the command is begun, and gives it its times when it ends.</summary>
internal sealed class OutcomeClock(TimeProvider time, StepCommand command, Redactor redactor)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _start = time.GetTimestamp();

    public CommandOutcome End(CommandEnd end) => new()
    {
        CommandId = command.Id,
        Text = redactor.Redact(command.Text),
        Line = command.Span.Line,
        Column = command.Span.Column,
        End = end,
        StartedAt = _startedAt,
        Took = time.GetElapsedTime(_start),
    };
}
