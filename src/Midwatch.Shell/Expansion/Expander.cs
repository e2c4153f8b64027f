using System.Globalization;
using System.Text;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>
/// Expands words in bash's order: braces, tilde, parameters, substitutions and arithmetic, splitting, globs, quotes.
/// Make one per command: after a failure it expands nothing more.
/// </summary>
internal sealed class Expander(ShellState state, IExpansionHost host)
{
    private const int WordsMax = 100_000;
    private const int FieldsMax = 1_000_000;

    // 16 Mi characters, as much as a command substitution may give.
    private const int TextMax = 16 * 1024 * 1024;

    public ShellState State { get; } = state;

    public IExpansionHost Host { get; } = host;

    /// <summary>Gets the first thing that went wrong; what came out after it is meaningless.</summary>
    public ExpansionFailure? Failure { get; private set; }

    /// <summary>Gets whether a substitution ran, whose status is then that of a command without words.</summary>
    public bool RanSubstitution { get; private set; }

    /// <summary>Gets or sets whether something from outside the script went into the text.</summary>
    public bool TookForeign
    {
        get;
        set
        {
            field = value;
            TookForeignAnywhere |= value;
        }
    }

    /// <summary>Gets whether something from outside went into any of the words.</summary>
    public bool TookForeignAnywhere { get; private set; }

    /// <summary>
    /// Gets or sets whether an expansion gave more than plain letters, digits and <c>. _ / : = , @ % + -</c>: such a
    /// text must not become code.
    /// </summary>
    public bool CarriesSyntax { get; set; }

    public void Fail(string message, bool ends = false, ShellDiagnostic? refusal = null) =>
        Failure ??= new ExpansionFailure(message, ends, refusal);

    public void FailArithmetic(string message) => Failure ??= new ExpansionFailure(
        message, Ends: message.EndsWith("unbound variable", StringComparison.Ordinal), Refusal: null)
    {
        IsArithmetic = true,
    };

    public async ValueTask<List<string>> ExpandAsync(IEnumerable<Word> words)
    {
        var results = new List<string>();
        var characters = 0L;
        foreach (var word in words)
        {
            if (new BraceExpander(WordsMax, State.Cancellation).Expand(word) is not { } alternatives)
            {
                Refuse("SH3004", $"The braces stand for more than {WordsMax} words.", "Write a smaller range.",
                    word.Span);
                return results;
            }

            foreach (var alternative in alternatives)
            {
                var before = results.Count;
                await ExpandOneAsync(alternative, results);
                characters += results.Skip(before).Sum(field => (long)field.Length);
                if (results.Count > FieldsMax)
                {
                    Refuse("SH3004", $"The words of this command are more than {FieldsMax}.", "Let it take fewer.",
                        word.Span);
                }

                if (!Fits(characters, word.Span) || Failure is not null || Host.MustEnd)
                {
                    return results;
                }
            }
        }

        return results;
    }

    /// <summary>One text: nothing is split, and nothing is a glob.</summary>
    /// <param name="assignment">Whether a tilde behind a colon counts too.</param>
    public async ValueTask<string> ExpandTextAsync(Word? word, bool assignment = false) =>
        string.Concat((await UnsplitAsync(word, assignment)).Select(field => field.Text));

    /// <summary>A pattern, in which what was quoted stands for itself.</summary>
    public async ValueTask<string> ExpandPatternAsync(Word? word) =>
        string.Concat((await UnsplitAsync(word, assignment: false)).Select(field => field.Pattern));

    /// <summary>What a match is replaced by.</summary>
    public async ValueTask<Replacement> ExpandReplacementAsync(Word? word)
    {
        var fields = await UnsplitAsync(word, assignment: false);
        var all = fields.Select(field => field.Replacement()).ToArray();
        return new Replacement(string.Concat(all.Select(each => each.Text)), [.. all.SelectMany(each => each.Marks)]);
    }

    /// <summary>A regular expression, in which what was quoted stands for itself.</summary>
    public async ValueTask<string> ExpandRegularExpressionAsync(Word? word) =>
        string.Concat((await UnsplitAsync(word, assignment: false)).Select(field => field.RegularExpression));

    /// <summary>The parts of a text that is quoted as a whole: a here-document.</summary>
    public async ValueTask<string> ExpandQuotedAsync(Word word)
    {
        var fields = new FieldList(string.Empty, State.Cancellation);
        await new PartExpander(this, fields, splits: false).ExpandAsync(word.Parts, quoted: true);
        return string.Join(' ', fields.Finish().Select(field => field.Text));
    }

