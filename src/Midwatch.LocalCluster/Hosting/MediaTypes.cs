namespace Midwatch.LocalCluster.Hosting;

/// <summary>Content types of requests to the API.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string MergePatch = "application/merge-patch+json";
    public const string StrategicMergePatch = "application/strategic-merge-patch+json";
}
