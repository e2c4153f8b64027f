using System.Collections.Immutable;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Effects.Tools;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Runbooks.Effects.Files;

/// <summary>Reads files of effect data that users add: each is held against the published schema first.</summary>
internal sealed class EffectFileReader
{
    private const int LengthMax = 4 * 1024 * 1024;
    private readonly List<EffectFileProblem> _problems = [];
    private readonly Dictionary<string, (ToolSpecification Tool, string Path)> _tools = new(StringComparer.Ordinal);
    private readonly EffectSchema _schema = new();

    /// <summary>What is wrong, in the order of the files.</summary>
    public ImmutableArray<EffectFileProblem> Problems => [.. _problems];

    /// <summary>The tools by each of their names.</summary>
    public ImmutableDictionary<string, ToolSpecification> Tools => _tools.ToImmutableDictionary(
        pair => pair.Key, pair => pair.Value.Tool, StringComparer.Ordinal);

    /// <summary>Takes a file in.</summary>
    public void Add(EffectFile file)
    {
        if (file.Text.Length > LengthMax)
        {
            Problem(file, 1, 1, "The file is larger than 4 MiB; effect data is small.");
            return;
        }

        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(file.Text));
            if (yaml.Documents is not [var document])
            {
                Problem(file, 1, 1, "A file holds one YAML document with 'tools'.");
                return;
            }

            var before = _problems.Count;
            _problems.AddRange(_schema.Check(document.RootNode, file.Path));
            if (_problems.Count == before)
            {
                Take(file, new DataMap(DataNode.Of(document.RootNode), file.Path));
            }
        }
        catch (YamlException wrong)
        {
            Problem(file, (int)wrong.Start.Line, (int)wrong.Start.Column, $"This is no YAML: {wrong.Message}");
        }
        catch (InvalidDataException wrong)
        {
            Problem(file, 1, 1, wrong.Message);
        }
    }

    private void Take(EffectFile file, DataMap data)
    {
        foreach (var (name, tool) in ToolReader.Read(data))
        {
            if (_tools.TryGetValue(name, out var other))
            {
                Problem(file, 1, 1, $"'{name}' is described already in {other.Path}; keep one.");
            }
            else
            {
                _tools.Add(name, (tool, file.Path));
            }
        }
    }

    private void Problem(EffectFile file, int line, int column, string message) =>
        _problems.Add(new EffectFileProblem(file.Path, line, column, message));
}
