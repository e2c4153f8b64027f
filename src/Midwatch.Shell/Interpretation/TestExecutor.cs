using System.Diagnostics;
using System.Globalization;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Runs <c>[[ … ]]</c>.</summary>
internal sealed class TestExecutor
{
    private readonly ShellContext _context;
    private readonly Expander _expander;
    private readonly TestConditions _conditions;

    public TestExecutor(ShellContext context)
    {
        _context = context;
        _expander = new Expander(context.State, new CaptureHost(context));
        _conditions = new TestConditions(context.State, context.Descriptors);
    }

    public async ValueTask<Flow> RunAsync(Command.Test test)
    {
        var result = await EvaluateAsync(test.Expression);
        if (_expander.Failure is { } failure)
        {
            return new FailureReport(_context).Report(failure, discards: false);
        }

        if (_conditions.Error is { } error)
        {
            _context.Complain($"[[: {error}");
            return Flow.Next(2);
        }

        return Flow.Next(result ? 0 : 1);
    }

    private async ValueTask<bool> EvaluateAsync(TestExpression expression) => expression switch
    {
        TestExpression.NotEmpty word => (await _expander.ExpandTextAsync(word.Word)).Length > 0,
        TestExpression.Unary unary => _conditions.Unary(unary.Operator, await _expander.ExpandTextAsync(unary.Operand)),
        TestExpression.Infix infix => await CompareAsync(infix),
        TestExpression.Not not => !await EvaluateAsync(not.Inner),
        TestExpression.And and => await EvaluateAsync(and.Left) && await EvaluateAsync(and.Right),
        TestExpression.Or or => await EvaluateAsync(or.Left) || await EvaluateAsync(or.Right),
        TestExpression.Parenthesized inner => await EvaluateAsync(inner.Inner),
        _ => throw new UnreachableException($"No such test: {expression.GetType()}."),
    };

    private async ValueTask<bool> CompareAsync(TestExpression.Infix infix)
    {
        var left = await _expander.ExpandTextAsync(infix.Left);
        switch (infix.Operator)
        {
            case "=" or "==" or "!=":
                var pattern = await _expander.ExpandPatternAsync(infix.Right);
                var folds = _context.State.Options.IsOn("nocasematch");
                var compiled = new ShellPattern(pattern, extended: true, folds, _context.State.Cancellation);
                return _expander.Matches(compiled, left, infix.Right.Span) == (infix.Operator != "!=");
            case "=~":
                var regex = new ExtendedRegularExpression(
                    await _expander.ExpandRegularExpressionAsync(infix.Right),
                    _context.State.Options.IsOn("nocasematch"));
                var matches = await regex.MatchAsync(left, _context.State.Cancellation);
                if (regex.IsInvalid)
                {
                    _conditions.Fail("invalid regular expression");
                }

                if (regex.IsExhausted)
                {
                    _expander.RefuseWork(infix.Right.Span);
                }

                _context.State.Put("BASH_REMATCH", new ShellVariable { Elements = matches });
                return !matches.IsEmpty;
            case "-eq" or "-ne" or "-lt" or "-le" or "-gt" or "-ge":
                // Unlike in `test`, both sides are arithmetic.
                var right = await _expander.ExpandTextAsync(infix.Right);
                return _conditions.Binary(infix.Operator, Number(left), Number(right));
            default:
                return _conditions.Binary(infix.Operator, left, await _expander.ExpandTextAsync(infix.Right));
        }
    }

    private string Number(string text)
    {
        var evaluator = new ArithmeticEvaluator(_context.State);
        var value = evaluator.Evaluate(text);
        if (evaluator.Error is { } error)
        {
            _expander.FailArithmetic(error);
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }
}
