using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>What a Service did when it was asked through the API server.</summary>
/// <param name="Value"><c>answers</c>, <c>refuses</c>, <c>times-out</c> or <c>no-endpoint</c>; empty when it could not
/// be asked.</param>
/// <param name="Words">The API server's words, or the status.</param>
/// <param name="Outcome">Whether it could be asked.</param>
public sealed record ServiceAnswer(Subject Service, string Port, string Value, string Words, ReadOutcome Outcome);
