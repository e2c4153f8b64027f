using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>A function that runs.</summary>
/// <param name="Place">Where it was called.</param>
internal sealed record FunctionCall(string Name, SourceSpan Place);
