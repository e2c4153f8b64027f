namespace Midwatch.Diagnosis.Scenarios;

/// <summary>Whether a command of the scenario stays in the plan.</summary>
/// <param name="Why">Why it stays, or why it is left out.</param>
public sealed record BranchCommand(string CommandId, bool Kept, string Why, int Line);
