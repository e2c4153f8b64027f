using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Steps;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Runbooks.Lint;

/// <summary>A block of YAML in a document, read.</summary>
/// <param name="Documents">The roots of its YAML documents.</param>
/// <param name="Origins">Where each of its lines begins in the document.</param>
internal sealed record DataBlock(ImmutableArray<YamlNode> Documents, ImmutableArray<LineOrigin> Origins)
{
    // Larger blocks are dumps, and reading them costs more than they are worth.
    private const int LengthMax = 200_000;

    /// <summary>All blocks that are YAML by their tag or by their first lines, and can be read.</summary>
    public static ImmutableArray<DataBlock> Of(ImmutableArray<OutlineNode> outline) =>
    [
        .. outline.OfType<OutlineNode.Code>()
            .Where(code => code.Language is "yaml" or "yml" || (code.Language is null && LooksLikeYaml(code)))
            .Select(code => Read(string.Join('\n', code.Lines), code.Origins))
            .OfType<DataBlock>(),
    ];

    /// <summary>Reads a text; null when it is no YAML that can be read.</summary>
    public static DataBlock? Read(string text, ImmutableArray<LineOrigin> origins)
    {
        if (text.Length > LengthMax)
        {
            return null;
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return new DataBlock([.. stream.Documents.Select(document => document.RootNode)], origins);
        }
        catch (Exception problem) when (problem is YamlException or ArgumentException)
        {
            // Examples with an ellipsis or a template in them are no mistake of the runbook.
            return null;
        }
    }

    /// <summary>The place of a node in the document.</summary>
    public DocumentSpan Place(YamlNode node)
    {
        var line = Math.Clamp((int)node.Start.Line - 1, 0, Math.Max(0, Origins.Length - 1));
        var origin = Origins.IsEmpty ? new LineOrigin(1, 1) : Origins[line];
        var column = origin.Column + (int)node.Start.Column - 1;
        var length = node is YamlScalarNode { Value: { } value } && !value.Contains('\n', StringComparison.Ordinal)
            ? Math.Max(1, (int)(node.End.Column - node.Start.Column))
            : 1;
        return new DocumentSpan(origin.Line, column, origin.Line, column + length);
    }

    private static bool LooksLikeYaml(OutlineNode.Code code) => code.Lines.Take(6).Any(line =>
        line.StartsWith("apiVersion:", StringComparison.Ordinal) || line.StartsWith("kind:", StringComparison.Ordinal)
        || line.TrimStart().StartsWith("- alert:", StringComparison.Ordinal));
}
