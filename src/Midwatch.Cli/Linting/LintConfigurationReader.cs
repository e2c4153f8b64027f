using System.Collections.Immutable;
using Midwatch.Runbooks.Lint;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Cli.Linting;

/// <summary>Reads the configuration's YAML; the first thing that is wrong ends it.</summary>
internal sealed class LintConfigurationReader(string path, CodeCatalogue catalogue)
{
    private static readonly string[] Keys = ["fail-on", "rules", "manifests", "ignore", "codes"];

    private string? _problem;

    internal (LintConfiguration? Read, string? Problem) Read(YamlNode root)
    {
        var lint = Mapping(root, ["lint"]) is { } top && top.Children.TryGetValue("lint", out var node)
            ? Mapping(node, Keys)
            : null;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
        var configuration = new LintConfiguration { Folder = folder };
        if (lint is not null)
        {
            configuration = configuration with
            {
                FailOn = FailOn(lint),
                Rules = [.. Texts(lint, "rules").Select(each => Path.Combine(folder, each))],
                Manifests = [.. Texts(lint, "manifests").Select(each => Path.Combine(folder, each))],
                Ignore = Texts(lint, "ignore"),
                Codes = Codes(lint),
            };
        }

        return _problem is null ? (configuration, null) : (null, _problem);
    }

    private YamlMappingNode? Mapping(YamlNode node, string[] known)
    {
        if (node is not YamlMappingNode map)
        {
            Complain(node, "this must be a mapping.");
            return null;
        }

        foreach (var key in map.Children.Keys.OfType<YamlScalarNode>().Where(key => !known.Contains(key.Value)))
        {
            Complain(key, $"there is no setting '{key.Value}'; there are {string.Join(", ", known)}.");
        }

        return map;
    }

    private string? FailOn(YamlMappingNode map)
    {
        if (!map.Children.TryGetValue("fail-on", out var node))
        {
            return null;
        }

        var word = (node as YamlScalarNode)?.Value ?? "";
        if (word is not ("error" or "warning" or "note" or "never"))
        {
            Complain(node, $"'{word}' is none of error, warning, note, never.");
        }

        return word;
    }

    private static ImmutableArray<string> Texts(YamlMappingNode map, string key) =>
        !map.Children.TryGetValue(key, out var node) ? []
        : node switch
        {
            YamlSequenceNode list => [.. list.Children.OfType<YamlScalarNode>().Select(each => each.Value ?? "")],
            YamlScalarNode single => [single.Value ?? ""],
            _ => [],
        };

    private ImmutableDictionary<string, CodeSetting> Codes(YamlMappingNode map)
    {
        var codes = new LintSettings().Codes;
        if (!map.Children.TryGetValue("codes", out var node))
        {
            return codes;
        }

        foreach (var (key, value) in (node as YamlMappingNode ?? new YamlMappingNode()).Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            var word = (value as YamlScalarNode)?.Value ?? "";
            if (catalogue.Find(name) is not { } code)
            {
                Complain(key, $"'{name}' is no code; 'midwatch lint --codes' lists them.");
            }
            else if (Setting(word) is { } setting)
            {
                codes = codes.SetItem(code.Id, setting);
            }
            else
            {
                Complain(value, $"'{word}' is none of on, off, error, warning, note.");
            }
        }

        return codes;
    }

    private static CodeSetting? Setting(string word) => word switch
    {
        "on" or "true" => new CodeSetting(true, null),
        "off" or "false" => new CodeSetting(false, null),
        _ => LintRequest.Level(word) is { } severity ? new CodeSetting(true, severity) : null,
    };

    private void Complain(YamlNode node, string what) =>
        _problem ??= FormattableString.Invariant($"{path}:{node.Start.Line}: {what}");
}
