using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Effects.Calls;

/// <summary>Takes a call apart: verbs, options with their values, operands, and what stands behind <c>--</c>.</summary>
internal sealed class CallParser
{
    private readonly ToolSpecification _tool;
    private readonly List<VerbSpecification> _verbs;
    private readonly List<string> _path = [];
    private readonly List<GivenOption> _options = [];
    private readonly List<CallWord> _operands = [];
    private readonly List<int> _places = [];
    private CallWord? _strange;
    private bool _optionsEnded;
    private int _at;

    private CallParser(ToolSpecification tool)
    {
        _tool = tool;
        _verbs = [tool.Verb];
    }

    private VerbSpecification Verb => _verbs[^1];

    /// <summary>Whether options have ended because the command that is run begins.</summary>
    private bool PastOptions => _optionsEnded || (Verb.OptionsFirst && _operands.Count > 0);

    /// <summary>Takes a call apart.</summary>
    /// <param name="words">The words behind the program's name.</param>
    public static ParsedCall Parse(ToolSpecification tool, ReadOnlySpan<CallWord> words)
    {
        var parser = new CallParser(tool);
        var behind = parser.Walk(words);
        return new ParsedCall
        {
            Verb = parser.Verb,
            Path = [.. parser._path],
            Options = [.. parser._options],
            Operands = [.. parser._operands],
            OperandPlaces = [.. parser._places],
            Behind = behind,
            StrangeVerb = parser._strange,
        };
    }

    private ImmutableArray<CallWord>? Walk(ReadOnlySpan<CallWord> words)
    {
        for (_at = 0; _at < words.Length; _at++)
        {
            var word = words[_at];
            if (word is { Known: true, Text: "--" } && !_tool.LongOptionsSingleDash && !PastOptions)
            {
                if (Verb.Wraps?.Behind == true)
                {
                    return [.. words[(_at + 1)..]];
                }

                _optionsEnded = true;
            }
            else if (word.LooksLikeOption && !PastOptions)
            {
                _at += Find(word.Text)?.Role == "command"
                    ? Command(words[_at..]) - 1
                    : Option(word, words[(_at + 1)..]);
            }
            else
            {
                Operand(word);
            }
        }

        return null;
    }

    private void Operand(CallWord word)
    {
        if (Verb.Verbs.Count > 0 && _operands.Count == 0)
        {
            if (word.Known
                && (Verb.Verbs.TryGetValue(word.Text, out var verb) || Verb.Verbs.TryGetValue("*", out verb)))
            {
                _verbs.Add(verb);
                _path.Add(word.Text);
                return;
            }

            _strange ??= word;
        }

        AddOperand(word, _at);
    }

    private void AddOperand(CallWord word, int place)
    {
        _operands.Add(word);
        _places.Add(place);
    }

    /// <summary>
    /// Takes the words of a command that ends with <c>;</c>, or with <c>+</c> behind <c>{}</c>, as operands; returns
    /// how many.
    /// </summary>
    private int Command(ReadOnlySpan<CallWord> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            AddOperand(words[i], _at + i);
            if (words[i].Text == ";" || (words[i].Text == "+" && i > 0 && words[i - 1].Text == "{}"))
            {
                return i + 1;
            }
        }

        return words.Length;
    }

    /// <summary>Reads an option; returns how many of the words behind it belong to it.</summary>
    private int Option(CallWord word, ReadOnlySpan<CallWord> rest)
    {
        var text = word.Text;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals > 0 ? text[..equals] : text;
        var isLong = text.StartsWith("--", StringComparison.Ordinal) || _tool.LongOptionsSingleDash;
        if (isLong || Find(text) is not null)
        {
            var found = Find(name) ?? Abbreviated(name);
            if (equals > 0)
            {
                Add(word.KnownLength > equals ? found : null, name, word.From(equals + 1));
                return 0;
            }

            return Take(found, name, word, rest);
        }

        return IsNumber(text) && Find("-#") is { } count ? Count(count, word) : Bundle(word, rest);
    }

    private void Add(OptionSpecification? found, string name, CallWord? value) =>
        _options.Add(new GivenOption(found, name, value, _at, _path.Count));

    /// <summary><c>head -20</c>: the option is the number.</summary>
    private int Count(OptionSpecification count, CallWord word)
    {
        Add(count, "-#", word.From(1));
        return 0;
    }

    private static bool IsNumber(string text) => text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private int Take(OptionSpecification? found, string name, CallWord word, ReadOnlySpan<CallWord> rest)
    {
        if (!word.Known)
        {
            // The hole may be anything: the option is not what it seems.
            Add(null, name, null);
            return 0;
        }

        if (found?.Takes == OptionValue.Word && rest.Length > 0)
        {
            Add(found, name, rest[0]);
            return 1;
        }

        if (found?.Takes == OptionValue.Two && rest.Length > 1)
        {
            Add(found, name, rest[1]);
            return 2;
        }

        Add(found, name, null);
        return 0;
    }

    /// <summary>
    /// Short options glued to each other, the last perhaps with its value: <c>-it</c>, <c>-n5</c>, <c>-ofile</c>.
    /// </summary>
    private int Bundle(CallWord word, ReadOnlySpan<CallWord> rest)
    {
        var text = word.Text;
        for (var i = 1; i < text.Length; i++)
        {
            var name = $"-{text[i]}";
            var found = i < word.KnownLength ? Find(name) : null;
            if (found is null)
            {
                // One unknown letter makes the rest unreadable: it may be its value, or be letters that matter.
                Add(null, i == 1 ? text : name, null);
                Suspect(word, i + 1);
                return 0;
            }

            if (found.Takes == OptionValue.None)
            {
                Add(found, name, null);
                continue;
            }

            var glued = word.From(i + 1);
            glued = glued.Text.StartsWith('=') ? glued.From(1) : glued;
            if (glued.Text.Length == 0 && found.Takes == OptionValue.Word && rest.Length > 0)
            {
                Add(found, name, rest[0]);
                return 1;
            }

            Add(found, name, glued.Text.Length > 0 ? glued : null);
            return 0;
        }

        return 0;
    }

    /// <summary>Behind an unknown letter every letter counts that would make it worse.</summary>
    private void Suspect(CallWord word, int start)
    {
        for (var i = start; i < word.KnownLength; i++)
        {
            var name = $"-{word.Text[i]}";
            _options.Add(new GivenOption(Find(name), name, null, _at, _path.Count) { IsSuspect = true });
        }
    }

    private OptionSpecification? Find(string name)
    {
        for (var i = _verbs.Count - 1; i >= 0; i--)
        {
            if (_verbs[i].Options.TryGetValue(name, out var found))
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>
    /// Many programs take <c>--out</c> for <c>--output</c>. Where unknown options are let pass, the worst of those
    /// that it may stand for counts.
    /// </summary>
    private OptionSpecification? Abbreviated(string name) =>
        !Verb.Lenient || name.Length < 3 || _tool.LongOptionsSingleDash
            ? null
            : _verbs.SelectMany(verb => verb.Options)
                .Where(option => option.Key.StartsWith(name, StringComparison.Ordinal))
                .Select(option => option.Value)
                .Where(option => option.Raises is not null || option.Payload is not null || option.Role is not null)
                .MaxBy(option => option.Raises?.Effect ?? Effect.Read);
}
