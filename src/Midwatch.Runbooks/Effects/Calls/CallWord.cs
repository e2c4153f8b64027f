using System.Text;

namespace Midwatch.Runbooks.Effects.Calls;

/// <summary>One word of a call, as far as it is known before it is expanded.</summary>
/// <param name="Text">The word without quotes; where it has a hole, the hole as written.</param>
/// <param name="KnownLength">How many characters at the beginning are certain: those before the first hole.</param>
/// <param name="MaySplit">It holds an unquoted expansion: at run time it may become several words, or none.</param>
internal readonly record struct CallWord(string Text, int KnownLength, bool MaySplit)
{
    /// <summary>A word that is the whole truth.</summary>
    public CallWord(string text)
        : this(text, text.Length, false)
    {
    }

    /// <summary>
    /// Its hole is filled by another program (<c>xargs</c>, <c>find -exec</c>), so that nobody judges it again.
    /// </summary>
    public bool IsFed { get; init; }

    /// <summary>Whether the text is the whole truth: no expansion, no placeholder.</summary>
    public bool Known => KnownLength >= Text.Length;

    /// <summary>Whether the word is an option as far as can be seen.</summary>
    public bool LooksLikeOption => Text.Length > 1 && Text[0] == '-';

    /// <summary>
    /// The word with every occurrence of a text as a hole that another program fills.
    /// </summary>
    public CallWord Fed(string hole) =>
        hole.Length > 0 && Text.IndexOf(hole, StringComparison.Ordinal) is >= 0 and var at
        ? this with { KnownLength = Math.Min(KnownLength, at), IsFed = true }
        : this;

    /// <summary>Words as one text with a space between; what is behind the first hole is not known.</summary>
    public static CallWord Join(ReadOnlySpan<CallWord> words)
    {
        var text = new StringBuilder();
        var known = -1;
        var fed = false;
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            text.Append(i == 0 ? "" : " ");
            known = known < 0 && !word.Known ? text.Length + word.KnownLength : known;
            text.Append(word.Text);
            fed |= word.IsFed;
        }

        return new CallWord(text.ToString(), known < 0 ? text.Length : known, false) { IsFed = fed };
    }

    /// <summary>The word without its first characters.</summary>
    public CallWord From(int start) =>
        this with { Text = Text[start..], KnownLength = Math.Max(0, KnownLength - start) };
}
