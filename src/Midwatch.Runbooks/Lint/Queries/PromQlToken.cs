namespace Midwatch.Runbooks.Lint.Queries;

/// <summary>A token of a PromQL expression: a name, a number, a string, or an operator.</summary>
/// <param name="At">Offset of its first character.</param>
internal readonly record struct PromQlToken(PromQlKind Kind, string Text, int At);

/// <summary>What a token is.</summary>
internal enum PromQlKind
{
    /// <summary>A metric, function, label or keyword.</summary>
    Name,

    /// <summary>A number or duration.</summary>
    Number,

    /// <summary>A quoted text.</summary>
    Text,

    /// <summary>Anything else: one operator or bracket.</summary>
    Sign,
}
