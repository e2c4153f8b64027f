using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>A kubeconfig with one cluster, one user with a bearer token, and one context.</summary>
internal sealed record Kubeconfig(Uri Server, string AuthorityPem, string User, string Token)
{
    /// <summary>The name of context and cluster, by which the local cluster is known.</summary>
    public const string Context = "midwatch-local";

    public string ToYaml() => $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: {Context}
          cluster:
            server: {Server.GetLeftPart(UriPartial.Authority)}
            certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(AuthorityPem))}
        users:
        - name: "{User}"
          user:
            token: {Token}
        contexts:
        - name: {Context}
          context:
            cluster: {Context}
            user: "{User}"
        current-context: {Context}

        """;

    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="FormatException">It is not such a kubeconfig.</exception>
    public static Kubeconfig Read(string path)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(File.ReadAllText(path)));
        }
        catch (YamlException error)
        {
            throw new FormatException($"{path}:{error.Start.Line}: {error.Message}", error);
        }

        var root = stream.Documents.Count > 0 ? stream.Documents[0].RootNode : null;
        var cluster = Only(root, "clusters", "cluster");
        var user = Only(root, "users", "user");
        return Text(cluster, "server") is { } server && Text(cluster, "certificate-authority-data") is { } authority
            && Text(user, "token") is { } token
                ? new Kubeconfig(
                    new Uri(server),
                    Encoding.UTF8.GetString(Convert.FromBase64String(authority)),
                    Text(First(root, "users"), "name") ?? "",
                    token)
                : throw new FormatException(
                    $"{path} is not a kubeconfig that a local cluster wrote (no server, authority or token in it).");
    }

    private static YamlNode? Only(YamlNode? root, string list, string field) => Child(First(root, list), field);

    private static YamlNode? First(YamlNode? root, string list) =>
        (Child(root, list) as YamlSequenceNode)?.Children.FirstOrDefault();

    private static string? Text(YamlNode? node, string field) => (Child(node, field) as YamlScalarNode)?.Value;

    private static YamlNode? Child(YamlNode? node, string field) =>
        node is YamlMappingNode map
            && map.Children.TryGetValue(new YamlScalarNode(field), out var child) ? child : null;
}
