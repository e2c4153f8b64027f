namespace Midwatch.LocalCluster.Api.Patching;

/// <summary>
/// Leaves the recursion of a strategic merge that cannot be done; never leaves <see cref="StrategicMergePatch"/>.
/// </summary>
public sealed class StrategicPatchException(string message) : Exception(message);
