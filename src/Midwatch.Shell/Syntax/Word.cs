using System.Collections.Immutable;
using System.Text;

namespace Midwatch.Shell.Syntax;

/// <summary>One word before expansion; it may become none, one or many arguments.</summary>
public sealed record Word(SourceSpan Span, ImmutableArray<WordPart> Parts) : ShellNode(Span)
{
    /// <summary>
    /// Gets the word's text with quotes removed when it holds no expansion and no placeholder, else null.
    /// Unquoted globs, braces and a leading tilde come back as they are written: ask <see cref="IsLiteral"/> about
    /// quoting.
    /// </summary>
    public string? StaticText
    {
        get
        {
            // As most words are.
            if (Parts is [WordPart.Literal only])
            {
                return only.Text;
            }

            var text = new StringBuilder();
            return WordPart.TryAppendStatic(Parts, text) ? text.ToString() : null;
        }
    }

    /// <summary>
    /// Gets whether nothing in the word is quoted, escaped or expanded: only then may it be a reserved word.
    /// </summary>
    public bool IsLiteral => Parts is [WordPart.Literal];
}
