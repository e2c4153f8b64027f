using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>
/// Completes a pod in place as admission does for every new one (defaults, service account, tolerations), or returns
/// the refusal in the API server's words.
/// </summary>
internal delegate string? PodAdmission(ObjectKey key, JsonObject pod);
