namespace Midwatch.Diagnosis;

/// <summary>What one command of the runbook printed.</summary>
/// <param name="CommandId">The command's id within the document.</param>
/// <param name="Text">The command as it ran.</param>
/// <param name="ExitCode">Null when it did not end by itself.</param>
/// <param name="Output">Standard output and error, redacted.</param>
public sealed record CommandOutput(string CommandId, string Text, int? ExitCode, string Output);
