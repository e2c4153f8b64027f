using System.Collections.Immutable;
using Midwatch.Runbooks.Outlines;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Cuts the document into stretches so that every line that is not blank lies in exactly one.</summary>
internal static class NodeLedger
{
    /// <summary>The stretches in order. A line belongs to the first leaf that covers it.</summary>
    /// <param name="understood">The leaves that were given a meaning; blocks, tables and prose are unrecognised
    /// without one.</param>
    public static ImmutableArray<DocumentNode> Of(
        ImmutableArray<OutlineNode> outline, SourceLines source, IReadOnlySet<OutlineNode> understood)
    {
        var owners = new int[source.Count + 1];
        for (var i = 0; i < outline.Length; i++)
        {
            for (var line = outline[i].Line; line <= Math.Min(outline[i].EndLine, source.Count); line++)
            {
                owners[line] = owners[line] == 0 ? i + 1 : owners[line];
            }
        }

        var nodes = ImmutableArray.CreateBuilder<DocumentNode>();
        var first = 1;
        for (var line = 2; line <= source.Count + 1; line++)
        {
            if (line <= source.Count && owners[line] == owners[first])
            {
                continue;
            }

            if (owners[first] > 0)
            {
                nodes.Add(new DocumentNode(KindOf(outline[owners[first] - 1], understood), first, line - 1));
            }
            else if (!source.IsBlank(first, line - 1))
            {
                nodes.Add(new DocumentNode(NodeKind.Unrecognised, first, line - 1));
            }

            first = line;
        }

        return nodes.ToImmutable();
    }

    private static NodeKind KindOf(OutlineNode node, IReadOnlySet<OutlineNode> understood) => node switch
    {
        OutlineNode.Heading => NodeKind.Heading,
        OutlineNode.Other other => other.Kind,
        _ when !understood.Contains(node) => NodeKind.Unrecognised,
        OutlineNode.Paragraph { Item: not null } => NodeKind.Item,
        OutlineNode.Paragraph => NodeKind.Paragraph,
        OutlineNode.Code => NodeKind.Code,
        OutlineNode.Table => NodeKind.Table,
        _ => NodeKind.Unrecognised,
    };
}
