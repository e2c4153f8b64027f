using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>What paragraphs say.</summary>
internal sealed partial class SectionContent
{
    private void Paragraph(OutlineNode.Paragraph paragraph, OutlineNode? next)
    {
        var sentences = Sentences.Of(paragraph.Text);
        if (sentences.IsEmpty)
        {
            return;
        }

        var plain = Sentences.Line(paragraph.Text);
        var listed = next is OutlineNode.Paragraph { OpensItem: true };
        _meaning = (listed || plain.EndsWith(':'))
            && _parts.Sentences.Announces(sentences[^1]) is not ListMeaning.Untold and var announced
            ? announced
            : _headed;
        _rules.Announced = RuleReader.Announces(plain);
        _draft.Links.AddRange(LinkReader.Of(paragraph.Text, paragraph.Line, _parts));
        if (_phase is Phase.Escalate && next is not { Item: not null }
            && (Durations.First(plain) is not null || _parts.Sentences.IsCall(plain)))
        {
            _draft.Escalations.Add(EscalationReader.Read(paragraph.Text, _section.Heading, false, paragraph.Line));
        }

        Coded(paragraph.Text);
        _escalation = _phase == Phase.Escalate && listed && plain.EndsWith(':') ? plain.TrimEnd(':') : null;
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

    /// <summary>
    /// Fields of a rule that stand in code marks among the prose: "`for: 15m`, `severity: critical`".
    /// </summary>
    private void Coded(string text)
    {
        if (_phase != Phase.Context)
        {
            return;
        }

        foreach (Match field in CodedField().Matches(text))
        {
            var value = field.Groups["value"].Value;
            if (field.Groups["name"].Value == "for")
            {
                _draft.For ??= Durations.First(value);
            }
            else
            {
                _draft.Severity ??= HeadingText.Bare(value);
            }
        }
    }

    /// <summary>What a paragraph in a phase of doing asks for, promises and says.</summary>
    private void Act(
        OutlineNode.Paragraph paragraph, OutlineNode? next, IReadOnlyList<string> sentences, bool done)
    {
        _rules.Add(paragraph.Text, paragraph.Line, ListMeaning.Untold);
        string? first = null;
        foreach (var sentence in sentences.Where(_ => !done))
        {
            if (next is OutlineNode.Paragraph { OpensItem: true }
                && _parts.Sentences.Announces(sentence) == ListMeaning.Promises)
            {
                _notes.Understand(paragraph);
            }
            else if (!IsLead(sentence, sentences, next) && Promise(sentence, paragraph.Line))
            {
                _notes.Understand(paragraph);
            }
            else if (_parts.Sentences.IsWait(sentence) && Durations.First(sentence) is not null)
            {
                _draft.Add(_prose.Sentence(sentence, paragraph, Place(Sentences.Title(sentence))));
                _notes.Understand(paragraph);
            }
            else
            {
                first ??= _parts.Sentences.IsAction(sentence) ? sentence : null;
            }
        }

        var follows = next is OutlineNode.Code || (next is OutlineNode.Paragraph { OpensItem: true });
        var leads = follows && (ReferenceEquals(first, sentences[^1]) || next is OutlineNode.Code);
        if (first is not null && !done && !leads)
        {
            var place = Place(Sentences.Title(first));
            var gate = place.Gate ?? _parts.Carried(sentences, first, paragraph.Line);
            _draft.Add(_prose.Sentence(first, paragraph, place with { Gate = gate }));
            _notes.Understand(paragraph);
        }
    }

    /// <summary>"Check that the pods run:" above a block asks for the block, and promises nothing of the one
    /// before.</summary>
    private bool IsLead(string sentence, IReadOnlyList<string> sentences, OutlineNode? next) =>
        next is OutlineNode.Code && ReferenceEquals(sentence, sentences[^1]) && !_parts.Sentences.IsStatement(sentence)
        && _parts.Sentences.IsAction(sentence);

    /// <summary>A sentence behind commands may say what they should show.</summary>
    private bool Promise(string sentence, int line)
    {
        if (!IsBehindCommands || ExpectationReader.FromPromise(sentence, line) is not { } promise)
        {
            return false;
        }

        Expect(promise);
        return true;
    }

    /// <summary>The step before this one is of commands, and of this section.</summary>
    private bool IsBehindCommands =>
        _draft.LastStep is { Kind: StepKind.Commands } last && last.Line >= _section.Line;

    private void Expect(Expectation promise)
    {
        var last = _draft.LastStep!;

        _draft.ReplaceLast(last with { Expects = last.Expects.Add(promise) });
    }

    private void Lead(OutlineNode.Paragraph paragraph, OutlineNode? next, IReadOnlyList<string> sentences)
    {
        if (next is not OutlineNode.Code && next is not OutlineNode.Paragraph { OpensItem: true })
        {
            _lead = null;
            return;
        }

        // "If X … then do:" holds for the block; a condition further up in the paragraph is only told of.
        var gate = IsActing && !_parts.Sentences.IsAutomatic(sentences[^1])
            ? _parts.Gates.FindLeading(sentences[^1], paragraph.Line)
            : null;
        var text = _lead is null || paragraph.Item is null ? paragraph.Text : $"{_lead.Text}\n\n{paragraph.Text}";
        _lead = new LeadIn(
            TitleOf(sentences, paragraph.Text, isItem: false), text, paragraph.Line, gate,
            _parts.Sentences.AnnouncesSample(sentences[^1]), sentences.Any(_parts.Sentences.IsAction));
    }

    /// <summary>
    /// The title of what follows: its label or the last sentence that asks for it, else the section's own.
    /// </summary>
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

    [GeneratedRegex(@"`(?<name>for|severity):\s*""?(?<value>[\w.]+)""?`", RegexOptions.CultureInvariant)]
    private static partial Regex CodedField();

    [GeneratedRegex(
        @"^(\*\*|__)(?<label>[^*\n]{3,100})(\*\*|__)\s*:?\s*(<br\s*/?>|\n|$)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Labelled();
}
