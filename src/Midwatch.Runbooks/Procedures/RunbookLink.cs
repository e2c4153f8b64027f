namespace Midwatch.Runbooks.Procedures;

/// <summary>Where a link leads.</summary>
public enum LinkKind
{
    /// <summary>To a heading of the same document.</summary>
    Jump,

    /// <summary>To another document of the same collection.</summary>
    Document,

    /// <summary>To a page elsewhere.</summary>
    Page,
}

/// <summary>A link in the prose of a procedure.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Target">Where it leads, as written.</param>
/// <param name="Condition">The condition under which one follows it; null when the sentence states none.</param>
public sealed record RunbookLink(LinkKind Kind, string Text, string Target, string? Condition, int Line);
