using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Execution.Data;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Execution.Steps;

/// <summary>
/// Reads from <c>kubectl run … -- PROGRAM …</c> what the pod was wanted for (data: <c>steps.yaml</c>).
/// </summary>
internal sealed class TemporaryPod(YamlMappingNode data)
{
    private readonly FrozenDictionary<string, YamlMappingNode> _programs = data.Entries("questions")
        .ToFrozenDictionary(entry => entry.Key, entry => (YamlMappingNode)entry.Value, StringComparer.Ordinal);

    /// <summary>The question; null when the command inside asks nothing that is known here.</summary>
    /// <param name="argv">The whole command.</param>
    public InspectorQuestion? Question(ImmutableArray<string> argv)
    {
        var dashes = argv.IndexOf("--");
        ImmutableArray<string> inner = dashes < 0 ? [] : argv[(dashes + 1)..];
        if (inner.IsEmpty || _programs.GetValueOrDefault(inner[0]) is not { } program)
        {
            return null;
        }

        return program.Text("asks") == "http" ? Http(inner) : Plain(inner, program);
    }

    private static InspectorQuestion? Http(ImmutableArray<string> words)
    {
        var plain = words.Skip(1).Where(word => !word.StartsWith('-')).ToArray();
        var url = plain.FirstOrDefault(word => word.StartsWith("http", StringComparison.Ordinal))
            ?? plain.FirstOrDefault(word => word.AsSpan().ContainsAny(':', '/'));
        var absolute = url?.Contains("://", StringComparison.Ordinal) == true ? url : $"http://{url}";
        return url is not null && Uri.TryCreate(absolute, UriKind.Absolute, out var uri) && uri.Scheme == "http"
            ? new InspectorQuestion(QuestionKind.Http, uri.Host, uri.Port, uri.PathAndQuery)
            : null;
    }

    private static InspectorQuestion? Plain(ImmutableArray<string> words, YamlMappingNode program)
    {
        if (Value(words, program.Text("host")) is not { } host)
        {
            return null;
        }

        var port = Value(words, program.Text("port")) ?? program.Text("default");
        var kind = program.Text("asks") switch
        {
            "ping" when words.Any(word => word.Equals("ping", StringComparison.OrdinalIgnoreCase)) => QuestionKind.Ping,
            "resolve" => QuestionKind.Resolve,
            _ => QuestionKind.Connect,
        };
        var isNumber = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return new InspectorQuestion(kind, host, isNumber ? number : null, null);
    }

    // Where a value stands: behind an option, or as the n-th word that is no option.
    private static string? Value(ImmutableArray<string> words, string? place)
    {
        if (place is null)
        {
            return null;
        }

        if (int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return words.Skip(1).Where(word => !word.StartsWith('-')).ElementAtOrDefault(number);
        }

        var at = words.IndexOf(place);
        return at >= 0 && at + 1 < words.Length
            ? words[at + 1]
            : words.FirstOrDefault(
                word => word.StartsWith(place + "=", StringComparison.Ordinal))?[(place.Length + 1)..];
    }
}