    public async ValueTask<long> EvaluateAsync(ArithmeticExpression? expression)
    {
        if (expression is null)
        {
            return 0;
        }

        var text = new StringBuilder();
        await ArithmeticText.AppendAsync(expression, this, text);
        if (Failure is not null)
        {
            return 0;
        }

        var evaluator = new ArithmeticEvaluator(State);
        var value = evaluator.Evaluate(text.ToString());
        if (evaluator.Error is { } error)
        {
            FailArithmetic(error);
        }

        return value;
    }

    public async ValueTask<string> CaptureAsync(WordPart.CommandSubstitution substitution)
    {
        var text = Failure is null ? await Host.CaptureAsync(substitution) : string.Empty;
        RanSubstitution = true;
        return text;
    }

    /// <summary>Whether a text of so many characters may be kept; refuses the script otherwise.</summary>
    public bool Fits(long length, SourceSpan span)
    {
        if (length <= TextMax)
        {
            return true;
        }

        Refuse("SH3004", $"A text grows beyond {TextMax} characters.", "Let it stay smaller.", span);
        return false;
    }

    /// <summary>A pattern of the shell as its options and this expander's state want it.</summary>
    public ShellPattern Compile(string pattern, bool folds = false) =>
        new(pattern, State.Options.IsOn("extglob"), folds, State.Cancellation);

    /// <summary>Whether a text matches; refuses the script when that cannot be told in time.</summary>
    public bool Matches(ShellPattern pattern, string text, SourceSpan span)
    {
        var matches = pattern.IsMatch(text);
        if (pattern.IsExhausted)
        {
            RefuseWork(span);
        }

        return matches && Failure is null;
    }

    public void RefuseWork(SourceSpan span) =>
        Refuse("SH3004", "Matching this pattern takes too long.", "Use a simpler pattern, or a program.", span);

    public void Refuse(string code, string message, string remedy, SourceSpan span) =>
        Fail(message, ends: true, new ShellDiagnostic(code, message, remedy, span));

    private async ValueTask<List<Field>> UnsplitAsync(Word? word, bool assignment)
    {
        if (word is null)
        {
            return [];
        }

        // A separator that no text holds: nothing is split, "$@" still gives several fields, joined by blanks below.
        var fields = new FieldList(string.Empty, State.Cancellation);
        var parts = new PartExpander(this, fields, splits: false) { TildeBehindColon = assignment };
        await parts.ExpandAsync(word.Parts, quoted: false);
        var finished = fields.Finish();
        for (var i = finished.Count - 1; i > 0; i--)
        {
            finished[i - 1].Append(" ", quoted: true);
        }

        return finished;
    }

    private async ValueTask ExpandOneAsync(Word word, List<string> results)
    {
        var fields = new FieldList(State.Separators, State.Cancellation);
        TookForeign = false;
        var parts = new PartExpander(this, fields, splits: true) { TildeBehindColon = LooksAssigned(word) };
        await parts.ExpandAsync(word.Parts, quoted: false);
        var finished = fields.Finish();
        if (parts.BeginsForeign && finished is [var first, ..] && first.Text.StartsWith('-'))
        {
            Refuse(
                "SH3002",
                $"The value “{Shown(first.Text)}” came from outside and would become an option.",
                "Bind a value that does not begin with “-”.",
                word.Span);
        }

        foreach (var field in finished)
        {
            AddPaths(field, results, word);
        }
    }

    private void AddPaths(Field field, List<string> results, Word word)
    {
        var options = State.Options;
        var extended = options.IsOn("extglob") && field.MayBeExtended;
        if (options.NoGlob || !(field.MayBeGlob || extended))
        {
            results.Add(field.Text);
            return;
        }

        var expander = new PathExpander(State, FieldsMax);
        var paths = expander.Expand(field.Pattern);
        if (expander.IsExhausted)
        {
            Refuse("SH3004", $"The pattern stands for more than {FieldsMax} files.", "Use a narrower pattern.",
                word.Span);
        }
        else if (paths.Count > 0)
        {
            results.AddRange(paths);
        }
        else if (options.IsOn("failglob"))
        {
            Fail($"no match: {field.Text}");
        }
        else if (!options.IsOn("nullglob"))
        {
            results.Add(field.Text);
        }
    }

    // `make DIR=~/x`: bash expands the tilde of what looks like an assignment.
    private static bool LooksAssigned(Word word) => word.Parts is [WordPart.Literal { Text: var text }, ..]
        && text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        && ShellCharacters.IsName(text[..equals].TrimEnd('+'));

    private static string Shown(string text) =>
        text.Length <= 40 ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, 40)}…");
}
