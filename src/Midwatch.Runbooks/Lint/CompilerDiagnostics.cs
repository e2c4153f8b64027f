using System.Text.RegularExpressions;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects.Tools;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Lint;

/// <summary>
/// The compiler's diagnostics that are mistakes of the author. The compiler refuses what it cannot read; whether that
/// was meant as a command at all is asked here.
/// </summary>
internal static partial class CompilerDiagnostics
{
    // How far above a command the words may stand that say for which shell it is.
    private const int LinesAbove = 12;

    /// <summary>Those that are reported.</summary>
    public static IEnumerable<RunbookDiagnostic> Of(LintDocument document, ToolLibrary tools) =>
        document.Runbook.Diagnostics.Where(diagnostic => diagnostic.Code switch
        {
            "MW1002" => IsCommand(document, diagnostic, tools),
            "MW1004" => IsLast(document, diagnostic),
            "MW2001" => !IsDeclared(document, diagnostic),
            "MW3001" => IsRunbook(document),
            _ => true,
        }).Select(diagnostic => Told(document, diagnostic));

    /// <summary>Of an entity of HTML the compiler sees only what the shell would trip over behind it.</summary>
    private static RunbookDiagnostic Told(LintDocument document, RunbookDiagnostic diagnostic) =>
        diagnostic.Code == "MW1002" && HtmlEntity.First(document.Lines[diagnostic.Span.Line]) is { } entity
            ? diagnostic with
            {
                Message = $"The command cannot be read: a block shows '{entity}' as it stands, and a shell reads '&'.",
                Span = document.SpanOf(diagnostic.Span.Line, entity),
                Remedy = "Write the sign itself.",
            }
            : diagnostic;

    /// <summary>
    /// Nothing but a comment stands behind the backslash and its blank: otherwise the blank is what is protected
    /// (<c>cut -d\ -f1</c>).
    /// </summary>
    private static bool IsLast(LintDocument document, RunbookDiagnostic diagnostic)
    {
        var line = document.Lines[diagnostic.Span.Line];
        return line[Math.Clamp(diagnostic.Span.Column, 0, line.Length)..].TrimStart() is "" or ['#', ..];
    }

    /// <summary>The text begins with a program, which is not also a word of prose or of a query.</summary>
    private static bool IsCommand(LintDocument document, RunbookDiagnostic diagnostic, ToolLibrary tools)
    {
        var command = document.Commands.FirstOrDefault(each =>
            each.Span.Line <= diagnostic.Span.Line && diagnostic.Span.Line <= each.Span.EndLine);
        var words = (command?.Text ?? document.Lines[diagnostic.Span.Line].Trim()).Split(' ', 3);
        return words.Length > 1 && words[0] != "[" && !(command?.Text ?? words[^1]).TrimEnd().EndsWith(':')
            && !(diagnostic.Message.Contains('(', StringComparison.Ordinal) && IsOfOtherShell(document, diagnostic))
            && tools.Find(words[0]) is not null && !Prose().IsMatch(words[0])
            && !Hole().IsMatch(document.Lines[diagnostic.Span.Line]) && !Sketch().IsMatch(command?.Text ?? "")
            && !words[1].StartsWith('(') && words[1] is not ("by" or "=" or ":" or "is" or "and");
    }

    /// <summary>
    /// Its heading, or the prose right above its block, says that the command is for a shell with other brackets.
    /// </summary>
    private static bool IsOfOtherShell(LintDocument document, RunbookDiagnostic diagnostic)
    {
        var line = diagnostic.Span.Line;
        var heading = document.Outline.OfType<OutlineNode.Heading>().LastOrDefault(each => each.Line < line);
        var from = Math.Max(heading?.Line ?? 1, line - LinesAbove);
        return Enumerable.Range(from, line - from + 1).Any(each => OtherShell().IsMatch(document.Lines[each]))
            || OtherShell().IsMatch(heading?.Text ?? "");
    }

    /// <summary>The word is the name of a function that the document declares.</summary>
    private static bool IsDeclared(LintDocument document, RunbookDiagnostic diagnostic)
    {
        var line = document.Lines[diagnostic.Span.Line];
        var from = Math.Clamp(diagnostic.Span.Column - 1, 0, line.Length);
        var name = Name().Match(line[from..]).Value;
        return name.Length > 0
            && (document.Runbook.Text.Contains($"{name}()", StringComparison.Ordinal)
                || document.Runbook.Text.Contains($"function {name}", StringComparison.Ordinal));
    }

    /// <summary>
    /// A page that promises steps by its headings; an index, a record or a concept need none, and one that leads to
    /// other documents has its steps there.
    /// </summary>
    private static bool IsRunbook(LintDocument document) =>
        document.Naming is { IsTemplate: false, IsRecord: false, IsIndex: false }
        && document.Runbook.Procedures.All(procedure => procedure.Links.IsEmpty)
        && document.Outline.OfType<OutlineNode.Heading>().Skip(1)
            .Any(heading => Steps().IsMatch(HeadingText.Bare(heading.Text)));

    [GeneratedRegex(
        @"^(sum|sort|join|file|date|test|time|find|which|read|install|host|w|who|set|top|more|less|make|id|last|let|split|link|stat|patch|service|group|at|import|from|python|node|column|head|tail|cut|return|func|export|local|print|type|command)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Prose();

    /// <summary>
    /// A hole that is none to the shell's reader: a path or a command in angle brackets, three words and more, a number
    /// before its noun, a generator's.
    /// </summary>
    [GeneratedRegex(@"<(/|[\w .,:'-]*`)[^<>|;]*>|<\w+( [\w.,:'/-]+){2,}>|<\d+-[A-Za-z][\w-]*>|\$\{\{",
        RegexOptions.CultureInvariant)]
    private static partial Regex Hole();

    [GeneratedRegex(@"\b(fish|elvish|nushell|powershell|xonsh)\b|\.fish\b|\.elv\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OtherShell();

    /// <summary>
    /// Arrows, dots in brackets, a lone ellipsis, a remark in brackets or set apart at the end, what may be left out or
    /// chosen, a number to be reckoned: a picture of a command, which nobody is to type.
    /// </summary>
    [GeneratedRegex(
        @"[→⇒⟶]|\((\.\.\.|…)\)|(?<=\s)…(?=\s|$)|\s\([a-z]+( [\w'’]+){2,}\)\s*$|\s{2,}\([^()]+\)\s*$"
        + @"|\s\((<[\w -]+>|[A-Z][A-Z_-]*)(\.{2,}|…)?\)|\.\([A-Z][+-]\d\)"
        + @"|\[(flags|options|args|FLAGS|OPTIONS|ARGS)\]|\[[\w-]+(\.{2,}|…)?( \| [\w -]+)+\]"
        + @"|\[--?\w[\w-]*\|-|\s\([a-z]+:\s|\s\([a-z]+( ?\| ?[a-z]+)+\)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Sketch();

    [GeneratedRegex(@"[A-Za-z_]\w*", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"^(diagnosis|mitigation|resolution|troubleshooting|remediation|investigation|recovery|steps|resolution steps|procedure)( steps)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Steps();
}
