using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>The pod that came of it, or why the API server would not have it.</summary>
internal sealed record PodCreation(StoredObject? Created, string? Refusal);
