using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>Parses one command with its redirections, choosing the form by how it begins.</summary>
internal sealed class CommandParser(Grammar grammar)
{
    private readonly ParserState _state = grammar.State;

    public Statement ParseCommand()
    {
        if (!_state.Enter())
        {
            return grammar.Lists.Nothing();
        }

        var start = _state.Position;
        var statement = ParseCompound() is { } command ? WithRedirections(start, command) : grammar.Simple.Parse();
        _state.Leave();
        return statement;
    }

    private Command? ParseCompound()
    {
        if (_state.Current == '(')
        {
            return _state.Peek(1) == '(' && grammar.Arithmetic.IsArithmetic(_state.Position + 2)
                ? ParseArithmetic()
                : grammar.Compounds.ParseSubshell();
        }

        var word = ReservedWords.At(_state);
        if (word.Length > 0 && word != "{" && word != "[[" && grammar.Simple.AtFunctionName())
        {
            return null;
        }

        return word switch
        {
            "{" => grammar.Compounds.ParseGroup(),
            "if" => grammar.Compounds.ParseIf(),
            "while" => grammar.Compounds.ParseWhile(until: false),
            "until" => grammar.Compounds.ParseWhile(until: true),
            "for" => grammar.Compounds.ParseFor(),
            "select" => grammar.Compounds.ParseSelect(),
            "case" => grammar.Compounds.ParseCase(),
            "function" => ParseFunctionKeyword(),
            "coproc" => ParseCoprocess(),
            "[[" => grammar.Tests.Parse(),
            _ => null,
        };
    }

    private Command.Arithmetic ParseArithmetic()
    {
        var start = _state.Position;
        _state.Position += 2;
        var expression = grammar.Arithmetic.ParseUpTo("))");
        if (expression is null)
        {
            _state.Fail("SH1006", "There is nothing between “((” and “))”.", "Write an expression.", start, start + 2);
        }

        return new Command.Arithmetic(
            _state.SpanFrom(start),
            expression ?? ArithmeticParser.Zero(_state.SpanFrom(start)));
    }

    private Command.FunctionDeclaration ParseFunctionKeyword()
    {
        var start = _state.Position;
        _state.Position += "function".Length;
        _state.SkipBlanks();
        var nameStart = _state.Position;
        while (!ShellCharacters.IsMeta(_state.Current) && !_state.AtLineEnd)
        {
            _state.Position++;
        }

        var name = _state.Text[nameStart.._state.Position];
        if (name.Length == 0)
        {
            grammar.Lists.FailUnexpected();
        }

        _state.SkipBlanks();
        if (_state.Current == '(')
        {
            var saved = _state.Position++;
            _state.SkipBlanks();
            if (!_state.Take(")"))
            {
                _state.Position = saved;
            }
        }

        return ParseFunctionBody(start, name, keyword: true);
    }

    /// <summary>The body of a function whose name, and <c>()</c> if written, are behind us.</summary>
    public Command.FunctionDeclaration ParseFunctionBody(int start, string name, bool keyword)
    {
        grammar.Lists.SkipLines();
        var bodyStart = _state.Position;
        Statement body;
        if (_state.Enter() && ParseCompound() is { } command)
        {
            body = WithRedirections(bodyStart, command);
        }
        else
        {
            grammar.Lists.FailUnexpected();
            body = grammar.Lists.Nothing();
        }

        _state.Leave();
        return new Command.FunctionDeclaration(_state.Span(start, start).Union(body.Span), name, keyword, body);
    }

    private Command.Coprocess ParseCoprocess()
    {
        var start = _state.Position;
        _state.Position += "coproc".Length;
        _state.SkipBlanks();
        var nameStart = _state.Position;
        var length = 0;
        while (ShellCharacters.IsNameCharacter(_state.Peek(length)))
        {
            length++;
        }

        // A name is one only when a compound command follows it.
        string? name = null;
        if (length > 0 && ReservedWords.At(_state).Length == 0 && ShellCharacters.IsBlank(_state.Peek(length)))
        {
            _state.Position += length;
            _state.SkipBlanks();
            var compound = _state.Current == '('
                || ReservedWords.At(_state) is "{" or "if" or "while" or "until" or "for" or "case" or "[[";
            name = compound ? _state.Text.Substring(nameStart, length) : null;
            _state.Position = compound ? _state.Position : nameStart;
        }

        var body = ParseCommand();
        return new Command.Coprocess(_state.Span(start, start).Union(body.Span), name, body);
    }

    private Statement WithRedirections(int start, Command command)
    {
        var redirections = ImmutableArray<Redirection>.Empty;
        var end = command.Span;
        while (true)
        {
            _state.SkipBlanks();
            if (grammar.Redirections.TryParse() is not { } redirection)
            {
                break;
            }

            redirections = redirections.Add(redirection);
            end = redirection.Span;
        }

        var span = command.Span.Union(end).Union(_state.Span(start, start));
        return new Statement(span, command, redirections, Negated: false, Background: false);
    }
}
