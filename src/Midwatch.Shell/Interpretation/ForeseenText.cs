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

    /// <summary>Gets or sets the variables that the script itself changes somewhere.</summary>
    public FrozenSet<string> Changed { get; set; } = [];

    /// <summary>Gets or sets those of them whose value is certain from some place on.</summary>
    public ConstantVariables Constants { get; set; } = ConstantVariables.None;

    /// <summary>
    /// Whether it is certain that the word takes a value that must not become code: one from outside, or one that is
    /// more than a name, a number or a path.
    /// </summary>
    public bool TakesValueThatIsNoCode(Word word) => word.Parts.Concat(
        word.Parts.OfType<WordPart.DoubleQuoted>().SelectMany(quoted => quoted.Parts)).Any(part => part switch
    {
        WordPart.Placeholder placeholder => bindings.Values.ContainsKey(placeholder.Name),
        WordPart.Parameter parameter => Value(parameter) is { } value
            && (!PlainText.Holds(value) || IsForeign(parameter)),
        _ => false,
    });

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
        if (Value(parameter) is not { } value)
        {
            return false;
        }

        var oneWord = quoted || IsForeign(parameter)
            || (value.Length > 0 && !value.AsSpan().ContainsAny(Splitting) && !Changed.Contains("IFS")
                && !value.AsSpan().ContainsAny(state.Separators));
        text.Append(oneWord ? value : string.Empty);
        return oneWord;
    }

    private bool IsForeign(WordPart.Parameter parameter) =>
        !Changed.Contains(parameter.Name) && state.IsForeign(parameter.Name);

    private string? Value(WordPart.Parameter parameter)
    {
        var plain = parameter is { Prefix: ParameterPrefix.None, Subscript: null, Operation: null }
            && ShellCharacters.IsName(parameter.Name);
        return !plain ? null
            : Changed.Contains(parameter.Name) ? Constants.Value(parameter.Name, parameter.Span.Start)
            : state.Get(parameter.Name);
    }
}
