using System.Collections.Immutable;
using Midwatch.Runbooks.Lint;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Cli.Linting;

/// <summary>
/// What <c>.midwatch.yaml</c> says for the linter; its schema is <c>docs/reference/schemas/midwatch.schema.json</c>.
/// Paths in it are relative to its folder.
/// </summary>
internal sealed record LintConfiguration
{
    internal const string FileName = ".midwatch.yaml";

    /// <summary>From which severity on the exit status is 1; null when it does not say.</summary>
    public string? FailOn { get; init; }

    /// <summary>Rule files or folders.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>Manifests or folders with them.</summary>
    public ImmutableArray<string> Manifests { get; init; } = [];

    /// <summary>Globs of documents that are not looked at, relative to the file.</summary>
    public ImmutableArray<string> Ignore { get; init; } = [];

    /// <summary>The folder that the globs start from.</summary>
    public string Folder { get; init; } = "";

    /// <summary>What it says about single codes.</summary>
    public ImmutableDictionary<string, CodeSetting> Codes { get; init; } = new LintSettings().Codes;

    /// <summary>Finds the nearest file from a folder upward.</summary>
    internal static string? Find(string start)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(start)); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, FileName);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    /// <summary>Reads a file.</summary>
    /// <returns>The configuration, or what is wrong, with file and line.</returns>
    internal static (LintConfiguration? Read, string? Problem) Read(string path, CodeCatalogue catalogue)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(File.ReadAllText(path)));
            var root = stream.Documents.Count == 0 ? new YamlMappingNode() : stream.Documents[0].RootNode;
            return new LintConfigurationReader(path, catalogue).Read(root);
        }
        catch (YamlException problem)
        {
            return (null, $"{path}:{problem.Start.Line}: this is no YAML: {problem.Message}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path}: cannot be read: {problem.Message}");
        }
    }
}
