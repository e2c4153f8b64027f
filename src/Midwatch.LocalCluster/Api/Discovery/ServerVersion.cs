using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Discovery;

/// <summary>The Kubernetes version that the cluster behaves like.</summary>
internal static class ServerVersion
{
    // The one that the transcripts of tests/Midwatch.LocalCluster.Tests were recorded on.
    public const string Git = "v1.35.6";

    // What is not the version is as in a build of it; of which commit, nobody could say.
    public static JsonObject ToJson() => new()
    {
        ["major"] = "1",
        ["minor"] = "35",
        ["emulationMajor"] = "1",
        ["emulationMinor"] = "35",
        ["minCompatibilityMajor"] = "1",
        ["minCompatibilityMinor"] = "34",
        ["gitVersion"] = Git,
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2025-04-23T13:00:00Z",
        ["goVersion"] = "go1.25.7",
        ["compiler"] = "gc",
        ["platform"] = "linux/amd64",
    };
}
