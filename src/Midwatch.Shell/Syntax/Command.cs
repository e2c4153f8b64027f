using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>What a statement does. A closed union: every form of bash's grammar is one of the nested cases.</summary>
public abstract record Command : ShellNode
{
    private Command(SourceSpan span)
        : base(span)
    {
    }

    /// <summary>Assignments, then words: a program, a builtin or a function with its arguments.</summary>
    /// <param name="Assignments">Variables of this command only, or of the session when there are no words.</param>
    /// <param name="Words">The command's name and arguments, unexpanded; may be empty.</param>
    public sealed record Simple(
        SourceSpan Span,
        ImmutableArray<Assignment> Assignments,
        ImmutableArray<Word> Words) : Command(Span)
    {
        /// <summary>Gets whether it is words alone, nothing in them quoted, escaped or expanded.</summary>
        public bool IsLiteral
        {
            get
            {
                foreach (var word in Words)
                {
                    if (!word.IsLiteral)
                    {
                        return false;
                    }
                }

                return Assignments.IsEmpty;
            }
        }
    }

    /// <summary>
    /// <c>declare</c>, <c>typeset</c>, <c>local</c>, <c>export</c>, <c>readonly</c>, <c>nameref</c>: assignments as
    /// operands.
    /// </summary>
    /// <param name="Keyword">The builtin's name.</param>
    /// <param name="Assignments">Assignments before the keyword, almost always none.</param>
    public sealed record Declaration(
        SourceSpan Span,
        ImmutableArray<Assignment> Assignments,
        string Keyword,
        ImmutableArray<DeclarationOperand> Operands) : Command(Span);

    /// <summary><c>a | b |&amp; c</c>: at least two statements at work at the same time.</summary>
    /// <param name="Operators">One less than <paramref name="Statements"/>.</param>
    public sealed record Pipeline(
        SourceSpan Span,
        ImmutableArray<Statement> Statements,
        ImmutableArray<PipeOperator> Operators) : Command(Span);

    /// <summary><c>a &amp;&amp; b || c</c>: both operators bind alike and associate to the left.</summary>
    /// <param name="Operators">One less than <paramref name="Statements"/>.</param>
    public sealed record AndOrList(
        SourceSpan Span,
        ImmutableArray<Statement> Statements,
        ImmutableArray<AndOrOperator> Operators) : Command(Span);

    /// <summary><c>( … )</c>: changes of variables and directory end with it.</summary>
    public sealed record Subshell(SourceSpan Span, ImmutableArray<Statement> Body) : Command(Span);

    /// <summary><c>{ …; }</c>.</summary>
    public sealed record Group(SourceSpan Span, ImmutableArray<Statement> Body) : Command(Span);

    /// <summary><c>if … then … elif … then … else … fi</c>.</summary>
    /// <param name="Branches">The <c>if</c> and every <c>elif</c>.</param>
    /// <param name="Otherwise">Empty without an <c>else</c>.</param>
    public sealed record If(
        SourceSpan Span,
        ImmutableArray<ConditionalBranch> Branches,
        ImmutableArray<Statement> Otherwise) : Command(Span);

    /// <summary><c>while</c>, or <c>until</c> when <paramref name="Until"/>.</summary>
    public sealed record While(
        SourceSpan Span,
        bool Until,
        ImmutableArray<Statement> Condition,
        ImmutableArray<Statement> Body) : Command(Span);

    /// <summary><c>for NAME in …</c>.</summary>
    /// <param name="Items">Null without <c>in</c>: the positional parameters.</param>
    public sealed record For(
        SourceSpan Span,
        string Variable,
        ImmutableArray<Word>? Items,
        ImmutableArray<Statement> Body) : Command(Span);

    /// <summary><c>for ((a; b; c))</c>; each part may be missing.</summary>
    public sealed record ArithmeticFor(
        SourceSpan Span,
        ArithmeticExpression? Initial,
        ArithmeticExpression? Condition,
        ArithmeticExpression? Step,
        ImmutableArray<Statement> Body) : Command(Span);

    /// <summary><c>select NAME in …</c>: asks a person, so Midwatch never runs it.</summary>
    /// <param name="Items">Null without <c>in</c>.</param>
    public sealed record Select(
        SourceSpan Span,
        string Variable,
        ImmutableArray<Word>? Items,
        ImmutableArray<Statement> Body) : Command(Span);

    /// <summary><c>case WORD in … esac</c>.</summary>
    public sealed record Case(SourceSpan Span, Word Subject, ImmutableArray<CaseItem> Items) : Command(Span);

    /// <summary><c>name() …</c> or <c>function name …</c>.</summary>
    /// <param name="Keyword">Whether the word <c>function</c> was written.</param>
    /// <param name="Body">Any command with redirections, usually a group.</param>
    public sealed record FunctionDeclaration(
        SourceSpan Span,
        string Name,
        bool Keyword,
        Statement Body) : Command(Span);

    /// <summary><c>(( … ))</c>: true when the value is not 0.</summary>
    public sealed record Arithmetic(SourceSpan Span, ArithmeticExpression Expression) : Command(Span);

    /// <summary><c>[[ … ]]</c>.</summary>
    public sealed record Test(SourceSpan Span, TestExpression Expression) : Command(Span);

    /// <summary><c>time [-p] pipeline</c>.</summary>
    /// <param name="Timed">Null for a bare <c>time</c>.</param>
    public sealed record Time(SourceSpan Span, bool Posix, Statement? Timed) : Command(Span);

    /// <summary><c>coproc [NAME] command</c>.</summary>
    public sealed record Coprocess(SourceSpan Span, string? Name, Statement Body) : Command(Span);
}
