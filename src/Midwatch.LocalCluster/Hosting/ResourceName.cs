namespace Midwatch.LocalCluster.Hosting;

/// <summary>A kind as the API's paths name it.</summary>
/// <param name="Root">As "/apis/apps/v1".</param>
internal sealed record ResourceName(string Root, string Plural, string Singular, bool IsNamespaced)
{
    /// <summary>As kubectl prints it: "deployment.apps", "secret".</summary>
    public string Title => Root.StartsWith("/apis/", StringComparison.Ordinal)
        ? $"{Singular}.{Root.Split('/')[2]}"
        : Singular;

    public string Collection(string ns) =>
        IsNamespaced ? $"{Root}/namespaces/{Uri.EscapeDataString(ns)}/{Plural}" : $"{Root}/{Plural}";
}
