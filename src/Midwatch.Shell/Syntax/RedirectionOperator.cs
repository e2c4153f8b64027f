namespace Midwatch.Shell.Syntax;

/// <summary>The operators of bash's redirections.</summary>
public enum RedirectionOperator
{
    /// <summary><c>&lt;</c>.</summary>
    Input,

    /// <summary><c>&gt;</c>.</summary>
    Output,

    /// <summary><c>&gt;|</c>: also when <c>noclobber</c> is set.</summary>
    Clobber,

    /// <summary><c>&gt;&gt;</c>.</summary>
    Append,

    /// <summary><c>&lt;&gt;</c>.</summary>
    ReadWrite,

    /// <summary><c>&lt;&amp;</c>.</summary>
    DuplicateInput,

    /// <summary><c>&gt;&amp;</c>; with a word that is no descriptor it means <see cref="OutputAndError"/>.</summary>
    DuplicateOutput,

    /// <summary><c>&amp;&gt;</c>.</summary>
    OutputAndError,

    /// <summary><c>&amp;&gt;&gt;</c>.</summary>
    AppendOutputAndError,

    /// <summary><c>&lt;&lt;</c>.</summary>
    HereDocument,

    /// <summary><c>&lt;&lt;-</c>: leading tabs of the body are dropped.</summary>
    HereDocumentDedented,

    /// <summary><c>&lt;&lt;&lt;</c>.</summary>
    HereString,
}
