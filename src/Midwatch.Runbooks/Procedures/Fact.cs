namespace Midwatch.Runbooks.Procedures;

/// <summary>What a fact tells of.</summary>
public enum FactKind
{
    /// <summary>Who is hit, and how.</summary>
    Impact,

    /// <summary>What happens by itself, or is to be expected meanwhile.</summary>
    Behaviour,

    /// <summary>A warning, note or admonition.</summary>
    Warning,

    /// <summary>A named value of its head ("Auto-resolve: yes").</summary>
    Field,
}

/// <summary>A statement for people that decides nothing by itself.</summary>
/// <param name="Text">The words, in plain text; of a field with its name.</param>
public sealed record Fact(FactKind Kind, string Text, int Line);
