namespace Midwatch.Diagnosis.Scenarios;

/// <summary>Whether one acting command would help.</summary>
/// <param name="Action">Its action shape; null when it has none.</param>
public sealed record HelpCheck(string CommandId, string? Action, Help Help, string Because, int Line);
