using Midwatch.LocalCluster.Api.Answers;

namespace Midwatch.LocalCluster.Api;

/// <summary>Paths of the server that are not Kubernetes': for administrators, and not there for anybody else.</summary>
internal interface IApiExtension
{
    /// <param name="method">As "POST".</param>
    /// <returns>Null when the path is not this extension's.</returns>
    ApiAnswer? Answer(string method, string path);
}
