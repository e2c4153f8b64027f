using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>
/// Lets another part of the cluster complete or refuse an object before it is stored, as the network does with
/// ClusterIPs.
/// </summary>
internal interface IAdmissionHook
{
    /// <summary>May change <paramref name="body"/>, which already has its defaults.</summary>
    /// <param name="previous">The present version; null when the object is being made. Must not be changed.</param>
    /// <param name="isDryRun">Nothing will be stored: allocate nothing for good.</param>
    /// <returns>What is wrong, or null.</returns>
    FieldError? Admit(KindDefinition kind, JsonObject body, JsonObject? previous, bool isDryRun);
}
