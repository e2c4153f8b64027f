using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Execution.Places;

/// <summary>
/// Writes the kubeconfig that programs get: one context, taken from a person's own file, readable by its owner only. A
/// program that is given nothing else cannot act on another cluster by mistake.
/// </summary>
public static class OneContextKubeconfig
{
    private const string ContextName = "midwatch";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly string[] FileFields =
        ["certificate-authority", "client-certificate", "client-key", "tokenFile"];

    /// <summary>Writes it.</summary>
    /// <param name="source">The file that has the context.</param>
    /// <param name="context">The context; null for the file's current one.</param>
    /// <param name="target">The file to write; replaced when it is there.</param>
    public static KubeconfigWriting Write(string source, string? context, string target)
    {
        YamlMappingNode root;
        try
        {
            var yaml = new YamlStream();
            using var reader = new StreamReader(source);
            yaml.Load(reader);
            root = yaml.Documents.Count > 0 && yaml.Documents[0].RootNode is YamlMappingNode map
                ? map
                : throw new YamlException("The file is empty.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new KubeconfigWriting.Failed(
                $"The kubeconfig {source} cannot be read: {failure.Message}",
                "Set KUBECONFIG to a kubeconfig file that you may read, or give its path.");
        }
        catch (YamlException failure)
        {
            return new KubeconfigWriting.Failed(
                $"{source}:{failure.Start.Line}: this is no kubeconfig: {failure.Message}",
                "Set KUBECONFIG to a file that `kubectl config view` accepts.");
        }

        return Write(root, source, context ?? Text(root, "current-context"), target);
    }

    private static KubeconfigWriting Write(YamlMappingNode root, string source, string? context, string target)
    {
        var names = Names(root, "contexts");
        if (context is null or "" || Entry(root, "contexts", context, "context") is not { } chosen)
        {
            return new KubeconfigWriting.Failed(
                context is null or "" ? $"{source} has no current context." : $"{source} has no context '{context}'.",
                names.Length == 0
                    ? "Add one with `kubectl config set-context`."
                    : $"It has: {string.Join(", ", names)}.");
        }

        if (Entry(root, "clusters", Text(chosen, "cluster"), "cluster") is not { } cluster)
        {
            return new KubeconfigWriting.Failed(
                $"The context '{context}' of {source} names the cluster '{Text(chosen, "cluster")}', which is not there.",
                "Correct the context with `kubectl config set-context`.");
        }

        var user = Entry(root, "users", Text(chosen, "user"), "user") ?? [];
        var folder = Path.GetDirectoryName(Path.GetFullPath(source)) ?? "/";
        Save(target, Text(chosen, "namespace"), Absolute(cluster, folder), Absolute(user, folder));
        return new KubeconfigWriting.Done(target, context, Text(chosen, "namespace") ?? "default");
    }

    private static void Save(string target, string? space, YamlMappingNode cluster, YamlMappingNode user)
    {
        var context = new YamlMappingNode("cluster", ContextName, "user", ContextName);
        if (space is not null)
        {
            context.Add("namespace", space);
        }

        var document = new YamlMappingNode
        {
            { "apiVersion", "v1" },
            { "kind", "Config" },
            { "current-context", ContextName },
            { "clusters", Named("cluster", cluster) },
            { "users", Named("user", user) },
            { "contexts", Named("context", context) },
        };
        File.Delete(target);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly,
        };
        using var writer = new StreamWriter(target, options);
        new YamlStream(new YamlDocument(document)).Save(writer, assignAnchors: false);
    }

    private static YamlSequenceNode Named(string field, YamlMappingNode content) =>
        new(new YamlMappingNode { { "name", ContextName }, { field, content } });

    // A path in a kubeconfig is relative to the file; the copy lies elsewhere.
    private static YamlMappingNode Absolute(YamlMappingNode map, string folder)
    {
        var copy = new YamlMappingNode();
        foreach (var (key, value) in map.Children)
        {
            var isPath = FileFields.Contains(key.ToString(), StringComparer.Ordinal) && value is YamlScalarNode;
            copy.Add(key, isPath ? new YamlScalarNode(Path.GetFullPath(value.ToString(), folder)) : value);
        }

        return copy;
    }

    private static YamlMappingNode? Entry(YamlMappingNode root, string list, string? name, string field) =>
        Items(root, list).FirstOrDefault(item => Text(item, "name") == name) is { } entry
        && entry.Children.TryGetValue(field, out var value)
            ? value as YamlMappingNode
            : null;

    private static string[] Names(YamlMappingNode root, string list) =>
        [.. Items(root, list).Select(item => Text(item, "name")).OfType<string>()];

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode root, string list) =>
        root.Children.TryGetValue(list, out var node) && node is YamlSequenceNode items
            ? items.OfType<YamlMappingNode>()
            : [];

    private static string? Text(YamlMappingNode map, string field) =>
        map.Children.TryGetValue(field, out var node) && node is YamlScalarNode { Value: { Length: > 0 } text }
            ? text
            : null;
}
