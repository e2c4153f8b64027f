namespace Midwatch.LocalCluster.Controllers.Certificates;

/// <summary>Signs certificates with the cluster's authority.</summary>
internal interface ISigner
{
    /// <summary>Signs what a request asks for.</summary>
    /// <param name="request">A PKCS#10 request as PEM.</param>
    /// <param name="lifetime">Null for the longest that is given.</param>
    /// <param name="isForServers">Server authentication rather than client authentication.</param>
    /// <param name="trouble">What is wrong with the request, or null.</param>
    /// <returns>The certificate as PEM, or null.</returns>
    string? Sign(string request, TimeSpan? lifetime, bool isForServers, out string? trouble);
}
