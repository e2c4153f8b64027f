namespace Midwatch.Shell.Interpretation;

/// <summary>A file that a redirection opens.</summary>
/// <param name="Path">Absolute and fully expanded.</param>
/// <param name="Writes">True for <c>&gt;</c> and its like, false for <c>&lt;</c>.</param>
public sealed record FileUse(string Path, bool Writes);
