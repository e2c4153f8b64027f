namespace Midwatch.Shell.Syntax;

/// <summary>Where <c>${x/p/r}</c> replaces.</summary>
public enum ReplaceScope
{
    /// <summary><c>/p/r</c>: the first match.</summary>
    First,

    /// <summary><c>//p/r</c>: every match.</summary>
    All,

    /// <summary><c>/#p/r</c>: a match at the beginning.</summary>
    Beginning,

    /// <summary><c>/%p/r</c>: a match at the end.</summary>
    End,
}
