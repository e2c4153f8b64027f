using System.Text.RegularExpressions;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Takes the rules out of the prose of one section.</summary>
internal sealed partial class ProseRules(Phase phase, ProcedureDraft draft, SentenceLexicon sentences)
{
    /// <summary>The paragraph above announces a list of rules ("Common error patterns:").</summary>
    public bool Announced { get; set; }

    /// <summary>Adds the rule that some prose states; false when it states none.</summary>
    /// <param name="meaning">What the list holds that the prose is an item of.</param>
    public bool Add(string text, int line, ListMeaning meaning)
    {
        if (phase is Phase.Prevent or Phase.Escalate)
        {
            return false;
        }

        var joined = text.Replace('\n', ' ');
        var colon = Announced || meaning == ListMeaning.Causes
            || (BoldFirst().IsMatch(joined) && phase is Phase.Diagnose or Phase.Resolve);
        // Several arrows in prose are a way that something takes.
        var rule = (Arrows().Count(joined) > 1 ? null : RuleReader.FromArrow(joined, line, null))
            ?? (colon ? Labelled(joined, line) : null)
            ?? RuleReader.FromCondition(joined, line, null);
        if (rule is null)
        {
            return false;
        }

        if (sentences.IsStuck(rule.Observation) && sentences.TurnsToOthers(rule.Cause))
        {
            draft.Escalations.Add(EscalationReader.Read(text, "Escalate if", ordered: false, line));
            return true;
        }

        draft.Rules.Add(rule with { Observation = Sentences.Line(rule.Observation) });
        return true;
    }

    /// <summary>A label that asks for something ("**Scale out**: …") observes nothing.</summary>
    private Rule? Labelled(string text, int line) =>
        RuleReader.FromColon(text, line, null) is { } rule
        && (Announced || phase is not Phase.Resolve || !sentences.IsAction(rule.Observation)) ? rule : null;

    [GeneratedRegex(@"→|⇒|➜|->|=>", RegexOptions.CultureInvariant)]
    private static partial Regex Arrows();

    [GeneratedRegex(@"^(\*\*|__)[^*]+(\*\*|__)\s*:|^(\*\*|__)[^*]+:(\*\*|__)", RegexOptions.CultureInvariant)]
    private static partial Regex BoldFirst();
}
