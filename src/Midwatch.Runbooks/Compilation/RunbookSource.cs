namespace Midwatch.Runbooks.Compilation;

/// <summary>A document to compile.</summary>
/// <param name="Path">Where it came from, as the user named it: only shown, never opened.</param>
/// <param name="Text">The document, with its own line ends.</param>
public sealed record RunbookSource(string Path, string Text);
