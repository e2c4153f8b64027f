using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Blocks;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Placeholders;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Sections;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Compiles Markdown documents into typed procedures.</summary>
/// <remarks>
/// Never throws on any text, gives the same result for the same text, and leaves no text out: what it does not
/// understand is a diagnostic or an unrecognised node. Safe to call from many threads.
/// </remarks>
public sealed partial class RunbookCompiler
{
    /// <summary>How long a document may be; a longer one is refused whole.</summary>
    public const int TextLengthMax = 4 * 1024 * 1024;

    private readonly CompilerParts _parts;

    /// <summary>Makes a compiler that asks a judge for effects.</summary>
    public RunbookCompiler(EffectJudge judge)
    {
        ArgumentNullException.ThrowIfNull(judge);
        _parts = new CompilerParts(judge, new HeadingLexicon(), new GateLexicon(), new SentenceLexicon(),
            new BlockLanguages(judge.Tools), new PlaceholderReader(), new SessionLexicon());
    }

    /// <summary>Compiles one document.</summary>
    public Runbook Compile(RunbookSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var lines = new SourceLines(source.Text);
        if (Refusal(source.Text) is { } refusal)
        {
            return Make(source, [new DocumentNode(NodeKind.Unrecognised, 1, lines.Count)],
                FileTitle(source.Path), [], [refusal]);
        }

        if (OutlineReader.Read(lines) is not { } outline)
        {
            var deep = new RunbookDiagnostic(
                "MW1007", Severity.Error, "The document is nested too deep to be read.", new DocumentSpan(1, 1, 1, 2),
                "Flatten its lists and quotes.");
            return Make(source, [new DocumentNode(NodeKind.Unrecognised, 1, lines.Count)],
                FileTitle(source.Path), [], [deep]);
        }

        var title = outline.OfType<OutlineNode.Heading>().FirstOrDefault(heading => heading.Level == 1)?.Text;
        title = title is null || IsTemplate().IsMatch(title)
            ? FrontMatter.Title(outline) ?? FileTitle(source.Path)
            : HeadingText.Plain(title);
        var notes = new CompilationNotes(Assigned(outline));
        var procedures = Procedures(source, lines, outline, title, notes);
        notes.Add(BlockDiagnostics.Of(outline));
        if (procedures.All(procedure => procedure.Steps.IsEmpty && procedure.Scenarios.IsEmpty))
        {
            notes.Add(new RunbookDiagnostic(
                "MW3001", Severity.Warning, "The document holds no step.", new DocumentSpan(1, 1, 1, 2),
                "Write commands in fenced blocks."));
        }

        return Make(source, NodeLedger.Of(outline, lines, notes.Understood), title, procedures,
            [.. notes.Diagnostics.OrderBy(each => each.Span.Line).ThenBy(each => each.Span.Column)]);
    }

