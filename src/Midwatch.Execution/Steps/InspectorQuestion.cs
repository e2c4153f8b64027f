namespace Midwatch.Execution.Steps;

/// <summary>What a command wanted to know by making a temporary pod.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Host">The name as the command has it: a Service, maybe with its namespace.</param>
/// <param name="Port">The port; null when the command names none.</param>
/// <param name="Path">For HTTP: path and query.</param>
public sealed record InspectorQuestion(QuestionKind Kind, string Host, int? Port, string? Path)
{
    private string Place => Port is { } port ? FormattableString.Invariant($"{Host}:{port}") : Host;

    /// <summary>As a question for people.</summary>
    public override string ToString() => Kind switch
    {
        QuestionKind.Ping => $"Does {Place} answer a PING?",
        QuestionKind.Connect => $"Does {Place} take connections?",
        QuestionKind.Http => $"What does http://{Place}{Path} answer?",
        _ => $"Is there a Service {Host}?",
    };
}
