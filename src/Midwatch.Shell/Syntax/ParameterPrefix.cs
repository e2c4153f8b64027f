namespace Midwatch.Shell.Syntax;

/// <summary>What stands between <c>${</c> and the name.</summary>
public enum ParameterPrefix
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary><c>#</c>: the length of the value, or the number of elements.</summary>
    Length,

    /// <summary>
    /// <c>!</c>: the value names another variable; with a subscript of <c>@</c> or <c>*</c>, the keys.
    /// </summary>
    Indirect,
}
