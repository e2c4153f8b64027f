using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Reads what <c>${!x}</c> points to: a name, a number, <c>@</c>, or a name with a subscript.</summary>
internal static class ParameterTarget
{
    /// <summary>The parameter that the value names, with the same operation; null when it names none.</summary>
    public static WordPart.Parameter? Parse(WordPart.Parameter parameter, string target)
    {
        var bracket = target.IndexOf('[', StringComparison.Ordinal);
        var name = bracket > 0 ? target[..bracket] : target;
        Word? subscript = null;
        if (bracket > 0)
        {
            if (!target.EndsWith(']'))
            {
                return null;
            }

            // Not expanded again: a value must not become code.
            var text = target[(bracket + 1)..^1];
            subscript = new Word(parameter.Span, [new WordPart.Literal(parameter.Span, text)]);
        }

        var valid = ShellCharacters.IsName(name)
            || (bracket < 0 && name.Length > 0 && (name.All(char.IsAsciiDigit) || name is "@" or "*" or "#" or "?"));
        return valid
            ? parameter with { Prefix = ParameterPrefix.None, Subscript = subscript, Name = name }
            : null;
    }
}
