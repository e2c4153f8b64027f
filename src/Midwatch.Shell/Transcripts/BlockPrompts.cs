using System.Collections.Immutable;

namespace Midwatch.Shell.Transcripts;

/// <summary>How the prompts of one block look: what a line's prompt is depends on the lines around it.</summary>
internal sealed class BlockPrompts
{
    private readonly ImmutableArray<string> _lines;
    private readonly TranscriptOptions _options;
    private readonly Lazy<HashSet<string>> _assigned;
    private readonly string? _arrowPlace;
    private readonly bool _rootOnly;

    private BlockPrompts(ImmutableArray<string> lines, TranscriptOptions options)
    {
        (_lines, _options) = (lines, options);
        _assigned = new Lazy<HashSet<string>>(() => lines.Select(line => line.TrimStart())
            .Where(line => line.IndexOf('=', StringComparison.Ordinal) is > 0 and < 60)
            .Select(line => line[..line.IndexOf('=', StringComparison.Ordinal)])
            .ToHashSet(StringComparer.Ordinal));
        _arrowPlace = ArrowPlace();
        _rootOnly = options.IsSession && IsRootOnly();
        Any = _arrowPlace is not null || _rootOnly
            || lines.Any(line => Here(line) > 0 || There(line) is not null);
    }

    /// <summary>Gets a value indicating whether a line of the block has a prompt.</summary>
    public bool Any { get; }

    public static BlockPrompts Of(ImmutableArray<string> lines, TranscriptOptions options) => new(lines, options);

    /// <summary>Length of the prompt of the reader's own shell that a line begins with; 0 for none.</summary>
    public int Here(string line) =>
        PromptPatterns.Here(line) is > 0 and var length ? length
        : Glued(line) is ( > 0 and var glued, false) ? glued
        : _arrowPlace == "here" ? ArrowLength(line)
        : 0;

    /// <summary>The prompt of another place that a line begins with; null for none.</summary>
    public (int Length, string Place)? There(string line) =>
        PromptPatterns.There(line) is { } prompt ? prompt
        : Glued(line) is ( > 0 and var glued, true) ? (glued, "host")
        : _arrowPlace == "repl" && ArrowLength(line) is > 0 and var arrow ? (arrow, "repl")
        : _rootOnly && RootText(line) is { } text ? (line.Length - text.Length, "root")
        : null;

    /// <summary>What stands behind a <c># </c>; null for a line without one.</summary>
    public static string? RootText(string line)
    {
        var indent = Indent(line);
        return line.AsSpan(indent).StartsWith("# ") && !line.AsSpan(indent + 2).Trim().IsEmpty
            ? line[(indent + 2)..] : null;
    }

    /// <summary><c>$kubectl get</c>, <c>$mac docker ps</c>: a prompt without its space, or a machine's name.</summary>
    private (int Length, bool Far) Glued(string line)
    {
        var indent = Indent(line);
        var rest = line.AsSpan(indent);
        var end = rest is ['$', >= 'a' and <= 'z', ..] ? rest.IndexOfAny(' ', '\t') : -1;
        if (end < 0 || rest[end..].Trim().IsEmpty)
        {
            return default;
        }

        var word = rest[1..end].ToString();
        return _assigned.Value.Contains(word) ? default
            : _options.IsProgram?.Invoke(word) == true ? (indent + 1, false)
            : PromptPatterns.IsMachine(word) ? (indent + end + 1, false)
            : PromptPatterns.IsFarMachine(word) ? (indent + end + 1, true)
            : default;
    }

    /// <summary>
    /// <c>&gt; word word</c> at the very beginning is a prompt: of an interpreter where no program is named;
    /// <c>&gt; file</c> empties a file.
    /// </summary>
    private string? ArrowPlace()
    {
        var first = _lines.FirstOrDefault(line => !line.AsSpan().Trim().IsEmpty && RootText(line) is null) ?? "";
        var length = ArrowLength(first);
        if (length == 0 || !first[length..].Trim().Contains(' ', StringComparison.Ordinal))
        {
            return null;
        }

        var words = first[length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return _options.IsProgram is null || _options.IsProgram(words[0]) ? "here" : "repl";
    }

    private static int ArrowLength(string line)
    {
        var indent = Indent(line);
        return line.AsSpan(indent).StartsWith("> ") && line.Length > indent + 2 && char.IsLetter(line[indent + 2])
            ? indent + 2 : 0;
    }

    /// <summary>
    /// The lines of a terminal that begin with <c># </c> and a program, with no program at the beginning of any other.
    /// </summary>
    private bool IsRootOnly()
    {
        var roots = _lines.Select(RootText).OfType<string>().ToList();
        return roots.Count > 0 && roots.TrueForAll(IsOfProgram)
            && !_lines.Any(line => RootText(line) is null && IsOfProgram(line));
    }

    private bool IsOfProgram(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return false;
        }

        var program = words[0] == "sudo" && words.Length > 1 ? words[1] : words[0];
        return _options.IsProgram?.Invoke(program) == true && _options.MayBeCommand(text);
    }

    private static int Indent(string line) => line.Length - line.AsSpan().TrimStart(" \t").Length;
}
