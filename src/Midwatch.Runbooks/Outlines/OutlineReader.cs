using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Outlines;

/// <summary>Flattens a Markdown document into its leaves, with exact places.</summary>
internal sealed partial class OutlineReader
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePreciseSourceLocation()
        .UseYamlFrontMatter()
        .UsePipeTables()
        .Build();

    private readonly ImmutableArray<OutlineNode>.Builder _nodes = ImmutableArray.CreateBuilder<OutlineNode>();
    private readonly SourceLines _source;

    private OutlineReader(SourceLines source) => _source = source;

    /// <summary>The leaves in document order; null when the document is nested too deep to be parsed.</summary>
    public static ImmutableArray<OutlineNode>? Read(SourceLines source)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(source.Text, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's one refusal: its limit of nesting.
            return null;
        }

        var reader = new OutlineReader(source);
        reader.Container(document, null, opensItem: false);
        return reader._nodes.ToImmutable();
    }

    private void Container(ContainerBlock container, ListPlace? item, bool opensItem)
    {
        foreach (var block in container)
        {
            Block(block, item, opensItem);
            opensItem = false;
        }
    }

    private void Block(Block block, ListPlace? item, bool opensItem)
    {
        var line = block.Line + 1;
        var endLine = Math.Max(line, _source.LineAt(block.Span.End));
        switch (block)
        {
            case YamlFrontMatterBlock:
                _nodes.Add(
                    new OutlineNode.Other(NodeKind.FrontMatter, _source.Join(line, endLine), line, endLine, item));
                break;
            case HeadingBlock heading:
                // For an underlined heading Markdig gives the line of the underline.
                line = _source.LineAt(heading.Span.Start);
                _nodes.Add(new OutlineNode.Heading(heading.Level, Title(heading), line, endLine));
                break;
            case FencedCodeBlock fenced when Directive(fenced) is { } directive:
                if (directive.Language is { } language)
                {
                    Code(fenced, language, fenced.ClosingFencedCharCount > 0, line, endLine, item);
                }
                else
                {
                    _nodes.Add(new OutlineNode.Paragraph(
                        $"{directive.Name}: {fenced.Lines}", line, endLine, fenced.Column + 1, item, false));
                }

                break;
            case FencedCodeBlock fenced:
                Code(fenced, $"{fenced.Info} {fenced.Arguments}".Trim(), fenced.ClosingFencedCharCount > 0,
                    line, endLine, item);
                break;
            case CodeBlock code:
                Code(code, null, true, line, endLine, item);
                break;
            case Table table:
                _nodes.Add(new OutlineNode.Table(Rows(table), line, endLine, item));
                break;
            case ListBlock list:
                List(list, item);
                break;
            case ParagraphBlock paragraph
                when Template().IsMatch(_source.Slice(paragraph.Span.Start, paragraph.Span.End)):
                _nodes.Add(new OutlineNode.Other(
                    NodeKind.Template, _source.Join(line, endLine), line, endLine, item));
                break;
            case ParagraphBlock paragraph:
                _nodes.Add(new OutlineNode.Paragraph(
                    _source.Prose(paragraph.Span.Start, paragraph.Span.End), line, endLine,
                    paragraph.Column + 1, item, opensItem));
                break;
            case ContainerBlock container:
                Container(container, item, opensItem);
                break;
            case LinkReferenceDefinition:
                _nodes.Add(new OutlineNode.Other(NodeKind.LinkDefinition, "", line, endLine, item));
                break;
            case ThematicBreakBlock:
                _nodes.Add(new OutlineNode.Other(NodeKind.Break, "", line, endLine, item));
                break;
            case HtmlBlock:
                _nodes.Add(new OutlineNode.Other(NodeKind.Html, _source.Join(line, endLine), line, endLine, item));
                break;
            default:
                break;
        }
    }

    private void List(ListBlock list, ListPlace? parent)
    {
        foreach (var block in list)
        {
            if (block is ListItemBlock item)
            {
                var place = new ListPlace(list.IsOrdered, (parent?.Depth ?? 0) + 1, item.Line + 1, parent);
                Container(item, place, opensItem: true);
            }
        }
    }

    private void Code(CodeBlock block, string? info, bool closed, int line, int endLine, ListPlace? item)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var origins = ImmutableArray.CreateBuilder<LineOrigin>();
        for (var i = 0; i < block.Lines.Count; i++)
        {
            var each = block.Lines.Lines[i];
            lines.Add(each.Slice.ToString().TrimEnd('\r'));
            origins.Add(new LineOrigin(each.Line + 1, _source.ColumnAt(each.Position)));
        }

        // A fence that is never closed has no end of its own.
        endLine = Math.Max(endLine, origins.Count > 0 ? origins[^1].Line : line);
        _nodes.Add(new OutlineNode.Code(
            Language(info), lines.ToImmutable(), origins.ToImmutable(), closed, line, endLine, item));
    }

    /// <summary>
    /// "{code} yaml" is code; "{note}" and the like hold prose: a directive of MyST. Null for any other fence.
    /// </summary>
    private static (string Name, string? Language)? Directive(FencedCodeBlock fenced)
    {
        if (Braces().Match(fenced.Info ?? "") is not { Success: true } match)
        {
            return null;
        }

        var name = match.Groups["name"].Value;
        return name.StartsWith("code", StringComparison.OrdinalIgnoreCase)
            ? (name, fenced.Arguments ?? "")
            : (name, null);
    }

    private static string? Language(string? info)
    {
        // A command behind the fence is no language.
        if (string.IsNullOrWhiteSpace(info) || info.AsSpan().ContainsAny('$', '|', '='))
        {
            return null;
        }

        var word = InfoWord().Match(info).Value;
        return word.Length == 0 ? null : new string([.. word.Select(char.ToLowerInvariant)]);
    }

    private string Title(HeadingBlock heading)
    {
        var text = _source.Prose(heading.Span.Start, heading.Span.End);
        return heading.IsSetext
            ? text.Split('\n')[0].Trim()
            : text.TrimStart('#').Trim().TrimEnd('#').Trim();
    }

    private ImmutableArray<TableLine> Rows(Table table) =>
    [
        .. table.OfType<TableRow>().Select(row => new TableLine(
            [.. row.OfType<TableCell>()
                .Select(cell => _source.Slice(cell.Span.Start, cell.Span.End).Trim().Trim('|').Trim())],
            row.Line + 1)),
    ];

    // Nothing but expressions of a template language: ERB, Liquid and Hugo, MDX.
    [GeneratedRegex(
        @"^\s*((<%.*?%>|\{%.*?%\}|\{\{[<%]?.*?[%>]?\}\}|\{/\*.*?\*/\}|(import|export)\s[^\n]*from\s[^\n]*)\s*)+$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Template();

    [GeneratedRegex(@"^\{(?<name>[\w:-]+)\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();

    [GeneratedRegex(@"[A-Za-z][\w+#.-]*", RegexOptions.CultureInvariant)]
    private static partial Regex InfoWord();
}
