using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Sections;
using Midwatch.Runbooks.Steps;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Reads what stands directly below one heading, in order.</summary>
internal sealed partial class SectionContent
{
    private readonly DocumentSection _section;
    private readonly Phase _phase;
    private readonly ProcedureDraft _draft;
    private readonly CompilerParts _parts;
    private readonly CompilationNotes _notes;
    private readonly ProseSteps _prose;
    private readonly Gate? _gate;
    private readonly bool _lists;
    private string? _narrative;
    private Gate? _next;
    private string? _item;
    private bool _announced;

    public SectionContent(
        DocumentSection section, Phase phase, ProcedureDraft draft, CompilerParts parts,
        CompilationNotes notes, ProseSteps prose)
    {
        (_section, _phase, _draft, _parts, _notes, _prose) = (section, phase, draft, parts, notes, prose);
        _gate = section.IsBranch && draft.Scenario is not null ? null : parts.Gates.Find(section.Heading, section.Line);
        _lists = Lists().IsMatch(section.Title);
    }

    /// <summary>Reads a node.</summary>
    /// <param name="next">The one behind it; null for the last.</param>
    public void Read(OutlineNode node, OutlineNode? next)
    {
        switch (node)
        {
            case OutlineNode.Code code:
                Code(code);
                break;
            case OutlineNode.Paragraph { OpensItem: true } item:
                Item(item, next);
                break;
            case OutlineNode.Paragraph paragraph:
                Paragraph(paragraph, next);
                break;
            case OutlineNode.Table table:
                Table(table);
                break;
            default:
                break;
        }
    }

    private StepPlace Place(string? title = null) => new(_phase, title ?? _section.Title, _narrative, _next ?? _gate);

    private void Code(OutlineNode.Code code)
    {
        var language = _parts.Languages.Of(code);
        if (language == "bash")
        {
            var (steps, rules) = new BlockSteps(_parts, _notes).Read(code, Place(_item));
            foreach (var step in steps)
            {
                _draft.Add(step);
            }

            _draft.Rules.AddRange(rules);
        }
        else if (_phase != Phase.Prevent && language is "promql" or "logql" or "sql" or "kusto" or "kql")
        {
            _draft.Add(Query(code, language));
        }
        else
        {
            Sample(code, language);
        }

        (_narrative, _next, _item) = (null, null, null);
    }

    /// <summary>A query is a step that a person asks of another program.</summary>
    private Step Query(OutlineNode.Code code, string language) => new()
    {
        Id = _notes.NextStep(),
        Kind = StepKind.Human,
        Phase = _phase,
        Title = _item ?? _section.Title,
        Line = code.Line,
        Language = language,
        Narrative = string.Join('\n', code.Lines),
        Commands = [],
        Expects = [],
        Gate = _next ?? _gate,
    };

    /// <summary>Text right behind commands is what they may show: an example, never an assertion.</summary>
    private void Sample(OutlineNode.Code code, string? language)
    {
        var steps = _draft.Scenario?.Steps ?? _draft.Steps;
        if (language is null or "text" or "output" or "json" or "log"
            && steps.LastOrDefault() is { Kind: StepKind.Commands } last
            && last.Line >= _section.Line)
        {
            var text = string.Join('\n', code.Lines);
            steps[^1] = last with { Expects = last.Expects.Add(new Expectation.Told(text, true, code.Line, text)) };
        }
    }

    private void Item(OutlineNode.Paragraph item, OutlineNode? next)
    {
        var plain = HeadingText.Plain(item.Text);
        if (next is OutlineNode.Code || (next is { Item: { } place } && Within(place, item.Item!)))
        {
            // The item is the title of what follows in it, or right behind it.
            _item = HeadingText.Title(item.Text.Split('\n')[0]);
            _narrative = item.Text;
            _next = _parts.Gates.Find(plain, item.Line);
            AddRule(item.Text, item.Line);
            return;
        }

        switch (_phase)
        {
            case Phase.Escalate:
                _draft.Escalations.Add(
                    EscalationReader.Read(item.Text, _section.Heading, item.Item!.Ordered, item.Line));
                break;
            case Phase.Prevent:
                break;
            case Phase.Context when Symptoms().IsMatch(_section.Title):
                _draft.AddHint(plain, item.Line);
                break;
            case Phase.Reference or Phase.Context:
                Reference(item);
                break;
            default:
                Task(item, plain);
                break;
        }
    }

