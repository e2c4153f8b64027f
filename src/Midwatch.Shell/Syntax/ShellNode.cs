namespace Midwatch.Shell.Syntax;

/// <summary>
/// Anything the parser makes out of text. Trees are immutable and know nothing of what they are used for.
/// </summary>
/// <param name="Span">Exactly the characters of this node. A node's span holds those of its children, with one
/// exception that bash's grammar asks for: the body of a here-document follows the line it is named on.</param>
public abstract record ShellNode(SourceSpan Span);
