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

    /// <summary>Assigns; null when that went well, else how the command ends.</summary>
    /// <param name="exported">Null keeps whether the variable is exported.</param>
    /// <param name="change">What a declaration makes of the variable besides.</param>
    public async ValueTask<Flow?> AssignAsync(
        Assignment assignment,
        bool? exported,
        Func<ShellVariable, ShellVariable>? change = null)
    {
        var expander = new Expander(context.State, new CaptureHost(context));
        var old = context.State.Variables.GetValueOrDefault(assignment.Name) ?? new ShellVariable();
        if (old.ReadOnly)
        {
            context.Complain($"{assignment.Name}: readonly variable");
            return Flow.Exit(1);
        }

        var value = await ValueAsync(assignment, expander, change is null ? old : change(old));
        RanSubstitution |= expander.RanSubstitution;
        if (expander.Failure is { } failure)
        {
            return new FailureReport(context).Report(failure);
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
            return old with { Text = null, Elements =
                await ElementsAsync(array, assignment.Append ? ShellArrays.Of(old) : ShellArrays.Empty, expander) };
        }

        var text = await expander.ExpandTextAsync(assignment.Value, assignment: true);
        if (assignment.Subscript is { } subscript)
        {
            var index = await new ParameterExpander(expander, quoted: false).IndexAsync(subscript);
            var before = assignment.Append ? ShellArrays.Of(old).GetValueOrDefault(index) : string.Empty;
            return ShellArrays.With(old, index, Number(old, before + text, expander));
        }

        if (assignment.Append)
        {
            text = old.Integer ? $"{old.Scalar ?? "0"}+({text})" : old.Scalar + text;
        }

        text = Number(old, text, expander);
        return old.Elements is { } elements
            ? old with { Elements = elements.SetItem(0, text) }
            : old with { Text = text };
    }

    private static string Number(ShellVariable variable, string text, Expander expander)
    {
        if (!variable.Integer)
        {
            return text;
        }

        var evaluator = new ArithmeticEvaluator(expander.State);
        var value = evaluator.Evaluate(text);
        if (evaluator.Error is { } error)
        {
            expander.Fail(error);
        }

        return value.ToString(CultureInfo.InvariantCulture);
    }

    private static async ValueTask<ImmutableSortedDictionary<long, string>> ElementsAsync(
        ArrayLiteral array,
        ImmutableSortedDictionary<long, string> elements,
        Expander expander)
    {
        var next = elements.IsEmpty ? 0 : elements.Keys.Last() + 1;
        foreach (var element in array.Elements)
        {
            if (element.Subscript is { } subscript)
            {
                next = await new ParameterExpander(expander, quoted: false).IndexAsync(subscript);
                elements = elements.SetItem(next++, await expander.ExpandTextAsync(element.Value));
            }
            else if (element.Value is { } word)
            {
                foreach (var value in await expander.ExpandAsync([word]))
                {
                    elements = elements.SetItem(next++, value);
                }
            }
        }

        return elements;
    }
}
