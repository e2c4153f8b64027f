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

    public ShellState State { get; } = state;

    public IExpansionHost Host { get; } = host;

    /// <summary>Gets the first thing that went wrong; what came out after it is meaningless.</summary>
    public ExpansionFailure? Failure { get; private set; }

    /// <summary>Gets whether a substitution ran, whose status is then that of a command without words.</summary>
    public bool RanSubstitution { get; private set; }

    /// <summary>Gets or sets whether something from outside the script went into the text.</summary>
    public bool TookForeign { get; set; }

    public void Fail(string message, bool ends = false, ShellDiagnostic? refusal = null) =>
        Failure ??= new ExpansionFailure(message, ends, refusal);

    public async ValueTask<List<string>> ExpandAsync(IEnumerable<Word> words)
    {
        var results = new List<string>();
        foreach (var word in words)
        {
            if (BraceExpander.Expand(word, WordsMax) is not { } alternatives)
            {
                Refuse("SH3004", $"The braces stand for more than {WordsMax} words.", "Write a smaller range.",
                    word.Span);
                return results;
            }

            foreach (var alternative in alternatives)
            {
                await ExpandOneAsync(alternative, results);
                if (Failure is not null)
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

    /// <summary>A regular expression, in which what was quoted stands for itself.</summary>
    public async ValueTask<string> ExpandRegularExpressionAsync(Word? word) =>
        string.Concat((await UnsplitAsync(word, assignment: false)).Select(field => field.RegularExpression));

    /// <summary>The parts of a text that is quoted as a whole: a here-document.</summary>
    public async ValueTask<string> ExpandQuotedAsync(Word word)
    {
        var fields = new FieldList(string.Empty);
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
            Fail(error, ends: error.EndsWith("unbound variable", StringComparison.Ordinal));
        }

        return value;
    }

    public async ValueTask<string> CaptureAsync(WordPart.CommandSubstitution substitution)
    {
        var text = Failure is null ? await Host.CaptureAsync(substitution) : string.Empty;
        RanSubstitution = true;
        return text;
    }

    public void Refuse(string code, string message, string remedy, SourceSpan span) =>
        Fail(message, ends: true, new ShellDiagnostic(code, message, remedy, span));

    private async ValueTask<List<Field>> UnsplitAsync(Word? word, bool assignment)
    {
        if (word is null)
        {
            return [];
        }

        // A separator that no text holds: nothing is split, "$@" still gives several fields, joined by blanks below.
        var fields = new FieldList(string.Empty);
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
        var fields = new FieldList(State.Separators);
        TookForeign = false;
        var parts = new PartExpander(this, fields, splits: true);
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
            AddPaths(field, results);
        }
    }

    private void AddPaths(Field field, List<string> results)
    {
        if (!field.MayBeGlob || State.Options.NoGlob)
        {
            results.Add(field.Text);
            return;
        }

        var paths = PathExpander.Expand(field.Pattern, State.WorkingDirectory);
        if (paths.Count == 0)
        {
            results.Add(field.Text);
        }
        else
        {
            results.AddRange(paths);
        }
    }

    private static string Shown(string text) =>
        text.Length <= 40 ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, 40)}…");
}
