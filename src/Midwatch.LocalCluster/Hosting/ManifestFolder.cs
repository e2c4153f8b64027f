using System.Collections.Immutable;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>The documents of a folder's *.yaml and *.yml files, by file name, or what is wrong with them.</summary>
internal sealed record ManifestFolder(ImmutableArray<ManifestDocument> Documents, ImmutableArray<string> Errors)
{
    /// <param name="path">A folder, or one file.</param>
    /// <param name="values">What <c>${NAME}</c> stands for; a name that is not in it is left as it is.</param>
    public static ManifestFolder Read(string path, IReadOnlyDictionary<string, string> values)
    {
        var documents = ImmutableArray.CreateBuilder<ManifestDocument>();
        var errors = ImmutableArray.CreateBuilder<string>();
        var files = Files(path);
        if (files.IsEmpty)
        {
            errors.Add($"{path}: there are no manifests (*.yaml) here");
        }

        foreach (var file in files)
        {
            ReadFile(file, values, documents, errors);
        }

        return new(documents.ToImmutable(), errors.ToImmutable());
    }

    private static ImmutableArray<string> Files(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        return Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path)
                .Where(file => Path.GetExtension(file) is ".yaml" or ".yml")
                .Order(StringComparer.Ordinal)]
            : [];
    }

    private static void ReadFile(
        string file,
        IReadOnlyDictionary<string, string> values,
        ImmutableArray<ManifestDocument>.Builder documents,
        ImmutableArray<string>.Builder errors)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(Expand(File.ReadAllText(file), values)));
        }
        catch (YamlException error)
        {
            errors.Add(
                $"{file}:{error.Start.Line}:{error.Start.Column}: {error.InnerException?.Message ?? error.Message}");
            return;
        }

        foreach (var root in stream.Documents.Select(document => document.RootNode))
        {
            if (YamlJson.Convert(root) is not JsonObject body)
            {
                // A document with nothing in it, or only comments, is no mistake.
                if (root is not YamlScalarNode { Value: null or "" })
                {
                    errors.Add($"{file}:{root.Start.Line}: this is not a Kubernetes object (it has no fields)");
                }

                continue;
            }

            Add(new ManifestDocument(file, root.Start.Line, body), documents, errors);
        }
    }

    private static void Add(
        ManifestDocument document,
        ImmutableArray<ManifestDocument>.Builder documents,
        ImmutableArray<string>.Builder errors)
    {
        var missing = new (string Field, string Value)[]
        {
            ("apiVersion", document.ApiVersion), ("kind", document.Kind), ("metadata.name", document.Name),
        };
        foreach (var (field, value) in missing)
        {
            if (value.Length == 0)
            {
                errors.Add($"{document.Place}: {field} is missing");
                return;
            }
        }

        documents.Add(document);
    }

    private static string Expand(string text, IReadOnlyDictionary<string, string> values) =>
        values.Aggregate(text, (expanded, value) =>
            expanded.Replace("${" + value.Key + "}", value.Value, StringComparison.Ordinal));
}
