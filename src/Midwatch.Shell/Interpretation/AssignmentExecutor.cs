using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Carries out assignments.</summary>
internal sealed class AssignmentExecutor(ShellContext context)
{
    /// <summary>Gets whether a value came from a command substitution.</summary>
    public bool RanSubstitution { get; private set; }

    /// <summary>Gets whether the last assignment was to a read-only variable.</summary>
    public bool WasReadOnly { get; private set; }

    /// <summary>Assigns; null when that went well, else how the command ends.</summary>
    /// <param name="exported">Null keeps whether the variable is exported.</param>
    /// <param name="change">What a declaration makes of the variable besides.</param>
    public async ValueTask<Flow?> AssignAsync(
        Assignment assignment,
        bool? exported,
        Func<ShellVariable, ShellVariable>? change = null)
    {
        var expander = new Expander(context.State, new CaptureHost(context));
        var old = context.State.Variables.GetValueOrDefault(context.State.Resolve(assignment.Name))
            ?? new ShellVariable();
        WasReadOnly = old.ReadOnly;
        if (old.ReadOnly)
        {
            context.Complain($"{assignment.Name}: readonly variable");
            return change is null ? new FailureReport(context).GivenUp : Flow.Next(1);
        }

        var value = await ValueAsync(assignment, expander, change is null ? old : change(old));
        RanSubstitution |= expander.RanSubstitution;
        if (expander.Failure is { } failure)
        {
            return new FailureReport(context).Report(failure);
        }

        if (context.Run.MustEnd)
        {
            return RunScope.Ended;
        }

        context.State.Put(
            assignment.Name, value with { Exported = exported ?? value.Exported, Foreign = expander.TookForeign });
        return null;
    }

    private static async ValueTask<ShellVariable> ValueAsync(
        Assignment assignment, Expander expander, ShellVariable old)
    {
        if (assignment.Array is { } array)
        {
            return await new ArrayAssignment(expander, old, assignment.Name).AssignAsync(array, assignment.Append);
        }

        var text = await expander.ExpandTextAsync(assignment.Value, assignment: true);
        if (assignment.Subscript is { } subscript)
        {
            return await new Subscripts(expander).WithAsync(
                assignment.Name, old, subscript, before => Joined(assignment, old, before, text, expander));
        }

        if (old.Reference is { Length: 0 })
        {
            return old with { Reference = text };
        }

        var value = Joined(assignment, old, old.Scalar, text, expander);
        expander.Fits(value.Length, assignment.Span);
        return old.WithScalar(value);
    }

    private static string Joined(
        Assignment assignment, ShellVariable old, string? before, string text, Expander expander)
    {
        if (assignment.Append)
        {
            text = old.Integer ? $"{before ?? "0"}+({text})" : before + text;
        }

        return Number(old, text, expander);
    }

    /// <summary>The value of a text as arithmetic, when the variable wants that.</summary>
    internal static string Number(ShellVariable variable, string text, Expander expander)
    {
        if (!variable.Integer)
        {
            return text;
        }

        var evaluator = new ArithmeticEvaluator(expander.State);
        var value = evaluator.Evaluate(text);
        if (evaluator.Error is { } error)
        {
            expander.FailArithmetic(error);
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }
}
