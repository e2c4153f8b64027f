using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects.Statements;

/// <summary>
/// What the words of a command may become when values fill their holes: a value is a value, and becomes neither code
/// nor an option.
/// </summary>
internal sealed class WordShapes
{
    private const int PlainLengthMax = 1024;
    private readonly string _text;
    private readonly FrozenSet<string> _literal;
    private readonly FrozenSet<string> _computed;

    /// <summary>Looks at what a script assigns to its variables.</summary>
    public WordShapes(Script script, string text)
    {
        _text = text;
        var assignments = ShellTree.Descendants(script).OfType<Assignment>().ToList();
        _computed = assignments.Where(each => !IsLiteral(each)).Select(each => each.Name)
            .Concat(AssignedNames.In(script.Statements).Select(each => each.Name).OfType<string>())
            .Concat(ShellTree.Descendants(script).OfType<Command.Simple>().SelectMany(ReadNames))
            .ToFrozenSet(StringComparer.Ordinal);
        _literal = assignments.Select(each => each.Name).Except(_computed).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>
    /// Whether a value has become an option: an argument begins with a hyphen that the author did not write.
    /// </summary>
    public bool BecameOption(Command.Simple simple, ImmutableArray<string> arguments)
    {
        for (var i = 1; i < arguments.Length; i++)
        {
            var argument = arguments[i];
            if (argument.Length > 1 && argument[0] == '-'
                && !(arguments.Length == simple.Words.Length
                    ? Allows(simple.Words[i], argument)
                    : simple.Words.Any(word => Allows(word, argument))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a word looks like when its holes are filled with plain words.</summary>
    public Regex Plain(Word word)
    {
        var pattern = new StringBuilder("^");
        foreach (var (literal, isHole) in WordReading.Pieces(word, _text))
        {
            pattern.Append(isHole
                ? FormattableString.Invariant($"[A-Za-z0-9_.:/@%+,=-]{{0,{PlainLengthMax}}}")
                : Regex.Escape(literal));
        }

        return new Regex(pattern.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>Whether a word as written may be an argument that begins with a hyphen.</summary>
    private bool Allows(Word word, string argument)
    {
        var read = WordReading.Read(word, _text);
        return read.KnownLength > 0 ? read.Text[0] is '-' : read.Text.StartsWith('{') || IsAuthored(word);
    }

    /// <summary>
    /// Whether the author put options into a variable: <c>$OPTS</c> without quotes, <c>"${ARGS[@]}"</c>, or one that
    /// the script sets to a text.
    /// </summary>
    private bool IsAuthored(Word word)
    {
        var isQuoted = word.Parts is [WordPart.DoubleQuoted, ..];
        var first = word.Parts is [WordPart.DoubleQuoted { Parts: [var inner, ..] }, ..] ? inner : word.Parts[0];
        return first is WordPart.Parameter parameter
            && !_computed.Contains(parameter.Name)
            && (!isQuoted
                || parameter.Subscript is not null
                || parameter.Name is "@"
                || _literal.Contains(parameter.Name));
    }

    private bool IsLiteral(Assignment assignment) =>
        ShellTree.Descendants(assignment).OfType<Word>().All(word => WordReading.Read(word, _text).Known);

    private IEnumerable<string> ReadNames(Command.Simple simple) =>
        simple.Words is [var first, ..]
        && WordReading.Read(first, _text) is { Text: "read" or "mapfile" or "readarray" }
            ? simple.Words.Skip(1).Select(word => WordReading.Read(word, _text).Text)
            : [];
}
