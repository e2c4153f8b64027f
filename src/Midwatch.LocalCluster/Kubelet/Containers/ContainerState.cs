using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>core/v1 ContainerState.</summary>
internal abstract record ContainerState
{
    private ContainerState()
    {
    }

    internal sealed record Waiting(string Reason, string? Message = null) : ContainerState;

    internal sealed record Running(DateTimeOffset StartedAt) : ContainerState;

    /// <param name="ContainerId">Whose end it is; the log of the instance before is found by it.</param>
    internal sealed record Terminated(
        int ExitCode,
        string Reason,
        string? Message,
        DateTimeOffset StartedAt,
        DateTimeOffset FinishedAt,
        string ContainerId) : ContainerState;

    /// <summary>As it stands in a container's status.</summary>
    public JsonObject ToJson() => this switch
    {
        Waiting waiting => new() { ["waiting"] = Describe([], waiting.Message, waiting.Reason) },
        Running running => new()
        {
            ["running"] = new JsonObject { ["startedAt"] = KubernetesTime.Format(running.StartedAt) },
        },
        Terminated ended => new() { ["terminated"] = Describe(ended) },
        _ => throw new System.Diagnostics.UnreachableException(GetType().Name),
    };

    private static JsonObject Describe(Terminated ended)
    {
        var json = new JsonObject
        {
            ["containerID"] = ended.ContainerId,
            ["exitCode"] = ended.ExitCode,
            ["finishedAt"] = KubernetesTime.Format(ended.FinishedAt),
        };
        _ = Describe(json, ended.Message, ended.Reason);
        json["startedAt"] = KubernetesTime.Format(ended.StartedAt);
        return json;
    }

    private static JsonObject Describe(JsonObject json, string? message, string reason)
    {
        if (!string.IsNullOrEmpty(message))
        {
            json["message"] = message;
        }

        json["reason"] = reason;
        return json;
    }
}
