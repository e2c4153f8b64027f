using System.Collections.Immutable;
using System.Globalization;

namespace Midwatch.Shell.Expansion;

/// <summary>Says how a variable was declared: <c>${x@A}</c>, <c>${x@a}</c>, <c>declare -p</c>.</summary>
internal static class VariableDescription
{
    /// <summary>The letters of its attributes, as <c>${x@a}</c> gives them.</summary>
    public static string Attributes(ShellVariable? variable) => variable is null ? string.Empty : string.Concat(
        variable.Elements is null ? string.Empty : "a",
        variable.Keyed is null ? string.Empty : "A",
        variable.Integer ? "i" : string.Empty,
        variable.Reference is null ? string.Empty : "n",
        variable.ReadOnly ? "r" : string.Empty,
        variable.Letters == 'l' ? "l" : string.Empty,
        variable.Letters == 'u' ? "u" : string.Empty,
        variable.Letters == 'c' ? "c" : string.Empty,
        variable.Exported ? "x" : string.Empty);

    public static string Of(char operation, string name, ShellState state, string? value)
    {
        var variable = state.Find(name);
        var attributes = Attributes(variable);
        if (operation == 'a')
        {
            return attributes;
        }

        return value is null && attributes.Length == 0 ? string.Empty
            : variable is { IsArray: true } ? $"declare -{attributes} {name}={ShellQuote.Quote(value ?? string.Empty)}"
            : attributes.Length > 0 ? $"declare -{attributes} {name}={ShellQuote.Quote(value ?? string.Empty)}"
            : $"{name}={ShellQuote.Quote(value ?? string.Empty)}";
    }

    public static ParameterValue OfAll(char operation, string name, ShellState state, bool joined)
    {
        var variable = state.Find(name);
        if (operation == 'a')
        {
            var attributes = Attributes(variable);
            return new ParameterValue.List([.. (variable?.Values ?? []).Select(_ => attributes)], joined);
        }

        if (operation == 'A')
        {
            return new ParameterValue.Text(Declaration(name, variable) ?? string.Empty);
        }

        ImmutableArray<string> pairs = operation == 'K'
            ? [string.Join(' ', Pairs(variable).Select(pair => $"{pair.Key} {DoubleQuoted(pair.Value)}"))]
            : [.. Pairs(variable).SelectMany(pair => new[] { pair.Key, pair.Value })];
        return new ParameterValue.List(pairs, joined);
    }

    /// <summary>As <c>declare -p</c> prints it; null when there is no such variable.</summary>
    public static string? Declaration(string name, ShellVariable? variable)
    {
        if (variable is null)
        {
            return null;
        }

        var attributes = Attributes(variable);
        var head = $"declare -{(attributes.Length == 0 ? "-" : attributes)} {name}";
        if (variable.IsArray)
        {
            var pairs = string.Join(' ', Pairs(variable).Select(pair =>
                $"[{(variable.Keyed is null ? pair.Key : KeyText(pair.Key))}]={DoubleQuoted(pair.Value)}"));
            return $"{head}=({pairs}{(variable.Keyed is { IsEmpty: false } ? " " : string.Empty)})";
        }

        return variable.Reference is { } reference ? $"{head}=\"{reference}\""
            : variable.Text is { } text ? $"{head}={DoubleQuoted(text)}"
            : head;
    }

    private static IEnumerable<KeyValuePair<string, string>> Pairs(ShellVariable? variable) =>
        variable?.Keyed is { } keyed ? keyed
        : ShellArrays.Of(variable).Select(pair =>
            KeyValuePair.Create(pair.Key.ToString(CultureInfo.InvariantCulture), pair.Value));

    private static string KeyText(string key) =>
        key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || "_-./:,%+=".Contains(c,
            StringComparison.Ordinal))
            ? key : DoubleQuoted(key);

    private static string DoubleQuoted(string text) => text.Any(char.IsControl)
        ? ShellQuote.Quote(text)
        : "\"" + string.Concat(text.Select(c => c is '"' or '\\' or '$' or '`' ? $"\\{c}" : c.ToString())) + "\"";
}
