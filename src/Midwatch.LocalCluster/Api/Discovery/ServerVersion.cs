using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Discovery;

/// <summary>The Kubernetes version that the cluster behaves like.</summary>
internal static class ServerVersion
{
    // 1.33: the newest that the stock kubectl of a Debian with Google's packages does not warn about.
    public const string Git = "v1.33.0+midwatch";

    public static JsonObject ToJson() => new()
    {
        ["major"] = "1",
        ["minor"] = "33",
        ["emulationMajor"] = "1",
        ["emulationMinor"] = "33",
        ["minCompatibilityMajor"] = "1",
        ["minCompatibilityMinor"] = "32",
        ["gitVersion"] = Git,
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2025-04-23T13:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = "",
        ["platform"] = "linux/amd64",
    };
}
