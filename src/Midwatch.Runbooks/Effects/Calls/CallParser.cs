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
    private CallWord? _strange;

    private CallParser(ToolSpecification tool)
    {
        _tool = tool;
        _verbs = [tool.Verb];
    }

    private VerbSpecification Verb => _verbs[^1];

    /// <summary>Takes a call apart.</summary>
    /// <param name="words">The words behind the program's name.</param>
    public static ParsedCall Parse(ToolSpecification tool, ReadOnlySpan<CallWord> words)
    {
        var parser = new CallParser(tool);
        ImmutableArray<CallWord>? behind = null;
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (word is { Known: true, Text: "--" } && !tool.LongOptionsSingleDash)
            {
                behind = [.. words[(i + 1)..]];
                break;
            }

            if (word.LooksLikeOption && !parser.PastOptions)
            {
                i += parser.Find(word.Text)?.Role == "command"
                    ? parser.Command(words[i..]) - 1
                    : parser.Option(word, words[(i + 1)..]);
            }
            else
            {
                parser.Operand(word);
            }
        }

        return new ParsedCall
        {
            Verb = parser.Verb,
            Path = [.. parser._path],
            Options = [.. parser._options],
            Operands = [.. parser._operands],
            Behind = behind,
            StrangeVerb = parser._strange,
        };
    }

    /// <summary>Whether options have ended because the command that is run begins.</summary>
    private bool PastOptions => Verb.OptionsFirst && _operands.Count > 0;

    private void Operand(CallWord word)
    {
        if (Verb.Verbs.Count > 0 && _operands.Count == 0)
        {
            if (word.Known && Verb.Verbs.TryGetValue(word.Text, out var verb))
            {
                _verbs.Add(verb);
                _path.Add(word.Text);
                return;
            }

            _strange ??= word;
        }

        _operands.Add(word);
    }

    /// <summary>
    /// Takes the words of a command that ends with <c>;</c>, or with <c>+</c> behind <c>{}</c>, as operands; returns
    /// how many.
    /// </summary>
    private int Command(ReadOnlySpan<CallWord> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            _operands.Add(words[i]);
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
            var found = Find(name);
            if (equals > 0)
            {
                var sure = word.KnownLength > equals ? found : null;
                _options.Add(new GivenOption(sure, name, word.From(equals + 1)));
                return 0;
            }

            return Take(found, name, word, rest);
        }

        return IsNumber(text) && Find("-#") is { } count ? Count(count, word) : Bundle(word, rest);
    }

    /// <summary><c>head -20</c>: the option is the number.</summary>
    private int Count(OptionSpecification count, CallWord word)
    {
        _options.Add(new GivenOption(count, "-#", word.From(1)));
        return 0;
    }

    private static bool IsNumber(string text) => text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private int Take(OptionSpecification? found, string name, CallWord word, ReadOnlySpan<CallWord> rest)
    {
        if (!word.Known)
        {
            // The hole may be anything: the option is not what it seems.
            _options.Add(new GivenOption(null, name, null));
            return 0;
        }

        if (found?.Takes == OptionValue.Word && rest.Length > 0)
        {
            _options.Add(new GivenOption(found, name, rest[0]));
            return 1;
        }

        _options.Add(new GivenOption(found, name, null));
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
                // One unknown letter makes the rest unreadable.
                _options.Add(new GivenOption(null, i == 1 ? text : name, null));
                return 0;
            }

            if (found.Takes == OptionValue.None)
            {
                _options.Add(new GivenOption(found, name, null));
                continue;
            }

            var glued = word.From(i + 1);
            glued = glued.Text.StartsWith('=') ? glued.From(1) : glued;
            if (glued.Text.Length == 0 && found.Takes == OptionValue.Word && rest.Length > 0)
            {
                _options.Add(new GivenOption(found, name, rest[0]));
                return 1;
            }

            _options.Add(new GivenOption(found, name, glued.Text.Length > 0 ? glued : null));
            return 0;
        }

        return 0;
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
}
