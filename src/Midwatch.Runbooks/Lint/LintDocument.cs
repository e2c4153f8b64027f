using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects.Targets;
using Midwatch.Runbooks.Effects.Tools;
using Midwatch.Runbooks.Lint.Calls;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Lint;

/// <summary>A compiled runbook with what the checks look at.</summary>
internal sealed class LintDocument
{
    private readonly Lazy<ImmutableArray<OutlineNode>> _outline;
    private readonly Lazy<ImmutableArray<DataBlock>> _data;
    private readonly Lazy<FrozenSet<int>> _blocks;

    public LintDocument(Runbook runbook, ToolLibrary tools, ObjectKinds kinds)
    {
        Runbook = runbook;
        Kinds = kinds;
        Naming = new DocumentNaming(runbook);
        Lines = new SourceLines(runbook.Text);
        Steps =
        [
            .. runbook.Procedures
                .SelectMany(procedure =>
                    procedure.Steps.Concat(procedure.Scenarios.SelectMany(scenario => scenario.Steps)))
                .DistinctBy(step => step.Id)
                .OrderBy(step => step.Line),
        ];
        Commands =
        [
            .. Steps.SelectMany(step => step.Commands)
                .DistinctBy(command => command.Span)
                .OrderBy(command => command.Span.Line).ThenBy(command => command.Span.Column),
        ];
        Calls =
        [
            .. Commands.Where(command => !HtmlEntity.IsIn(Lines[command.Span.Line]))
                .SelectMany(command => CallWalk.Of(tools, command)),
        ];
        _outline = new Lazy<ImmutableArray<OutlineNode>>(() => OutlineReader.Read(Lines) ?? []);
        _blocks = new Lazy<FrozenSet<int>>(() => runbook.Nodes.Where(node => node.Kind == NodeKind.Code)
            .SelectMany(node => Enumerable.Range(node.Line, node.EndLine - node.Line + 1)).ToFrozenSet());
        _data = new Lazy<ImmutableArray<DataBlock>>(() => DataBlock.Of(Outline));
    }

    /// <summary>The document.</summary>
    public Runbook Runbook { get; }

    /// <summary>What it calls itself.</summary>
    public DocumentNaming Naming { get; }

    /// <summary>The names of kinds.</summary>
    public ObjectKinds Kinds { get; }

    /// <summary>Its lines.</summary>
    public SourceLines Lines { get; }

    /// <summary>Its steps in order.</summary>
    public ImmutableArray<Step> Steps { get; }

    /// <summary>Its commands in order.</summary>
    public ImmutableArray<StepCommand> Commands { get; }

    /// <summary>Its program calls in order.</summary>
    public ImmutableArray<CommandCall> Calls { get; }

    /// <summary>Its leaves; empty when it is nested too deep.</summary>
    public ImmutableArray<OutlineNode> Outline => _outline.Value;

    /// <summary>Its YAML blocks that can be read.</summary>
    public ImmutableArray<DataBlock> Data => _data.Value;

    /// <summary>
    /// Whether a call stands in a sentence, not in a block: such a one names a command as often as it asks for it.
    /// </summary>
    public bool IsInProse(CommandCall call) => IsInProse(call.Command);

    /// <summary>Whether a command stands in a sentence.</summary>
    public bool IsInProse(StepCommand command) => !_blocks.Value.Contains(command.Span.Line);

    /// <summary>Calls of kubectl (or oc) that a shell makes itself.</summary>
    public IEnumerable<CommandCall> Kubectl => Calls.Where(call => call.IsKubectl());

    /// <summary>A whole line, without its indentation.</summary>
    public DocumentSpan SpanOf(int line)
    {
        var text = Lines[Math.Clamp(line, 1, Lines.Count)];
        var start = text.Length - text.TrimStart().Length;
        return new DocumentSpan(line, start + 1, line, Math.Max(start + 2, text.TrimEnd().Length + 1));
    }

    /// <summary>The first occurrence of a text in a line; the whole line when it is not there.</summary>
    public DocumentSpan SpanOf(int line, string text)
    {
        var at = Lines[Math.Clamp(line, 1, Lines.Count)].IndexOf(text, StringComparison.Ordinal);
        return at < 0 ? SpanOf(line) : new DocumentSpan(line, at + 1, line, at + 1 + text.Length);
    }

    /// <summary>The headings above a line, the innermost first.</summary>
    public IEnumerable<OutlineNode.Heading> HeadingsAbove(int line)
    {
        var level = 7;
        foreach (var heading in Outline.OfType<OutlineNode.Heading>().Reverse())
        {
            if (heading.Line <= line && heading.Level < level)
            {
                level = heading.Level;
                yield return heading;
            }
        }
    }

    /// <summary>What is said about a command right where it stands: its comment, its step, the heading above.</summary>
    public string Said(StepCommand command)
    {
        var said = new StringBuilder(command.Comment);
        var step = Steps.FirstOrDefault(each => each.Commands.Contains(command));
        said.Append('\n').Append(step?.Narrative);
        foreach (var heading in HeadingsAbove(command.Span.Line).Take(1))
        {
            said.Append('\n').Append(heading.Text);
        }

        return said.ToString();
    }

    /// <summary>
    /// Whether an alert is stated. A name in capitals over a section may be an alert's or any other thing's; as the
    /// title of the document, in a runbook, or in a field of its own it is an alert's.
    /// </summary>
    public bool States(Procedure procedure, AlertBinding alert) => Naming.IsRunbook
        || (!Naming.IsTemplate && (alert.Line != procedure.Line
            || (Outline.OfType<OutlineNode.Heading>().FirstOrDefault() is { } first && first.Line == procedure.Line)));

    /// <summary>The procedure that a line belongs to; null for none.</summary>
    public Procedure? ProcedureAt(int line) =>
        Runbook.Procedures.LastOrDefault(procedure => procedure.Line <= line) ?? Runbook.Procedures.FirstOrDefault();
}
