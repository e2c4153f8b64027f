using System.Collections.Frozen;

namespace Midwatch.Shell.Syntax;

/// <summary>Parses simple commands, declarations, and functions written as <c>name()</c>.</summary>
internal sealed class SimpleCommandParser(Grammar grammar)
{
    private static readonly FrozenSet<string> DeclarationKeywords =
        FrozenSet.Create(StringComparer.Ordinal, "declare", "export", "local", "readonly", "typeset", "nameref");

    // What follows these is a variable's name or a pattern: capitals in it are meant as they stand.
    private static readonly FrozenSet<string> NameTakers = FrozenSet.Create(
        StringComparer.Ordinal, "unset", "read", "printenv", "grep", "egrep", "fgrep", "rg", "getopts", "mktemp");

    private readonly ParserState _state = grammar.State;
    private readonly Stack<SimpleCommandPieces> _free = [];

    /// <summary>Whether <c>name ()</c> stands here, so that even a reserved word would be a function's name.</summary>
    public bool AtFunctionName()
    {
        var ahead = grammar.Runs.InName();
        if (ahead <= 0 || !ShellCharacters.IsMeta(_state.Peek(ahead)))
        {
            return false;
        }

        while (ShellCharacters.IsBlank(_state.Peek(ahead)))
        {
            ahead++;
        }

        if (_state.Peek(ahead++) != '(')
        {
            return false;
        }

        while (ShellCharacters.IsBlank(_state.Peek(ahead)))
        {
            ahead++;
        }

        return _state.Peek(ahead) == ')';
    }

    public Statement Parse()
    {
        if (AtFunctionName() && !AtAssignmentOrGlob())
        {
            return ParseFunction();
        }

        var pieces = _free.TryPop(out var free) ? free : new SimpleCommandPieces();
        pieces.Reset(_state.Position);
        var outerNames = _state.WordsAreNames;
        _state.WordsAreNames = false;
        while (!_state.Failed)
        {
            _state.SkipBlanks();
            if (!ParsePiece(pieces))
            {
                break;
            }

            pieces.End = _state.Position;
        }

        _state.WordsAreNames = outerNames;

        if (pieces.End == pieces.Start && !_state.Failed)
        {
            grammar.Lists.FailUnexpected();
        }

        var statement = Finish(pieces);
        _free.Push(pieces);
        return statement;
    }

    // `a=()` is an empty array, `@()` an extended glob.
    private bool AtAssignmentOrGlob()
    {
        var ahead = 0;
        while (!ShellCharacters.IsMeta(_state.Peek(ahead)))
        {
            ahead++;
        }

        return _state.Peek(ahead) == '('
            && (_state.Peek(ahead - 1) == '=' || ShellCharacters.IsGlobOperator(_state.Peek(ahead - 1)));
    }

    private Statement ParseFunction()
    {
        var start = _state.Position;
        while (!ShellCharacters.IsMeta(_state.Current))
        {
            _state.Position++;
        }

        var name = _state.Text[start.._state.Position];
        _state.SkipBlanks();
        _state.Position++;
        _state.SkipBlanks();
        _state.Position++;
        var function = grammar.Commands.ParseFunctionBody(start, name, keyword: false);
        return new Statement(function.Span, function, [], Negated: false, Background: false);
    }

    private bool ParsePiece(SimpleCommandPieces pieces)
    {
        if (_state.AtEnd || _state.AtLineEnd || _state.Current == '#')
        {
            return false;
        }

        if (grammar.Redirections.TryParse() is { } redirection)
        {
            pieces.Redirections.Add(redirection);
            return true;
        }

        var takesAssignment = pieces.Keyword is not null || pieces.Words.Count == 0;
        if (takesAssignment && grammar.Assignments.TryParse() is { } assignment)
        {
            if (pieces.Keyword is null)
            {
                pieces.Assignments.Add(assignment);
            }
            else
            {
                pieces.Operands.Add(new DeclarationOperand(assignment.Span, null, assignment));
            }

            return true;
        }

        if (grammar.Words.TryParse() is not { } word)
        {
            if (_state.Current == '(' && !_state.Failed)
            {
                grammar.Lists.FailUnexpected();
            }

            return false;
        }

        AddWord(pieces, word);
        return !_state.Failed;
    }

    private void AddWord(SimpleCommandPieces pieces, Word word)
    {
        if (pieces.Keyword is not null)
        {
            pieces.Operands.Add(new DeclarationOperand(word.Span, word, null));
        }
        else if (pieces.Words.Count == 0 && word.IsLiteral
            && DeclarationKeywords.Contains(word.StaticText ?? string.Empty))
        {
            pieces.Keyword = word.StaticText;
            _state.WordsAreNames = true;
        }
        else
        {
            if (pieces.Words.Count == 0 && _state.Options.Placeholders)
            {
                DamageScanner.CheckCommandName(_state, word);
                _state.WordsAreNames = NameTakers.Contains(word.StaticText ?? string.Empty);
            }

            pieces.Words.Add(word);
        }
    }

    private Statement Finish(SimpleCommandPieces pieces)
    {
        var span = _state.Span(pieces.Start, pieces.End);
        Command? command = pieces.Keyword is { } keyword
            ? new Command.Declaration(span, [.. pieces.Assignments], keyword, [.. pieces.Operands])
            : pieces.Words.Count + pieces.Assignments.Count == 0 ? null
            : new Command.Simple(span, [.. pieces.Assignments], [.. pieces.Words]);
        return new Statement(span, command, [.. pieces.Redirections], Negated: false, Background: false);
    }
}
