namespace Midwatch.Execution.Steps;

/// <summary>What the cluster said to a question.</summary>
/// <param name="Holds">True for yes, false for no, null when it could not be told.</param>
/// <param name="Sentence">The answer for people, with what it was read from.</param>
public sealed record QuestionAnswer(bool? Holds, string Sentence);
