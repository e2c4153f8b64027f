namespace Midwatch.Diagnosis.Scenarios;

/// <summary>A condition in words, asked of the evidence.</summary>
/// <param name="CommandId">The command that it stands before; null when it stands before the whole step.</param>
/// <param name="Text">The words.</param>
/// <param name="Predicate">What they compiled to; null when nothing was found: a question to a person.</param>
/// <param name="State">False: not to be done. Unknown: missing, or to be answered by a person.</param>
public sealed record GateResult(
    string StepId, string? CommandId, string Text, string? Predicate, Truth State, string Why, int Line);
