namespace Midwatch.Shell.Tests.Oracle;

/// <summary>
/// What shfmt 3.6 groups otherwise than bash: the same nodes in the same order, so its tree is grouped as bash groups
/// and then compared to its end. Parentheses and braces that are written stay nodes of their own.
/// </summary>
internal static class Grouping
{
    /// <summary>Within <c>[[ ]]</c> bash has <c>!</c> before <c>&amp;&amp;</c> before <c>||</c>; shfmt groups from
    /// the right.</summary>
    public const string PrecedenceInATest = "precedence-in-a-test";

    /// <summary>
    /// In <c>f() { …; } &amp;&amp; g</c> bash has a list that begins with a function (a body is one compound command);
    /// shfmt a function whose body is the list.
    /// </summary>
    public const string ListBehindAFunction = "list-behind-a-function";
}
