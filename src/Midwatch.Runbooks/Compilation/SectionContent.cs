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
    private readonly ProseRules _rules;
    private readonly List<OpenItem> _open = [];
    private readonly ListMeaning _headed;
    private LeadIn? _lead;
    private ListMeaning _meaning;

    public SectionContent(
        DocumentSection section, Phase phase, ProcedureDraft draft, CompilerParts parts,
        CompilationNotes notes, ProseSteps prose)
    {
        (_section, _phase, _draft, _parts, _notes, _prose) = (section, phase, draft, parts, notes, prose);
        _gate = section.IsBranch && draft.Scenario is not null ? null : parts.Gates.Find(section.Heading, section.Line);
        _rules = new ProseRules(phase, draft);
        _headed = Lists().IsMatch(section.Title) ? ListMeaning.Causes
            : phase == Phase.Context && Symptoms().IsMatch(section.Title) ? ListMeaning.Signs
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
        else if (!Sample(code, language) && _lead is { Asks: true } && IsActing)
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

    /// <summary>Text right behind commands is what they may show: an example, never an assertion.</summary>
    private bool Sample(OutlineNode.Code code, string? language)
    {
        if (language is not (null or "text" or "output" or "json" or "log" or "yaml" or "console" or "txt" or "plaintext")
            || _draft.LastStep is not { Kind: StepKind.Commands } last || last.Line < _section.Line
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

    private void Item(OutlineNode.Paragraph item, OutlineNode? next)
    {
        var sentences = Sentences.Of(item.Text);
        var line = Sentences.Line(item.Text);
        if (sentences.IsEmpty)
        {
            return;
        }

        _draft.Links.AddRange(LinkReader.Of(item.Text, item.Line, _parts.Gates));
        var last = sentences[^1];
        if (next is OutlineNode.Code || (next is { Item: { } place } && Within(place, item.Item!)))
        {
            Opener(item, next!, sentences);
            return;
        }

        _lead = null;
        var meaning = _open.LastOrDefault()?.Meaning ?? _meaning;
        switch (_phase)
        {
            case Phase.Escalate:
                _draft.Escalations.Add(
                    EscalationReader.Read(item.Text, _section.Heading, item.Item!.Ordered, item.Line));
                break;
            case Phase.Prevent:
                break;
            case var _ when meaning == ListMeaning.Causes && !_parts.Sentences.IsAction(sentences[0]):
                Cause(item, line);
                break;
            case var _ when meaning == ListMeaning.Signs
                && (_headed == ListMeaning.Signs || !_parts.Sentences.IsAction(line)):
                _draft.AddHint(line, item.Line);
                break;
            case Phase.Reference or Phase.Context:
                Told(line, item.Line);
                Reference(item);
                break;
            case var _ when LinkReader.IsOnly(item.Text)
                || (meaning == ListMeaning.Links && !_parts.Sentences.IsAction(line)):
                break;
            default:
                Task(item, line, last);
                break;
        }

        _notes.Understand(item);
    }

    /// <summary>The item is the title of what follows in it, or right behind it.</summary>
    private void Opener(OutlineNode.Paragraph item, OutlineNode next, IReadOnlyList<string> sentences)
    {
        var plain = Sentences.Line(item.Text);
        var gate = _parts.Gates.Find(plain, item.Line);
        _rules.Add(item.Text, item.Line, _meaning);
        var inherited = _open.LastOrDefault(open => open.Gate is not null)?.Gate;
        _open.Add(new OpenItem(item.Item!, gate ?? inherited, _parts.Sentences.Announces(sentences[^1])));
        var asks = sentences.Any(_parts.Sentences.IsAction);
        _lead = new LeadIn(
            TitleOf(sentences, item.Text, isItem: true), item.Text, item.Line, gate ?? inherited,
            _parts.Sentences.AnnouncesSample(sentences[^1]), asks);
        if (IsActing && next is not OutlineNode.Code && asks && !plain.EndsWith(':') && !IsLabel(item.Text))
        {
            _draft.Add(_prose.Item(item, Place(), Sentences.Title(_lead.Title)));
            _lead = null;
        }
        else if (_phase == Phase.Escalate)
        {
            _draft.Escalations.Add(
                EscalationReader.Read(item.Text, _section.Heading, item.Item!.Ordered, item.Line));
        }

        _notes.Understand(item);
    }

    private void Cause(OutlineNode.Paragraph item, string line)
    {
        _draft.AddHint(line, item.Line);
        if (!_rules.Add(item.Text, item.Line, ListMeaning.Causes))
        {
            _draft.Rules.Add(new Rule(_draft.Title, line, null, item.Line));
        }

        if (_prose.Commands(item.Line, item.EndLine, item.Text, Place(), _draft.Session) is { } step)
        {
            _draft.Add(step);
        }
    }

    private void Task(OutlineNode.Paragraph item, string line, string last)
    {
        var rule = _rules.Add(item.Text, item.Line, _meaning);
        var commands = _prose.Commands(item.Line, item.EndLine, item.Text, Place(), _draft.Session);
        if (commands is not null)
        {
            _draft.Add(commands);
            return;
        }

        var asks = _parts.Sentences.IsAction(line) || _parts.Sentences.IsAction(last)
            || _parts.Sentences.IsWait(line);
        var listed = item.Item!.Ordered || _phase is Phase.Verify or Phase.Communicate or Phase.Postincident;
        if (asks || (listed && !rule) || (rule && _phase == Phase.Resolve))
        {
            _draft.Add(_prose.Item(item, Place(), TitleOf(Sentences.Of(item.Text), item.Text, isItem: true)));
        }
    }

    /// <summary>Keeps what the section states for people: who is hit, what happens by itself.</summary>
    private void Told(string line, int at)
    {
        if (_parts.Sentences.IsWarning(line))
        {
            _draft.Facts.Add(new Fact(FactKind.Warning, line, at));
        }
        else if (_phase == Phase.Context && _parts.Sentences.FactOf(_section.Title) is { } kind)
        {
            _draft.Facts.Add(new Fact(kind, line, at));
        }
    }

    private void Reference(OutlineNode.Paragraph item)
    {
        if (Related().Match(item.Text) is { Success: true } match)
        {
            _draft.RelatedAlerts.Add(new RelatedAlert(
                match.Groups["name"].Value, HeadingText.Plain(match.Groups["rest"].Value), item.Line));
        }

        if (_prose.Commands(item.Line, item.EndLine, item.Text, Place(), _draft.Session) is { } step)
        {
            _draft.Add(step);
        }
    }

    private void Paragraph(OutlineNode.Paragraph paragraph, OutlineNode? next)
    {
        var sentences = Sentences.Of(paragraph.Text);
        if (sentences.IsEmpty)
        {
            return;
        }

        var plain = Sentences.Line(paragraph.Text);
        var listed = next is OutlineNode.Paragraph { OpensItem: true };
        var announced = _parts.Sentences.Announces(sentences[^1]);
        _meaning = announced != ListMeaning.Untold && (listed || plain.EndsWith(':')) ? announced : _headed;
        _rules.Announced = RuleReader.Announces(plain);
        _draft.Links.AddRange(LinkReader.Of(paragraph.Text, paragraph.Line, _parts.Gates));
        if (_phase is Phase.Escalate && next is not { Item: not null } && Durations.First(plain) is not null)
        {
            _draft.Escalations.Add(EscalationReader.Read(paragraph.Text, _section.Heading, false, paragraph.Line));
        }

        if (_draft.Threshold is null && sentences.FirstOrDefault(_parts.Sentences.TellsOfAlert) is { } condition)
        {
            _draft.Told ??= condition;
        }

        Told(plain, paragraph.Line);
        var inline = _prose.Commands(paragraph.Line, paragraph.EndLine, paragraph.Text, Place(_section.Title),
            _draft.Session);
        if (inline is not null)
        {
            _draft.Add(inline);
        }

        if (IsActing)
        {
            Act(paragraph, next, sentences, inline is not null);
        }

        Lead(paragraph, next, sentences);
        _notes.UnderstandWithSection(paragraph, _section);
    }

    /// <summary>What a paragraph in a phase of doing asks for, promises and says.</summary>
    private void Act(
        OutlineNode.Paragraph paragraph, OutlineNode? next, IReadOnlyList<string> sentences, bool done)
    {
        _rules.Add(paragraph.Text, paragraph.Line, ListMeaning.Untold);
        foreach (var sentence in sentences)
        {
            if (!done && Promise(sentence, paragraph.Line))
            {
                _notes.Understand(paragraph);
            }
        }

        var first = sentences.FirstOrDefault(_parts.Sentences.IsAction);
        var follows = next is OutlineNode.Code || (next is OutlineNode.Paragraph { OpensItem: true });
        if (first is not null && !done && !(follows && (ReferenceEquals(first, sentences[^1]) || next is OutlineNode.Code)))
        {
            _draft.Add(_prose.Sentence(first, paragraph, Place(Sentences.Title(first))));
            _notes.Understand(paragraph);
        }
    }

    /// <summary>A sentence behind commands may say what they should show.</summary>
    private bool Promise(string sentence, int line)
    {
        if (_draft.LastStep is not { Kind: StepKind.Commands } last || last.Line < _section.Line
            || ExpectationReader.FromPromise(sentence, line) is not { } promise)
        {
            return false;
        }

        _draft.ReplaceLast(last with { Expects = last.Expects.Add(promise) });
        return true;
    }

    private void Lead(OutlineNode.Paragraph paragraph, OutlineNode? next, IReadOnlyList<string> sentences)
    {
        if (next is not OutlineNode.Code && next is not OutlineNode.Paragraph { OpensItem: true })
        {
            _lead = null;
            return;
        }

        // "If X … then do:" holds for the block; a condition further up in the paragraph is only told of.
        var gate = IsActing ? _parts.Gates.Find(sentences[^1], paragraph.Line) : null;
        var text = _lead is null || paragraph.Item is null ? paragraph.Text : $"{_lead.Text}\n\n{paragraph.Text}";
        _lead = new LeadIn(
            TitleOf(sentences, paragraph.Text, isItem: false), text, paragraph.Line, gate,
            _parts.Sentences.AnnouncesSample(sentences[^1]), sentences.Any(_parts.Sentences.IsAction));
    }

    /// <summary>The title of what follows: its label or the last sentence that asks for it, else the section's own.</summary>
    private string TitleOf(IReadOnlyList<string> sentences, string text, bool isItem)
    {
        if (Labelled().Match(text.TrimStart()) is { Success: true } label)
        {
            return Sentences.Title(Sentences.Line(label.Groups["label"].Value));
        }

        var last = sentences[^1];
        return sentences.LastOrDefault(_parts.Sentences.IsAction) is { } asking ? Sentences.Title(asking)
            : sentences.Count == 1 || last.EndsWith(':') || last.EndsWith('：') ? Sentences.Title(last)
            : isItem ? Sentences.Title(sentences[0])
            : _section.Title;
    }

    private void Table(OutlineNode.Table table)
    {
        _lead = null;
        _draft.Rules.AddRange(TableReader.Rules(table));
        foreach (var row in table.Rows.Skip(1))
        {
            var text = string.Join(" | ", row.Cells);
            _draft.Links.AddRange(LinkReader.Of(text, row.Line, _parts.Gates));
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

    private static bool IsLabel(string text) => LabelOnly().IsMatch(text.Trim());

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

    [GeneratedRegex(@"\b(causes?|reasons?|root causes?)$|원인$|原因$|^ursachen$|^causes$|^causas$|^причины$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Lists();

    [GeneratedRegex(@"^symptoms?|^signs|^detection|증상|症状|^symptom|^síntomas|^sintomas|^симптомы",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Symptoms();

    [GeneratedRegex(@"^(\*\*|__)[^*]+(\*\*|__)\s*:?$", RegexOptions.CultureInvariant)]
    private static partial Regex LabelOnly();

    [GeneratedRegex(@"^(\*\*|__)(?<label>[^*\n]{3,100})(\*\*|__)\s*:?\s*(<br\s*/?>|\n|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Labelled();

    [GeneratedRegex(@"^\W*`(?<name>[A-Z]\w+)`\W*(?<rest>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Related();
}
