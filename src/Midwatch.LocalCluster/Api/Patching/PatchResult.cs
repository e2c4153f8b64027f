using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Patching;

/// <summary>What became of applying a patch.</summary>
internal abstract record PatchResult
{
    private PatchResult()
    {
    }

    /// <summary>The patched object.</summary>
    internal sealed record Patched(JsonNode Body) : PatchResult;

    /// <summary>The patch itself cannot be read; 400.</summary>
    internal sealed record Malformed(string Message) : PatchResult;

    /// <summary>The patch does not fit the object, as a failed test; 422.</summary>
    internal sealed record DoesNotApply : PatchResult;

    /// <summary>The strategic merge failed inside; 500 without a reason, as Kubernetes does.</summary>
    internal sealed record Failed(string Message) : PatchResult;
}
