using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Data;
using Midwatch.Runbooks.Effects.Tools;
using Midwatch.Runbooks.Outlines;

namespace Midwatch.Runbooks.Blocks;

/// <summary>Tells what a block is written in: by its tag where that is sure, by its content where it is not.</summary>
internal sealed partial class BlockLanguages
{
    private readonly FrozenSet<string> _shell;
    private readonly FrozenSet<string> _prose;
    private readonly FrozenSet<string> _programs;
    private readonly FrozenSet<string> _data;
    private readonly FrozenSet<string> _sessions;
    private readonly FrozenSet<string> _queryFunctions;
    private readonly FrozenDictionary<string, string> _nonPrograms;
    private readonly DataPattern _incomplete;
    private readonly FrozenSet<string> _clients;
    private readonly FrozenSet<string> _sentenceWords;
    private readonly SearchValues<string> _anyClient;

    /// <param name="tools">Whose programs are known, those that a user added among them.</param>
    public BlockLanguages(ToolLibrary tools)
    {
        var data = DataFile.Read("Blocks/Data/languages.yaml");
        _shell = data.Texts("shell").ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _prose = data.Texts("prose").ToFrozenSet(StringComparer.Ordinal);
        _sessions = data.Texts("sessions").ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _data = data.Texts("data").ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _queryFunctions = data.Texts("queryFunctions").ToFrozenSet(StringComparer.Ordinal);
        _programs = tools.Names.ToFrozenSet(StringComparer.Ordinal);
        _clients = data.Texts("clients").ToFrozenSet(StringComparer.Ordinal);
        _anyClient = SearchValues.Create([.. _clients], StringComparison.Ordinal);
        _sentenceWords = data.Texts("sentenceWords").ToFrozenSet(StringComparer.Ordinal);
        _incomplete = DataPattern.IgnoringCase(data.Required("incomplete"));
        var words = data.Map("nonPrograms")!;
        _nonPrograms = words.Keys.ToFrozenDictionary(key => key, words.Required, StringComparer.Ordinal);
    }

    /// <summary>What to write instead of a word that names no program; null for any other word.</summary>
    public string? RemedyFor(string program) => _nonPrograms.GetValueOrDefault(program);

    /// <summary>
    /// The language of a block in lower case; <c>bash</c> for shell, null for text that is none of those known.
    /// </summary>
    /// <param name="samples">The prose before the block says that output follows.</param>
    public string? Of(OutlineNode.Code block, bool samples)
    {
        var tagged = block.Language is { } tag && _shell.Contains(tag);
        var lines = block.Lines.RemoveAll(string.IsNullOrWhiteSpace);
        var first = lines.FirstOrDefault(line => !line.AsSpan().TrimStart().StartsWith('#')) ?? "";
        if (block.Language is not null && !tagged
            && block.Language is not ("text" or "txt" or "plaintext" or "plain" or "log" or "none" or "output"))
        {
            // A command that stands below a tag of data is a command all the same.
            return block.Language is "yaml" or "yml" or "json" && IsSureCommand(first) ? "bash" : Known(block.Language);
        }

        if (tagged)
        {
            if (Header().IsMatch(first))
            {
                // The rows of a table may begin with words that are programs too.
                return "output";
            }

            return samples && !lines.Any(line => IsCommand(line) || (IsSession(block.Language) && IsRootPrompt(line)))
                ? "output"
                : IsCall(first) ? "promql"
                : lines.Any(IsCommand) || lines.All(IsPlain) ? "bash"
                : Guess(lines) ?? "output";
        }

        return Guess(lines);
    }

    /// <summary>Whether an inline code in prose is a command.</summary>
    public bool IsInlineCommand(string code)
    {
        var words = code.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1
            && _programs.Contains(words[0])
            && (!_prose.Contains(words[0]) || (words[0] == "make" && words.Length == 2 && Target().IsMatch(words[1])))
            && !code.EndsWith(':')
            && !words[1].StartsWith('=')
            && !_incomplete.IsMatch(code);
    }

    /// <summary>Whether a line of prose without code marks is a command all the same.</summary>
    public bool IsBareCommand(string line) =>
        IsSureCommand(line.StartsWith("sudo ", StringComparison.Ordinal) ? line[5..] : line)
        && Symbols().IsMatch(line) && !Prose().IsMatch(line) && line[^1] is not ('.' or ':' or '!' or '?');

    /// <summary>
    /// Whether a whole line, or all that stands behind its label, is a call of a cluster's client and nothing of a
    /// sentence: "kubectl get nodes".
    /// </summary>
    public bool IsWholeCall(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var first = words is ["sudo", ..] ? 1 : 0;
        return words.Length > first + 1 && _clients.Contains(words[first]) && !_incomplete.IsMatch(line)
            && words.Skip(first + 1).All(word => CallWord().IsMatch(word) && !_sentenceWords.Contains(word));
    }

