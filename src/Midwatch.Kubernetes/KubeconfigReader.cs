using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Kubernetes;

/// <summary>
/// Reads the files of a kubeconfig into named entries. Where several files are given, as the variable KUBECONFIG
/// allows, the first that has an entry wins.
/// </summary>
internal sealed class KubeconfigReader
{
    private const int BytesMax = 4 * 1024 * 1024;

    private readonly Dictionary<(string Kind, string Name), KubeconfigEntry> _entries = [];
    private string? _currentContext;

    public string? CurrentContext => _currentContext;

    public KubeconfigEntry? Find(string kind, string name) => _entries.GetValueOrDefault((kind, name));

    public string Names(string kind) => string.Join(
        ", ", _entries.Keys.Where(key => key.Kind == kind).Select(key => key.Name).Order(StringComparer.Ordinal));

    /// <summary>Adds a file; null when it went well.</summary>
    public KubeconfigReading.Failed? Add(string file)
    {
        try
        {
            if (new FileInfo(file).Length > BytesMax)
            {
                return new(file, null, "It is larger than 4 MiB.", "Give the path of a kubeconfig.");
            }

            using var text = new StringReader(File.ReadAllText(file));
            var yaml = new YamlStream();
            yaml.Load(text);
            return AddDocument(file, yaml.Documents.Count == 0 ? null : yaml.Documents[0].RootNode);
        }
        catch (YamlException exception)
        {
            return new(
                file, (int)exception.Start.Line, $"It is not YAML: {FirstLine(exception.Message)}.",
                "Mend the file, or give another one with KUBECONFIG or --kubeconfig.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(
                file, null, $"It cannot be read: {FirstLine(exception.Message)}.",
                "Set KUBECONFIG to the file that kubectl uses, or start the local cluster with 'midwatch cluster up'.");
        }
    }

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('.', '\r');

    private KubeconfigReading.Failed? AddDocument(string file, YamlNode? root)
    {
        if (root is not YamlMappingNode top)
        {
            return new(file, 1, "It is not a kubeconfig: no mapping at the top.", "Give the path of a kubeconfig.");
        }

        var whole = new KubeconfigEntry(file, top);
        _currentContext ??= whole.Text("current-context") is { Length: > 0 } current ? current : null;
        foreach (var (kind, member) in new[] { ("clusters", "cluster"), ("users", "user"), ("contexts", "context") })
        {
            foreach (var item in whole.Items(kind))
            {
                if (item.Text("name") is { } name && item.Entry(member) is { } body)
                {
                    _entries.TryAdd((member, name), body);
                }
            }
        }

        return null;
    }
}
