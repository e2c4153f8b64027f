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

    /// <summary>Whether the text is the whole truth: no expansion, no placeholder.</summary>
    public bool Known => KnownLength >= Text.Length;

    /// <summary>Whether the word is an option as far as can be seen.</summary>
    public bool LooksLikeOption => Text.Length > 1 && Text[0] == '-';

    /// <summary>The word without its first characters.</summary>
    public CallWord From(int start) =>
        this with { Text = Text[start..], KnownLength = Math.Max(0, KnownLength - start) };
}
