namespace Midwatch.Execution.Steps;

/// <summary>Why a command is not run.</summary>
/// <param name="Code">Stable id; <c>SH</c> and four digits come from the shell, <c>EX</c> from the rules of
/// running.</param>
/// <param name="Reason">One sentence: what is in the way.</param>
/// <param name="Remedy">One sentence: what a person can do; empty when the reason says it.</param>
/// <param name="Line">The line in the document, 1-based.</param>
/// <param name="Column">The column there, 1-based.</param>
public sealed record CommandRefusal(string Code, string Reason, string Remedy, int Line, int Column)
{
    /// <summary>As one line for people, the place first.</summary>
    public override string ToString() => $"{Line}:{Column}: {Reason} {Remedy}".TrimEnd();
}
