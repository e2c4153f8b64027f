using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Faults;

/// <summary>Reads faults.yaml and collects every mistake before it answers.</summary>
internal sealed class FaultCatalogParser(string path)
{
    private static readonly string[] FaultFields =
        ["id", "summary", "alert", "scenarios", "reason", "namespace", "inject"];

    private readonly List<string> _errors = [];

    public FaultCatalogReading Parse(string text)
    {
        var faults = ParseDocument(text);
        return _errors.Count > 0
            ? new FaultCatalogReading.Failed([.. _errors])
            : new FaultCatalogReading.Done(new FaultCatalog(path, faults));
    }

    private ImmutableArray<Fault> ParseDocument(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            Report(error.Start, error.InnerException?.Message ?? error.Message);
            return [];
        }

        if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root
            || root.At("faults") is not YamlSequenceNode list)
        {
            Report(Mark.Empty, "the file must have a list 'faults:'");
            return [];
        }

        var faults = list.Children.Select(ParseFault).OfType<Fault>().ToImmutableArray();
        foreach (var twice in faults.GroupBy(fault => fault.Id, StringComparer.Ordinal)
            .Where(group => group.Count() > 1))
        {
            Report(list.Start, $"fault '{twice.Key}' is there {twice.Count()} times; ids must differ");
        }

        return faults;
    }

    private Fault? ParseFault(YamlNode node)
    {
        if (node is not YamlMappingNode map)
        {
            Report(node.Start, "a fault is a mapping with id, summary and inject");
            return null;
        }

        foreach (var field in map.Children.Keys.OfType<YamlScalarNode>())
        {
            if (!FaultFields.Contains(field.Value, StringComparer.Ordinal))
            {
                Report(field.Start, $"unknown field '{field.Value}'; known are {string.Join(", ", FaultFields)}");
            }
        }

        var id = Need(map, "id");
        var summary = Need(map, "summary");
        var (scenarios, mustNot) = ParseScenarios(map.At("scenarios"));
        if (map.At("inject") is not YamlSequenceNode { Children.Count: > 0 } inject)
        {
            Report(map.Start, "a fault needs a list 'inject:' with at least one action");
            return null;
        }

        var actions =
            inject.Children.Select(new FaultActionParser(Report).Parse).OfType<FaultAction>().ToImmutableArray();
        return id is null || summary is null
            ? null
            : new Fault(id, summary, Optional(map, "alert"), scenarios, mustNot, Optional(map, "reason"), actions)
            {
                Namespace = Optional(map, "namespace"),
            };
    }

    private (ImmutableDictionary<string, string> Scenarios, ImmutableArray<string> MustNot) ParseScenarios(
        YamlNode? node)
    {
        var scenarios = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var mustNot = ImmutableArray<string>.Empty;
        if (node is null)
        {
            return (scenarios.ToImmutable(), mustNot);
        }

        if (node is not YamlMappingNode map)
        {
            Report(node.Start, "'scenarios' is a mapping from runbook file to scenario heading");
            return (scenarios.ToImmutable(), mustNot);
        }

        foreach (var (key, value) in map.Children)
        {
            switch (value)
            {
                case YamlSequenceNode list when key.ToString() == "mustNot":
                    mustNot = [.. list.Children.Select(item => item.ToString())];
                    break;
                case YamlScalarNode heading:
                    scenarios[key.ToString()] = heading.Value ?? "";
                    break;
                default:
                    Report(value.Start, $"'{key}' must be the heading of a scenario ('mustNot' a list of headings)");
                    break;
            }
        }

        return (scenarios.ToImmutable(), mustNot);
    }

    private string? Need(YamlMappingNode map, string field)
    {
        var text = Optional(map, field);
        if (string.IsNullOrWhiteSpace(text))
        {
            Report(map.Start, $"a fault needs '{field}'");
            return null;
        }

        return text;
    }

    private static string? Optional(YamlMappingNode map, string field) =>
        (map.At(field) as YamlScalarNode)?.Value;

    private void Report(Mark at, string message) =>
        _errors.Add($"{path}:{Math.Max(1, at.Line)}:{Math.Max(1, at.Column)}: {message}");
}