    private ImmutableArray<Procedure> Procedures(
        RunbookSource source, SourceLines lines, ImmutableArray<OutlineNode> outline, string title,
        CompilationNotes notes)
    {
        var root = new SectionReader(_parts.Headings, _parts.Sentences).Read(outline, title);
        var shares = new ProcedureSplitter(_parts.Headings).Split(root);
        var compiler = new ProcedureCompiler(_parts, notes, lines);
        var drafts = shares.ToDictionary(share => share, compiler.Compile);
        new AlertBinder(source.Path).Bind(outline, shares, drafts);
        ShareEscalations(shares, drafts);
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. shares.Where(share => !IsEmpty(drafts[share]))
                .Select(share =>
                    ProcedureCompiler.Close(drafts[share], share, Unique(ids, HeadingText.Slug(share.Root.Title)))),
        ];
    }

    /// <summary>
    /// What the document says about escalation for all its procedures holds for each that says nothing itself.
    /// </summary>
    private static void ShareEscalations(
        ImmutableArray<ProcedureShare> shares, Dictionary<ProcedureShare, ProcedureDraft> drafts)
    {
        ImmutableArray<Escalation> common =
            [.. shares.Where(share => share.Kind == ProcedureKind.General)
                .SelectMany(share => drafts[share].Escalations)];
        foreach (var share in shares.Where(share => share.Kind is ProcedureKind.Alert or ProcedureKind.Failure))
        {
            if (drafts[share].Escalations.Count == 0)
            {
                drafts[share].Escalations.AddRange(common);
            }
        }
    }

    private static bool IsEmpty(ProcedureDraft draft) =>
        draft.Steps.Count == 0 && draft.Scenarios.Count == 0 && draft.Alerts.Count == 0 && draft.Escalations.Count == 0
        && draft.Preventions.Count == 0 && draft.Rules.Count == 0;

    /// <summary>The slug itself for the first; those behind it get the next number that is free.</summary>
    private static string Unique(Dictionary<string, int> ids, string slug)
    {
        var id = slug.Length == 0 ? "procedure" : slug;
        var number = ids.GetValueOrDefault(id);
        while (!ids.TryAdd(id, 0))
        {
            number++;
            id = FormattableString.Invariant($"{slug}-{number}");
        }

        ids[slug.Length == 0 ? "procedure" : slug] = number;
        return id;
    }

    private static RunbookDiagnostic? Refusal(string text)
    {
        var span = new DocumentSpan(1, 1, 1, 2);
        return text.Length > TextLengthMax
            ? new RunbookDiagnostic("MW1008", Severity.Error,
                "The document is longer than 4 million characters.", span, "Split it.")
            : text.Contains('\0', StringComparison.Ordinal)
                ? new RunbookDiagnostic("MW1009", Severity.Error,
                    "The document is not text: it holds a zero character.", span, "Give a Markdown file in UTF-8.")
                : null;
    }

    /// <summary>Variables that any block sets: they are no holes wherever they are used.</summary>
    private static HashSet<string> Assigned(ImmutableArray<OutlineNode> outline) => outline
        .OfType<OutlineNode.Code>()
        .SelectMany(code => code.Lines)
        .Where(MayAssign)
        .SelectMany(line => Assignment().Matches(line).Select(match => match.Groups["name"].Value))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Most lines assign nothing: that is told without the expression.</summary>
    private static bool MayAssign(string line)
    {
        for (var at = line.IndexOf('=', StringComparison.Ordinal); at >= 0; at = line.IndexOf('=', at + 1))
        {
            var start = at;
            while (start > 0 && MayName(line[start - 1]))
            {
                start--;
            }

            if (start < at && (start == 0 || line[start - 1] is ';' or '(' || char.IsWhiteSpace(line[start - 1])))
            {
                return true;
            }
        }

        return HasWord(line, "for") || HasWord(line, "read");
    }

    private static bool MayName(char c) =>
        c == '_' || char.IsAsciiLetterOrDigit(c) || (c > '\x7f' && !char.IsWhiteSpace(c));

    private static bool HasWord(string line, string word)
    {
        var at = line.IndexOf(word, StringComparison.Ordinal);
        while (at >= 0 && !(at + word.Length < line.Length && char.IsWhiteSpace(line[at + word.Length])))
        {
            at = line.IndexOf(word, at + 1, StringComparison.Ordinal);
        }

        return at >= 0;
    }

    private static Runbook Make(
        RunbookSource source,
        ImmutableArray<DocumentNode> nodes,
        string title,
        ImmutableArray<Procedure> procedures,
        ImmutableArray<RunbookDiagnostic> diagnostics) => new()
        {
            Path = source.Path,
            Title = title,
            Text = source.Text,
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source.Text))),
            Nodes = nodes,
            Procedures = procedures,
            Diagnostics = diagnostics,
        };

    [GeneratedRegex(@"<%|\{\{", RegexOptions.CultureInvariant)]
    private static partial Regex IsTemplate();

    private static string FileTitle(string path)
    {
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        var dot = name.LastIndexOf('.');
        return dot > 0 ? name[..dot] : name;
    }

    [GeneratedRegex(
        @"(?:^|[\s;(])(?:export\s+|local\s+|read\s+(?:-\w+\s+)*)?(?<name>[A-Za-z_]\w*)=|\bfor\s+(?<name>\w+)\s+in\b|\bread\s+(?:-\w+\s+)*(?<name>[A-Za-z_]\w*)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();
}
