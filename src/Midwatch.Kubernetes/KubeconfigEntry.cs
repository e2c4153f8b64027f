using YamlDotNet.RepresentationModel;

namespace Midwatch.Kubernetes;

/// <summary>A mapping of a kubeconfig that knows where it stands.</summary>
internal sealed record KubeconfigEntry(string File, YamlMappingNode Node)
{
    public int Line => (int)Node.Start.Line;

    public string? Text(string member) => (Member(member) as YamlScalarNode)?.Value;

    public int LineOf(string member) => (int)(Member(member) ?? Node).Start.Line;

    public bool Has(string member) => Member(member) is not (null or YamlScalarNode { Value: null or "" });

    public KubeconfigEntry? Entry(string member) =>
        Member(member) is YamlMappingNode mapping ? this with { Node = mapping } : null;

    public IEnumerable<KubeconfigEntry> Items(string member) =>
        Member(member) is YamlSequenceNode list
            ? list.Children.OfType<YamlMappingNode>().Select(item => this with { Node = item })
            : [];

    /// <summary>The file that a member names, seen from the kubeconfig's own folder.</summary>
    public string? FilePath(string member) =>
        Text(member) is { Length: > 0 } path
            ? Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(File)) ?? "/")
            : null;

    public KubeconfigReading.Failed Wrong(string member, string message, string remedy) =>
        new(File, LineOf(member), message, remedy);

    private YamlNode? Member(string member) =>
        Node.Children.TryGetValue(new YamlScalarNode(member), out var value) ? value : null;
}
