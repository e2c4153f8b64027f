using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Runbooks.Lint;

/// <summary>What a check found, before the catalogue gives it its severity.</summary>
/// <param name="Message">One sentence that says what is wrong and with what.</param>
/// <param name="Remedy">What to do about it, one sentence.</param>
internal sealed record Report(string Code, DocumentSpan Span, string Message, string Remedy);
