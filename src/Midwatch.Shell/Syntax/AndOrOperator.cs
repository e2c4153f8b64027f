namespace Midwatch.Shell.Syntax;

/// <summary>What joins two statements of an and-or list.</summary>
public enum AndOrOperator
{
    /// <summary><c>&amp;&amp;</c>.</summary>
    And,

    /// <summary><c>||</c>.</summary>
    Or,
}
