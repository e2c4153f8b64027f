using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Blocks;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects.Targets;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Placeholders;

/// <summary>Finds the holes of a command and types them: by where they stand, else by their names.</summary>
internal sealed partial class PlaceholderReader
{
    private readonly FrozenDictionary<string, string> _options;
    private readonly ImmutableArray<(DataPattern Pattern, string Type)> _names;
    private readonly FrozenSet<string> _builtin;
    private readonly ObjectKinds _kinds = new();

    public PlaceholderReader()
    {
        var data = DataFile.Read("Placeholders/Data/placeholders.yaml");
        var options = data.Map("options")!;
        _options = options.Keys
            .SelectMany(type => options.Texts(type).Select(option => KeyValuePair.Create(option, type)))
            .ToFrozenDictionary(StringComparer.Ordinal);
        _names =
        [
            .. data.Maps("names").Select(
                map => (DataPattern.IgnoringCase(map.Required("pattern")), map.Required("type"))),
        ];
        _builtin = data.Texts("builtin").ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The holes in order.</summary>
    /// <param name="assigned">Variables that the document sets somewhere: they are no holes.</param>
    public ImmutableArray<Placeholder> Read(BlockCommand command, IReadOnlySet<string> assigned)
    {
        if (command.Script is null)
        {
            return [];
        }

        var nodes = ShellTree.Descendants(command.Script);
        if (!nodes.Any(node => node is WordPart.Placeholder or WordPart.Parameter))
        {
            return [];
        }

        var found = ImmutableArray.CreateBuilder<Placeholder>();
        var local = Local(nodes);
        foreach (var node in nodes)
        {
            var (name, span) = node switch
            {
                WordPart.Placeholder placeholder => (placeholder.Name, placeholder.Span),
                WordPart.Parameter parameter when Described(parameter, command, assigned, local) is { } words =>
                    (words, parameter.Span),
                WordPart.Parameter parameter when IsHole(parameter, assigned, local) =>
                    (parameter.Name, parameter.Span),
                _ => (null, default),
            };
            if (name is not null)
            {
                found.Add(new Placeholder(name, TypeOf(command, span, name), Place(command, span)));
            }
        }

        return found.ToImmutable();
    }

    private static HashSet<string> Local(IEnumerable<ShellNode> nodes) => nodes
        .Select(node => node switch
        {
            Assignment assignment => assignment.Name,
            Command.For loop => loop.Variable,
            _ => null,
        })
        .OfType<string>()
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// <c>${top-user-from-last-command}</c>: to bash a default of <c>$top</c>, to its author a hole with a name.
    /// </summary>
    private static string? Described(
        WordPart.Parameter parameter, BlockCommand command, IReadOnlySet<string> assigned, HashSet<string> local) =>
        parameter.Operation is ParameterOperation.Alternative { Operator: '-' }
        && !assigned.Contains(parameter.Name) && !local.Contains(parameter.Name)
        && DescribedName().Match(command.Text[parameter.Span.Start..Math.Min(parameter.Span.End, command.Text.Length)])
            is { Success: true } match
            ? match.Groups["name"].Value
            : null;

    // Two hyphens at least: "${NAME-default}" is a default.
    [GeneratedRegex(@"^\$\{(?<name>[a-z]+(-[a-z]+){2,})\}$", RegexOptions.CultureInvariant)]
    private static partial Regex DescribedName();

    private bool IsHole(WordPart.Parameter parameter, IReadOnlySet<string> assigned, HashSet<string> local) =>
        (char.IsLetter(parameter.Name[0]) || (parameter.Name[0] == '_' && parameter.Name.Length > 1))
        && parameter.Operation is not ParameterOperation.Alternative { Operator: '-' or '=' }
        && !assigned.Contains(parameter.Name)
        && !local.Contains(parameter.Name)
        && !_builtin.Contains(parameter.Name);

    private string TypeOf(BlockCommand command, SourceSpan span, string name) =>
        OfPlace(command, span) ?? OfName(name) ?? "text";

    /// <summary>
    /// The type of the hole's place: the value of an option, an object's name behind its kind, the host of an address.
    /// </summary>
    private string? OfPlace(BlockCommand command, SourceSpan span)
    {
        foreach (var simple in ShellTree.Descendants(command.Script!).OfType<Command.Simple>())
        {
            var index = simple.Words.ToList().FindIndex(word => word.Span.Contains(span));
            if (index >= 0)
            {
                return OfWord(simple.Words, index, span, command.Text);
            }
        }

        return null;
    }

    private string? OfWord(ImmutableArray<Word> words, int index, SourceSpan span, string text)
    {
        var word = words[index];
        var before = text[word.Span.Start..span.Start];
        var equals = before.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && before.StartsWith('-') && span.End == word.Span.End && equals == before.Length - 1)
        {
            return _options.GetValueOrDefault(before[..equals]);
        }

        if (before.EndsWith("://", StringComparison.Ordinal))
        {
            return "host";
        }

        if (before.EndsWith('/') && _kinds.IsKind(before[..^1]))
        {
            return _kinds.Normalise(before[..^1]);
        }

        var isWhole = word.Span == span;
        var previous = index > 0 ? words[index - 1].StaticText : null;
        if (!isWhole || previous is null)
        {
            return words[0].StaticText is "kubectl" or "oc" && text[span.End..].StartsWith(':')
                && before.Contains('/', StringComparison.Ordinal)
                ? "pod"
                : null;
        }

        return _options.TryGetValue(previous, out var type) && !IsFlag(words, previous)
            ? type
            : OfOperand(words, index);
    }

