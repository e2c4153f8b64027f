using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Blocks;

/// <summary>
/// Takes prompts off. A block that has one prompt is a session: only lines with a prompt are commands, the rest is
/// output. A prompt of another shell or of a database means that the line belongs there and never here.
/// </summary>
internal sealed partial class PromptReader
{
    private readonly OutlineNode.Code _block;
    private readonly BlockLanguages _languages;
    private readonly SessionLexicon _sessions;
    private readonly ImmutableArray<string>.Builder _lines = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<LineOrigin>.Builder _origins = ImmutableArray.CreateBuilder<LineOrigin>();
    private readonly ImmutableArray<OutputLine>.Builder _output = ImmutableArray.CreateBuilder<OutputLine>();
    private readonly ImmutableArray<PromptedLine>.Builder _elsewhere = ImmutableArray.CreateBuilder<PromptedLine>();
    private string? _until;
    private bool _continued;
    private string? _opened;

    private PromptReader(OutlineNode.Code block, BlockLanguages languages, SessionLexicon sessions) =>
        (_block, _languages, _sessions) = (block, languages, sessions);

    /// <summary>The shell text of a block.</summary>
    public static BlockText Read(OutlineNode.Code block, BlockLanguages languages, SessionLexicon sessions)
    {
        var reader = new PromptReader(block, languages, sessions);
        var prompted = Enumerable.Range(0, block.Lines.Length)
            .Any(i => reader.Taken(i) > 0 || sessions.PromptOf(block.Lines[i]) is not null);
        if (!prompted)
        {
            return new BlockText(block.Lines, block.Origins, [], []);
        }

        for (var i = 0; i < block.Lines.Length; i++)
        {
            reader.Line(i);
        }

        return new BlockText(reader._lines.ToImmutable(), reader._origins.ToImmutable(),
            reader._output.ToImmutable(), reader._elsewhere.ToImmutable());
    }

    private void Line(int i)
    {
        var line = _block.Lines[i];
        var taken = Taken(i);
        if (_until is not null || _continued)
        {
            // Behind a backslash, or inside a here-document, the shell shows "> " or nothing.
            var rest = _until is null && Continuation().Match(line) is { Success: true } more ? more.Length : 0;
            Add(i, rest);
            _until = _until is not null && line.Trim() == _until ? null : _until;
        }
        else if (taken > 0)
        {
            Add(i, taken);
            _until = HereDocument().Match(line) is { Success: true } here ? here.Groups["end"].Value : null;
            _opened = _sessions.OpenedBy(line[taken..], 1)?.Kind;
        }
        else if (_sessions.PromptOf(line) is { } prompt)
        {
            Elsewhere(i, prompt.Prompt, prompt.Place);
        }
        else if (IsRootPrompt(i))
        {
            Elsewhere(i, "# ", _opened ?? "root");
            _opened = _sessions.OpenedBy(line.TrimStart()[2..], 1)?.Kind ?? _opened;
        }
        else if (line.TrimStart().StartsWith("# ", StringComparison.Ordinal) || line.Trim().Length == 0)
        {
            Add(i, 0);
        }
        else
        {
            _output.Add(new OutputLine(line, _block.Origins[i].Line));
            return;
        }

        _continued = line.EndsWith('\\') && _elsewhere.LastOrDefault()?.Origin.Line != _block.Origins[i].Line;
    }

    /// <summary>
    /// "# cmd" is a comment, unless the line before it opened a shell or the one behind it stands at the prompt that it
    /// opens: then it is the prompt of a root shell.
    /// </summary>
    private bool IsRootPrompt(int i)
    {
        var line = _block.Lines[i].TrimStart();
        if (!line.StartsWith("# ", StringComparison.Ordinal))
        {
            return false;
        }

        var command = line[2..];
        return _opened is not null
            ? _languages.MayBeCommand(command)
            : i + 1 < _block.Lines.Length && _sessions.OpenedBy(command, 1) is not null
                && _sessions.PromptOf(_block.Lines[i + 1]) is not null;
    }

    private void Elsewhere(int i, string prompt, string place)
    {
        var line = _block.Lines[i];
        var taken = prompt == "# " ? line.IndexOf('#', StringComparison.Ordinal) + 2 : prompt.Length;
        var text = line[Math.Min(taken, line.Length)..].TrimEnd();
        if (text.Length == 0)
        {
            _output.Add(new OutputLine(line, _block.Origins[i].Line));
            return;
        }

        var origin = _block.Origins[i];
        _elsewhere.Add(new PromptedLine(
            text, origin with { Column = origin.Column + taken }, prompt.Trim(), place, _lines.Count));
    }

    private void Add(int i, int taken)
    {
        _lines.Add(_block.Lines[i][taken..]);
        _origins.Add(_block.Origins[i] with { Column = _block.Origins[i].Column + taken });
    }

    /// <summary>How long the prompt of this machine's shell is that a line begins with; 0 for none.</summary>
    private int Taken(int i)
    {
        var line = _block.Lines[i];
        if (Prompt().Match(line) is { Success: true } match)
        {
            return match.Length;
        }

        // "$kubectl get" and "$mac docker ps": a prompt without its space, or with the machine's name.
        return Glued().Match(line) is { Success: true } glued
            ? _languages.IsProgram(glued.Groups["first"].Value) ? glued.Groups["first"].Index
            : _languages.IsProgram(glued.Groups["second"].Value) ? glued.Groups["second"].Index
            : 0
            : 0;
    }

    [GeneratedRegex(
        @"^\s*(\(?[\w.-]+\)?\s+)?([\w.-]+@[\w.-]+(:[^\s$#]*)?\s*)?(\[[^\]]{1,60}\]\s?)?[$❯➜] (?=\S)|^\s*[\w.-]+@[\w.-]+:\S*[#$%] (?=\S)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Prompt();

    [GeneratedRegex(@"^\s*\$(?<first>[a-z][\w-]*)\s+(?<second>[\w.-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Glued();

    [GeneratedRegex(@"^> ", RegexOptions.CultureInvariant)]
    private static partial Regex Continuation();

    [GeneratedRegex(@"<<-?\s*['""]?(?<end>\w+)['""]?", RegexOptions.CultureInvariant)]
    private static partial Regex HereDocument();
}
