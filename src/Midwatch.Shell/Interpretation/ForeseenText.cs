using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Says what a word will be, as far as that is certain before anything runs.</summary>
internal sealed class ForeseenText(ShellState state, PlaceholderBindings bindings)
{
    private static readonly SearchValues<char> Splitting = SearchValues.Create(" \t\n*?[");

    /// <summary>Gets or sets the variables that the script itself may change.</summary>
    public FrozenSet<string> Assigned { get; set; } = [];

    /// <summary>The single argument that the word becomes; null when that is not certain.</summary>
    public string? Text(Word word)
    {
        var text = new StringBuilder();
        return word.Parts.All(part => TryAppend(part, text, quoted: false)) ? text.ToString() : null;
    }

    private bool TryAppend(WordPart part, StringBuilder text, bool quoted)
    {
        switch (part)
        {
            case WordPart.Literal literal when !quoted && text.Length == 0 && literal.Text.StartsWith('~'):
            case WordPart.Literal glob when !quoted && glob.Text.AsSpan().IndexOfAny("*?[") >= 0
                && glob.Text is not ("[" or "[["):
            case WordPart.Literal braces when !quoted && IsBraces(braces.Text):
                return false;
            case WordPart.DoubleQuoted both:
                return both.Parts.All(inner => TryAppend(inner, text, quoted: true));
            case WordPart.Placeholder placeholder when bindings.Values.TryGetValue(placeholder.Name, out var value):
                text.Append(value);
                return true;
            case WordPart.Parameter parameter:
                return TryAppend(parameter, text, quoted);
            default:
                return part.TryAppendStatic(text);
        }
    }

    private static bool IsBraces(string text) =>
        text.Contains('{', StringComparison.Ordinal)
        && (text.Contains(',', StringComparison.Ordinal) || text.Contains("..", StringComparison.Ordinal));

    private bool TryAppend(WordPart.Parameter parameter, StringBuilder text, bool quoted)
    {
        var plain = parameter is { Prefix: ParameterPrefix.None, Subscript: null, Operation: null }
            && ShellCharacters.IsName(parameter.Name)
            && !Assigned.Contains(parameter.Name);
        if (!plain || state.Get(parameter.Name) is not { } value)
        {
            return false;
        }

        var oneWord = quoted || state.IsForeign(parameter.Name)
            || (value.Length > 0 && !value.AsSpan().ContainsAny(Splitting));
        text.Append(oneWord ? value : string.Empty);
        return oneWord;
    }
}
