using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Runbooks.Lint;

/// <summary>A diagnostic with the file that it is about.</summary>
/// <param name="Path">The file, as the user named it: a runbook, a rule file or a manifest.</param>
public sealed record Finding(string Path, RunbookDiagnostic Diagnostic);