    /// <summary><c>kubectl logs -f POD</c>: there <c>-f</c> has no value.</summary>
    private static bool IsFlag(ImmutableArray<Word> words, string option) =>
        option is "-f" or "-p" or "-h"
            && words.Any(word => word.StaticText is "logs" or "get" or "patch" && option != "-h");

    private string? OfOperand(ImmutableArray<Word> words, int index)
    {
        // Behind "--" stands a command of its own, whose words are no objects of the outer one.
        var inner = words.Take(index).ToList().FindIndex(word => word.StaticText == "--") + 1;
        if (inner > 0)
        {
            return inner < index ? OfOperand(words[inner..], index - inner) : null;
        }

        if (words[0].StaticText is not ("kubectl" or "oc" or "k"))
        {
            return null;
        }

        ImmutableArray<string?> texts = [.. words[..index].Select(word => word.StaticText)];
        var kind = texts.LastOrDefault(text => text is not null && _kinds.IsKind(text) && text != "limits");
        if (kind is not null)
        {
            return _kinds.Normalise(kind);
        }

        return texts.Contains("logs") || texts.Contains("exec") || texts.Contains("port-forward") ? "pod"
            : texts.Contains("cordon") || texts.Contains("uncordon") || texts.Contains("drain") ? "node"
            : null;
    }

    private string? OfName(string name)
    {
        foreach (var (pattern, type) in _names)
        {
            if (pattern.IsMatch(name))
            {
                return type;
            }
        }

        return null;
    }

    private static DocumentSpan Place(BlockCommand command, SourceSpan span)
    {
        var (line, column) = Locate(command, span.Start);
        var (endLine, endColumn) = Locate(command, span.End);
        return new DocumentSpan(line, column, endLine, endColumn);
    }

    private static (int Line, int Column) Locate(BlockCommand command, int offset)
    {
        var before = command.Text[..Math.Min(offset, command.Text.Length)];
        var index = before.AsSpan().Count('\n');
        var origin = command.Origins[Math.Min(index, command.Origins.Length - 1)];
        return (origin.Line, origin.Column + before.Length - (before.LastIndexOf('\n') + 1));
    }
}
