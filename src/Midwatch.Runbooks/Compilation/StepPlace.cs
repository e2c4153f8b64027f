using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Compilation;

/// <summary>What stands around a step.</summary>
/// <param name="Title">The nearest heading, or the list item that it belongs to.</param>
/// <param name="Narrative">Prose right before it; null for none.</param>
/// <param name="Gate">The condition that the prose or heading states; null for none.</param>
internal sealed record StepPlace(Phase Phase, string Title, string? Narrative, Gate? Gate);
