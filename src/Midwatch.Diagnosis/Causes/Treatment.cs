namespace Midwatch.Diagnosis.Causes;

/// <summary>What an action does to a cause.</summary>
/// <param name="Action">An action shape of the effect data, such as <c>undo-rollout</c>.</param>
/// <param name="OnSubject">Whether the action has to hit the subject itself; else it may hit anything (freeing room elsewhere).</param>
/// <param name="Harms">Whether it makes things worse.</param>
public sealed record Treatment(string Action, string Because, bool OnSubject = true, bool Harms = false);
