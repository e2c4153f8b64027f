using Midwatch.Runbooks.Blocks;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Placeholders;
using Midwatch.Runbooks.Steps;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>What every compilation needs and none changes: lexicons and the judge.</summary>
internal sealed record CompilerParts(
    EffectJudge Judge, HeadingLexicon Headings, GateLexicon Gates, SentenceLexicon Sentences,
    BlockLanguages Languages, PlaceholderReader Placeholders, SessionLexicon Sessions)
{
    /// <summary>
    /// The condition of a sentence: its own, else the one that a sentence before it begins with, where nothing else is
    /// asked for between the two ("If the label is there, it tells why. Skip to …"). Null for none.
    /// </summary>
    /// <param name="sentences">The sentences of one paragraph.</param>
    public Gate? Carried(IReadOnlyList<string> sentences, string sentence, int line)
    {
        var at = 0;
        while (at < sentences.Count - 1 && sentences[at] != sentence)
        {
            at++;
        }

        var gate = Gates.FindLeading(sentence, line);
        while (gate is null && --at >= 0 && !Sentences.IsAction(sentences[at]))
        {
            gate = Gates.FindLeading(sentences[at], line) is { } found
                && sentences[at].StartsWith(found.Text, StringComparison.Ordinal)
                ? found
                : null;
        }

        return gate;
    }
}