    /// <summary>Whether a line may hold a call of a client: cheap, and most do not.</summary>
    public bool MayHoldCall(string line) => line.AsSpan().ContainsAny(_anyClient);

    /// <summary>Whether a tag names data and no program's code.</summary>
    public bool IsData(string? language) => language is null || _data.Contains(language);

    // "# kubectl …" in a block from a terminal was typed by root.
    private bool IsRootPrompt(string line) =>
        line.StartsWith("# ", StringComparison.Ordinal) && line.Split(' ') is [_, var word, _, ..] && IsProgram(word);

    /// <summary>Whether a tag says that the block was copied from a terminal.</summary>
    public bool IsSession(string? language) => language is not null && _sessions.Contains(language);

    /// <summary>Whether a word names a program that the data knows.</summary>
    public bool IsProgram(string word) => _programs.Contains(word) && !_prose.Contains(word);

    /// <summary>Whether a line may be a command, known or not; a sentence is none.</summary>
    public bool MayBeCommand(string line) =>
        IsCommand(line) || (IsPlain(line) && !IsOutput(line) && !line.TrimEnd().EndsWith(':'));

    private bool IsSureCommand(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var word, _, ..] && IsProgram(word)
        && !Yaml().IsMatch(line);

    private static string Known(string tag) => tag switch
    {
        "yml" => "yaml",
        "prometheus" => "promql",
        "kql" => "kusto",
        "pgsql" or "postgresql" or "postgres" or "mysql" => "sql",
        _ => tag,
    };

    private string? Guess(ImmutableArray<string> lines)
    {
        if (lines.IsEmpty)
        {
            return null;
        }

        // A block without a tag is shell only when its first line that is no comment is a command.
        var first = lines.FirstOrDefault(line => !line.TrimStart().StartsWith('#')) ?? "";
        return IsCommand(first) && !_prose.Contains(first.Split(' ')[0]) ? "bash"
            : Json().IsMatch(first) ? "json"
            : Yaml().IsMatch(first) ? "yaml"
            : IsQuery(first) ? "promql"
            : Sql().IsMatch(first) ? "sql"
            : null;
    }

    /// <summary>
    /// Whether a statement is output that stands among commands: its program is none that the data knows, and it is
    /// written as tables, logs, YAML and queries are.
    /// </summary>
    public bool IsOutput(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        return Unclosed().IsMatch(first) || !IsCommand(first)
            && (Yaml().IsMatch(first) || Json().IsMatch(first) || IsQuery(first) || OutputText().IsMatch(first)
                || Sentence().IsMatch(first) || Words().IsMatch(first) || Section().IsMatch(first));
    }

    // "input {": a section of a configuration; a function has its brackets.
    [GeneratedRegex(@"^\s*[A-Za-z][\w.-]*\s*(=>\s*)?\{(\s|$)(?!.*;\s*\}\s*$)", RegexOptions.CultureInvariant)]
    private static partial Regex Section();

    /// <summary>A line that may be a command of a tool that the data does not know, or a comment.</summary>
    private bool IsPlain(string line) => Comment().IsMatch(line)
        || (Unknown().IsMatch(line) && !Words().IsMatch(line)
            && !Yaml().IsMatch(line) && !IsQuery(line) && !OutputText().IsMatch(line));

    private bool IsQuery(string line) => Selector().IsMatch(line) || IsCall(line);

    // Never shell: there a bracket behind a word makes a function, and is closed at once.
    private bool IsCall(string line) => Call().Match(line) is { Success: true } call
        && _queryFunctions.Contains(call.Groups["function"].Value);

    private bool IsCommand(string line)
    {
        var text = WithoutOrnament(line);
        if (text.StartsWith('$') && Glued().Match(text) is { Success: true } glued)
        {
            return IsProgram(glued.Groups["first"].Value) || IsProgram(glued.Groups["second"].Value);
        }

        var end = text.AsSpan().IndexOfAny(" \t;|\\");
        var word = end < 0 ? text : text[..end];
        if ((word is ":" && text.Length > 1) || (text.StartsWith('[') && CheckBox().IsMatch(text)))
        {
            return false;
        }

        return (text.Contains('=', StringComparison.Ordinal) && Assignment().IsMatch(text))
            || _programs.Contains(word)
                && (text.Length == word.Length ? !_prose.Contains(word) : !Prose().IsMatch(text))
            || word.StartsWith("./", StringComparison.Ordinal)
            || (word.StartsWith('/') && word.Length > 1 && text.Length > word.Length)
            || (word is "for" or "while" or "if" or "until" or "case" && Compound().IsMatch(text)
                && !text.TrimEnd().EndsWith('{'));
    }

