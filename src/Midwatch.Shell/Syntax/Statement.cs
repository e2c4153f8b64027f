using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>A command with what bash allows around it.</summary>
/// <param name="Command">Null when there are only redirections (<c>&gt; file</c>), or a bare <c>!</c>.</param>
/// <param name="Redirections">In source order, which is the order in which they take effect.</param>
/// <param name="Negated">A <c>!</c> stood before it: the exit status is inverted.</param>
/// <param name="Background">An <c>&amp;</c> ended it: nobody waits for it.</param>
public sealed record Statement(
    SourceSpan Span,
    Command? Command,
    ImmutableArray<Redirection> Redirections,
    bool Negated,
    bool Background) : ShellNode(Span);
