namespace Midwatch.Runbooks.Diagnostics;

/// <summary>How much a diagnostic matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>The runbook still runs, but not as its author means.</summary>
    Warning,

    /// <summary>The part that it names is refused.</summary>
    Error,
}

/// <summary>A place in a document: lines and columns are 1-based, the end is exclusive.</summary>
public readonly record struct DocumentSpan(int Line, int Column, int EndLine, int EndColumn);

/// <summary>One thing that is wrong with a runbook, or that the compiler did not understand.</summary>
/// <param name="Code">Stable id, <c>MW</c> and four digits.</param>
/// <param name="Message">One sentence that says what is wrong and with what.</param>
/// <param name="Remedy">What to do about it; null when the message already says it.</param>
public sealed record RunbookDiagnostic(
    string Code, Severity Severity, string Message, DocumentSpan Span, string? Remedy = null);