    private static string WithoutOrnament(string line)
    {
        // It stands at the beginning, and is found once.
        foreach (var match in Ornament().EnumerateMatches(line))
        {
            return line[match.Length..];
        }

        return line;
    }

    // An option, a pipe, or a word with a slash, a colon or an equals sign in it.
    [GeneratedRegex(@"\s--?[A-Za-z]|\s\|\s|\S[/=:]\S", RegexOptions.CultureInvariant)]
    private static partial Regex Symbols();

    // To bash a test of nothing.
    [GeneratedRegex(@"^\[[ xX]\] +[^\s|&;]", RegexOptions.CultureInvariant)]
    private static partial Regex CheckBox();

    [GeneratedRegex(@"^\$(?<first>[a-z][\w-]*) +(?<second>[\w.-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Glued();

    [GeneratedRegex(@"^\s*#", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*(\$ ?)?(sudo )?[a-z.~/][\w./-]*( |$)|^\s+\S|\\$", RegexOptions.CultureInvariant)]
    private static partial Regex Unknown();

    [GeneratedRegex(@"^""|^[A-Z][a-z]+ |^- |^\d+\s|^\.\.\.|^\S+\.go:\d+|^[+|]-", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();

    // Five words without an option, a path or a hole: a sentence or a message.
    [GeneratedRegex(@"^\s*[A-Za-z]+( [A-Za-z0-9,'""().:]+){4,}[.:]?$", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(@"^[\w.-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Target();

    [GeneratedRegex(
        @"^\s*(\(?[\w.-]+\)?\s+)?([\w.-]+@[\w.-]+(:[^\s$#]*)?\s*)?[$] |^\s*([A-Z_]+=\S* )?(sudo |time |watch )?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Ornament();

    [GeneratedRegex(@"^(export\s+)?[A-Za-z_]\w*=(\S|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^(for \w+ in |while |until |if \[|if !|case )|; *(do|then)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Compound();

    [GeneratedRegex(@"^\s*[{\[](?![ xX]\] )[^|]*$|^\s*[}\]],?\s*$|^\s*""[^""]+""\s*:", RegexOptions.CultureInvariant)]
    private static partial Regex Json();

    [GeneratedRegex(@"^\s*(- )?[A-Za-z_][\w./-]*:(\s|$)|^---$", RegexOptions.CultureInvariant)]
    private static partial Regex Yaml();

    [GeneratedRegex(
        @"^[\s(]*(?<function>[a-z][a-z0-9_]*)\s*((by|without)\s*\([^)]*(\)|$)|\((?!\s*\)\s*($|\{|;))|\{)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Call();

    // "time (" is bash's.
    [GeneratedRegex(@"^\s*\(*[a-z_:]+(\{[^}]*\})(\[|\s|$)|^[\s(]*time\(\)\s*[-+]", RegexOptions.CultureInvariant)]
    private static partial Regex Selector();

    [GeneratedRegex(@"^\s*(select|insert|update|delete|alter|create table|with|show|explain)\s.+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Sql();

    // Three columns at least, each with its name.
    [GeneratedRegex(@"^[A-Z][A-Z0-9-]+( [A-Z0-9-]+)*(\s{2,}[A-Z(][A-Z0-9()/-]*( [A-Z0-9()/-]+)*){2,}\s*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    // "[ 3] 0.0-1.0 sec": the test of a shell ends with a bracket that stands alone.
    [GeneratedRegex(@"^\[ [^\]]*\S\] ", RegexOptions.CultureInvariant)]
    private static partial Regex Unclosed();

    [GeneratedRegex(
        @"^(NAME|NAMESPACE|[A-Z]{3,})\s{2,}|^\S+(\s{2,}\S+){2,}|^(Error|ERROR|Warning|WARN|INFO|[EIWF]\d{4})\b|^\d{4}-\d\d-\d\d",
        RegexOptions.CultureInvariant)]
    private static partial Regex OutputText();

    // An object, a hole, an option, a path, a number or a quoted word.
    [GeneratedRegex(
        @"^([a-z][\w./:=,@-]*|-{1,2}[A-Za-z]\S*|<\S*|\S*>|[""'{\[$].*|.*[""'}\]]|\|{1,2}|[0-9]\S*|[\w./-]+=\S+)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex CallWord();

    [GeneratedRegex(@"^\w+ (the|a|an|to|for|your|is|are|if|that|it) ", RegexOptions.CultureInvariant)]
    private static partial Regex Prose();
}