    private void Task(OutlineNode.Paragraph item, string plain)
    {
        if (_lists)
        {
            _draft.AddHint(plain, item.Line);
            if (RuleReader.FromArrow(plain, item.Line, null) is null)
            {
                _draft.Rules.Add(new Rule(_draft.Title, plain, null, item.Line));
                return;
            }
        }

        if (AddRule(item.Text, item.Line)
            && _prose.Commands(item.Line, item.EndLine, item.Text, Place()) is not { } step)
        {
            if (_phase is Phase.Resolve)
            {
                _draft.Add(_prose.Item(item, Place()));
            }
        }
        else
        {
            _draft.Add(_prose.Item(item, Place()));
        }
    }

    /// <summary>Adds the rule that a line states; false when it states none.</summary>
    private bool AddRule(string text, int line)
    {
        var plain = text.Replace('\n', ' ');
        var rule = RuleReader.FromArrow(plain, line, null)
            ?? (_announced || BoldFirst().IsMatch(plain) && _phase is Phase.Diagnose or Phase.Resolve
                ? RuleReader.FromColon(plain, line, null)
                : null)
            ?? RuleReader.FromCondition(plain, line, null);
        if (rule is not null)
        {
            _draft.Rules.Add(rule with { Observation = HeadingText.Plain(rule.Observation) });
        }

        return rule is not null;
    }

    private void Reference(OutlineNode.Paragraph item)
    {
        if (Related().Match(item.Text) is { Success: true } match)
        {
            _draft.RelatedAlerts.Add(new RelatedAlert(
                match.Groups["name"].Value, HeadingText.Plain(match.Groups["rest"].Value), item.Line));
        }

        if (_prose.Commands(item.Line, item.EndLine, item.Text, Place()) is { } step)
        {
            _draft.Add(step);
        }
    }

    private void Paragraph(OutlineNode.Paragraph paragraph, OutlineNode? next)
    {
        var plain = HeadingText.Plain(paragraph.Text);
        _announced = RuleReader.Announces(plain);
        if (_phase is Phase.Escalate && next is not { Item: not null } && Durations.First(plain) is not null)
        {
            _draft.Escalations.Add(EscalationReader.Read(paragraph.Text, _section.Heading, false, paragraph.Line));
        }

        if (_phase is Phase.Diagnose or Phase.Resolve or Phase.Verify or Phase.Operate)
        {
            AddRule(paragraph.Text, paragraph.Line);
            _next = next is OutlineNode.Code && plain.TrimEnd().EndsWith(':')
                ? _parts.Gates.Find(plain, paragraph.Line)
                : null;
        }

        if (_prose.Commands(paragraph.Line, paragraph.EndLine, paragraph.Text, Place()) is { } step)
        {
            _draft.Add(step);
        }

        _narrative = _narrative is null ? paragraph.Text : $"{_narrative}\n\n{paragraph.Text}";
    }

    private void Table(OutlineNode.Table table)
    {
        _draft.Rules.AddRange(TableReader.Rules(table));
        foreach (var row in table.Rows.Skip(1))
        {
            var text = string.Join(" | ", row.Cells);
            if (_phase == Phase.Escalate)
            {
                _draft.Escalations.Add(EscalationReader.Read(text, _section.Heading, false, row.Line));
            }

            if (_prose.Commands(row.Line, row.Line, text, Place()) is { } step)
            {
                _draft.Add(step);
            }
        }
    }

    private static bool Within(ListPlace place, ListPlace item)
    {
        for (var each = place; each is not null; each = each.Parent)
        {
            if (each.Line == item.Line && each.Depth == item.Depth)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\b(causes?|reasons?|root causes?)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Lists();

    [GeneratedRegex(@"^symptoms?|^signs|^detection|증상|症状", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Symptoms();

    [GeneratedRegex(@"^(\*\*|__)[^*]+(\*\*|__)\s*:|^(\*\*|__)[^*]+:(\*\*|__)", RegexOptions.CultureInvariant)]
    private static partial Regex BoldFirst();

    [GeneratedRegex(@"^\W*`(?<name>[A-Z]\w+)`\W*(?<rest>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Related();
}
