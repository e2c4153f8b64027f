using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Sections;
using Midwatch.Runbooks.Steps;
using Midwatch.Runbooks.Wording;
using Midwatch.Shell.Transcripts;

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
    private readonly ProseRules _rules;
    private readonly List<OpenItem> _open = [];
    private readonly ListMeaning _headed;
    private LeadIn? _lead;
    private ListPlace? _branch;
    private ListMeaning _meaning;
    private string? _escalation;

    public SectionContent(
        DocumentSection section, Phase phase, ProcedureDraft draft, CompilerParts parts,
        CompilationNotes notes, ProseSteps prose)
    {
        (_section, _phase, _draft, _parts, _notes, _prose) = (section, phase, draft, parts, notes, prose);
        _gate = section.IsBranch && draft.Scenario is not null ? null : parts.Gates.Find(section.Heading, section.Line);
        _rules = new ProseRules(phase, draft, parts.Sentences);
        _headed = Lists().IsMatch(section.Title) ? ListMeaning.Causes
            : phase == Phase.Context && Symptoms().IsMatch(section.Title) ? ListMeaning.Signs
            : parts.Sentences.HeadsNames(section.Title) ? ListMeaning.Names
            : ListMeaning.Untold;
        _meaning = _headed;
    }

    /// <summary>Whether what is said here is for doing, in contrast to background.</summary>
    private bool IsActing => _phase is not (Phase.Context or Phase.Reference or Phase.Prevent or Phase.Escalate);

    /// <summary>Reads a node.</summary>
    /// <param name="next">The one behind it; null for the last.</param>
    public void Read(OutlineNode node, OutlineNode? next)
    {
        _open.RemoveAll(open => !Within(node.Item, open.Place));
        if (_branch is not null && !Within(node.Item, _branch))
        {
            _branch = null;
            _draft.Open(null);
        }

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

    private StepPlace Place(string? title = null) => new(
        _phase, title ?? _lead?.Title ?? _section.Title, _lead?.Text,
        _lead?.Gate ?? _open.LastOrDefault(open => open.Gate is not null)?.Gate ?? _gate);

    private void Code(OutlineNode.Code code)
    {
        var before = (_draft.StepCount, _draft.Rules.Count);
        var language = _parts.Languages.Of(code, _lead is { Samples: true } && _draft.LastStep is not null);
        if (language is null && code.Lines.Any(TranscriptReader.IsPrompted))
        {
            language = "bash";
        }

        if (IsRepeated(code))
        {
            language = "output";
        }

        if (language == "bash")
        {
            var (steps, rules) = new BlockSteps(_parts, _notes, _draft.Session).Read(code, Place());
            steps.ForEach(_draft.Add);
            _draft.Rules.AddRange(rules);
        }
        else if (IsActing && language is "promql" or "logql" or "sql" or "kusto" or "kql")
        {
            _draft.Add(_prose.Block(code, language, Place()));
        }
        else if (_phase is Phase.Context && language is "promql" && _draft.Threshold is null)
        {
            _draft.Threshold = string.Join(' ', code.Lines.Select(line => line.Trim()));
            _notes.Understand(code);
        }
        else if (!Sample(code, language) && IsActing
            && (_lead is { Asks: true } || !_parts.Languages.IsData(language)))
        {
            // Data that a person is asked to write somewhere: a setting, a manifest, a message.
            _draft.Add(_prose.Block(code, language ?? "text", Place()));
        }

        if (language is not null || before != (_draft.StepCount, _draft.Rules.Count))
        {
            _notes.Understand(code);
        }

        _lead = null;
    }

    /// <summary>
    /// "Expected output:" above "$ kubectl get pods" and what it wrote: the call was made further up.
    /// </summary>
    private bool IsRepeated(OutlineNode.Code code) =>
        _draft.LastStep is { Kind: StepKind.Commands }
        && TranscriptReader.IsPrompted(code.Lines.FirstOrDefault(line => !string.IsNullOrWhiteSpace(line)) ?? "")
        && _parts.Sentences.HeadsOutput(_lead is null ? _section.Title : Sentences.Line(_lead.Text));

    /// <summary>Text right behind commands is what they may show: an example, never an assertion.</summary>
    private bool Sample(OutlineNode.Code code, string? language)
    {
        if (language is not (null or "text" or "txt" or "plaintext" or "output" or "log" or "console" or "json"
                or "yaml")
            || _draft.LastStep is not { Kind: StepKind.Commands } last
            || (last.Line < _section.Line && !_parts.Sentences.HeadsOutput(_section.Title))
            || _lead is { Asks: true, Samples: false }
            || (language is "yaml" or "json" && _lead is not { Samples: true } and not null))
        {
            return false;
        }

        var text = string.Join('\n', code.Lines);
        _draft.ReplaceLast(
            last with { Expects = last.Expects.Add(new Expectation.Told(text, true, code.Line, text)) });
        _notes.Understand(code);
        return true;
    }

    private void Table(OutlineNode.Table table)
    {
        _lead = null;
        _draft.Rules.AddRange(TableReader.Rules(table));
        foreach (var row in table.Rows.Skip(1))
        {
            var text = string.Join(" | ", row.Cells);
            _draft.Links.AddRange(LinkReader.Of(text, row.Line, _parts));
            if (_phase == Phase.Escalate)
            {
                _draft.Escalations.Add(EscalationReader.Read(text, _section.Heading, false, row.Line));
            }

            if (_prose.Commands(row.Line, row.Line, text, Place(), _draft.Session) is { } step)
            {
                var words = row.Cells.Where(cell => cell.Length > 0 && !cell.Contains('`', StringComparison.Ordinal));
                var title = Sentences.Title(Sentences.Line(string.Join(": ", words.Take(2))));
                step = title.Length > 0 ? step with { Title = title } : step;
                _draft.Add(step);
            }
        }

        _notes.Understand(table);
    }

    private static bool Within(ListPlace? place, ListPlace item)
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

    [GeneratedRegex(
        @"\b(causes?|reasons?|root causes?)$|^what (can |could |usually )?causes?\b|원인$|原因$|^ursachen$|^causes$|^causas$|^причины$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Lists();

    [GeneratedRegex(@"^symptoms?|^signs|^detection|증상|症状|^symptom|^síntomas|^sintomas|^симптомы",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Symptoms();
}
