namespace Midwatch.Shell.Syntax;

/// <summary>Why a text, or a part of it, cannot be taken.</summary>
/// <param name="Code">Stable id such as <c>SH1004</c>; listed in <c>docs/reference/shell.md</c>.</param>
/// <param name="Message">One sentence: what is wrong.</param>
/// <param name="Remedy">One sentence: what a person can do.</param>
/// <param name="Span">Where.</param>
public sealed record ShellDiagnostic(string Code, string Message, string Remedy, SourceSpan Span)
{
    /// <summary>Prints <c>line:column: code: message remedy</c> against the text that was parsed.</summary>
    public string Format(string text) => $"{ShellPosition.Of(text, Span.Start)}: {Code}: {Message} {Remedy}";
}
