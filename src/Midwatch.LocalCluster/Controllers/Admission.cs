using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>
/// Completes a new object in place as the API server does (defaults, a pod's service account and tolerations), or
/// returns the refusal in the API server's words.
/// </summary>
internal delegate string? Admission(ObjectKey key, JsonObject body);
