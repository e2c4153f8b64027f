using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>What list items say.</summary>
internal sealed partial class SectionContent
{
    private void Item(OutlineNode.Paragraph item, OutlineNode? next)
    {
        var sentences = Sentences.Of(item.Text);
        var line = Sentences.Line(item.Text);
        if (sentences.IsEmpty)
        {
            return;
        }

        _draft.Links.AddRange(LinkReader.Of(item.Text, item.Line, _parts));
        var last = sentences[^1];
        var meaning = _open.LastOrDefault()?.Meaning ?? _meaning;
        if (Opens(item, next, meaning, line))
        {
            Opener(item, next!, sentences);
            return;
        }

        _lead = null;
        switch (_phase)
        {
            case Phase.Escalate:
                _draft.Escalations.Add(EscalationReader.Under(_escalation,
                    EscalationReader.Read(item.Text, _section.Heading, item.Item!.Ordered, item.Line)));
                break;
            case Phase.Prevent:
                break;
            case var _ when meaning == ListMeaning.Promises && IsActing && IsBehindCommands:
                Expect(ExpectationReader.FromSentence(line, item.Line)
                    ?? new Expectation.Told(line, false, item.Line, line));
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

    /// <summary>
    /// Whether what follows belongs to an item: it stands in it, or is a block right behind the list. The last of a
    /// list of causes or signs is only that.
    /// </summary>
    private bool Opens(OutlineNode.Paragraph item, OutlineNode? next, ListMeaning meaning, string line) =>
        (next is { Item: { } place } && Within(place, item.Item!))
        || (next is OutlineNode.Code
            && (meaning is not (ListMeaning.Causes or ListMeaning.Signs) || _parts.Sentences.IsAction(line)
                || line.EndsWith(':')));

    /// <summary>The item is the title of what follows in it, or right behind it.</summary>
    private void Opener(OutlineNode.Paragraph item, OutlineNode next, IReadOnlyList<string> sentences)
    {
        var plain = Sentences.Line(item.Text);
        OpenBranch(item, plain);
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

    /// <summary>"1. **Loss of the cluster:**" above its steps names a branch of the mending.</summary>
    private void OpenBranch(OutlineNode.Paragraph item, string plain)
    {
        if (_phase != Phase.Resolve || _draft.Scenario is not null || !IsLabel(item.Text)
            || !(FailureWords.End(plain) || (FailureWords.AreIn(plain) && !_parts.Sentences.IsAction(plain))))
        {
            return;
        }

        _branch = item.Item;
        _draft.Open(new ScenarioDraft(Sentences.Title(plain), plain.TrimEnd(':'), null, item.Line));
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
        if (line.IndexOf(": ", StringComparison.Ordinal) is > 0 and < 40 and var colon
            && _parts.Sentences.Announces(line[..(colon + 1)]) == ListMeaning.Causes)
        {
            // "Likely causes: a bad value, no room": a list on one line.
            _draft.AddHint(line, item.Line);
            return;
        }

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
        var names = _phase != Phase.Verify
            && _parts.Sentences.IsName(line, _open.LastOrDefault()?.Meaning ?? _meaning);
        if (asks || (listed && !rule && !names && !Described().IsMatch(item.Text)) || (rule && _phase == Phase.Resolve))
        {
            _draft.Add(_prose.Item(item, Place(), TitleOf(Sentences.Of(item.Text), item.Text, isItem: true)));
        }
    }

    /// <summary>Keeps what the section states for people: who is hit, what happens by itself.</summary>
    private void Told(string line, int at)
    {
        if (_phase == Phase.Context && _parts.Sentences.LevelOf(_section.Title, line) is var (level, condition))
        {
            _draft.Severity ??= HeadingText.Bare(level);
            _draft.Told ??= condition;
            _draft.Facts.Add(new Fact(FactKind.Field, $"{level}: {condition}", at));
        }
        else if (_parts.Sentences.IsWarning(line))
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
        if (Related().Match(item.Text) is { Success: true } match
            && !_draft.Alerts.Exists(bound => bound.Name == match.Groups["name"].Value))
        {
            _draft.RelatedAlerts.Add(new RelatedAlert(
                match.Groups["name"].Value, HeadingText.Plain(match.Groups["rest"].Value), item.Line));
        }

        if (_prose.Commands(item.Line, item.EndLine, item.Text, Place(), _draft.Session) is { } step)
        {
            _draft.Add(step);
        }
    }

    private static bool IsLabel(string text) => LabelOnly().IsMatch(text.Trim());

    [GeneratedRegex(@"^(\*\*|__)[^*]+(\*\*|__)\s*:?$", RegexOptions.CultureInvariant)]
    private static partial Regex LabelOnly();

    /// <summary>"`PORT=1` - opens it" tells what something is.</summary>
    [GeneratedRegex(@"^`[^`]+`\s+[-–—]\s", RegexOptions.CultureInvariant)]
    private static partial Regex Described();

    [GeneratedRegex(@"^\W*`(?<name>[A-Z]\w+)`\W*(?<rest>.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Related();
}
