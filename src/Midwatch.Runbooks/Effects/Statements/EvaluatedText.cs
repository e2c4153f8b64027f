using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects.Statements;

/// <summary>
/// Texts that bash evaluates once more: the subscript of an element that a quoted word names
/// (<c>[[ 'x[$(rm y)]' -eq 0 ]]</c>, <c>unset 'a[$(rm y)]'</c>), and a value as a prompt (<c>${x@P}</c>).
/// </summary>
internal static partial class EvaluatedText
{
    /// <summary>Where a command has such a text that may run something; null for none.</summary>
    /// <param name="source">The text that the command's spans point into.</param>
    public static SourceSpan? Of(Command command, string source) => command switch
    {
        Command.Simple { Words: { IsEmpty: false } words } simple => Of(simple, words, source),
        Command.Declaration declaration =>
            declaration.Operands.Any(operand => operand.Word is { } word && Acts(word, source)) ? command.Span
            : Prompt(declaration),
        Command.Test test => ShellTree.Descendants(test).OfType<Word>().Any(word => Acts(word, source)) ? command.Span
            : Prompt(test),
        _ => null,
    };

    private static SourceSpan? Of(Command.Simple simple, ImmutableArray<Word> words, string source)
    {
        var name = WordReading.Read(words[0], source).Text;
        return Names(name) && words.Skip(1).Any(word => Acts(word, source)) ? simple.Span
            : name == "printf" && Target(words, source) is { } target && Acts(target, source) ? simple.Span
            : Prompt(simple);
    }

    private static bool Names(string builtin) =>
        builtin is "test" or "[" or "let" or "unset" or "read" or "mapfile" or "readarray" or "getopts" or "wait";

    private static Word? Target(ImmutableArray<Word> words, string source) =>
        words.Length > 2 && WordReading.Read(words[1], source).Text == "-v" ? words[2] : null;

    private static bool Acts(Word word, string source) =>
        WordReading.Read(word, source) is { Known: true } read && Subscript().IsMatch(read.Text);

    private static SourceSpan? Prompt(ShellNode node) => node is Command.Simple { IsLiteral: true }
        ? null
        : ShellTree.Descendants(node)
        .OfType<ParameterOperation.Transform>().FirstOrDefault(each => each.Operator == 'P')?.Span;

    [GeneratedRegex(@"\w\[[^\]]*(\$\(|`)", RegexOptions.CultureInvariant)]
    private static partial Regex Subscript();
}
