using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Reads and sets elements of arrays; whether a subscript is a number or a key depends on the array.</summary>
internal sealed class Subscripts(Expander expander)
{
    private readonly ShellState _state = expander.State;

    /// <summary>The value of one element; null when there is none.</summary>
    public async ValueTask<string?> ReadAsync(string name, Word subscript)
    {
        var variable = _state.Find(name);
        if (variable?.Keyed is { } keyed)
        {
            return keyed.GetValueOrDefault(await expander.ExpandTextAsync(subscript));
        }

        var index = await IndexAsync(subscript);
        if (ShellArrays.Counted(variable, index) is { } counted)
        {
            return ShellArrays.Of(variable).GetValueOrDefault(counted);
        }

        // bash complains, and goes on with nothing.
        return null;
    }

    /// <summary>The variable with one element changed; the old value of the element goes into the change.</summary>
    public async ValueTask<ShellVariable> WithAsync(
        string name, ShellVariable old, Word subscript, Func<string?, string> change)
    {
        if (old.Keyed is { } keyed)
        {
            var key = await expander.ExpandTextAsync(subscript);
            if (key.Length == 0)
            {
                expander.Fail($"{name}[]: bad array subscript");
            }

            return old with { Keyed = keyed.SetItem(key, old.Cased(change(keyed.GetValueOrDefault(key)))) };
        }

        var index = await IndexAsync(subscript);
        if (ShellArrays.Counted(old, index) is not { } counted)
        {
            expander.Fail($"{name}[{index}]: bad array subscript");
            return old;
        }

        return ShellArrays.With(old, counted, change(ShellArrays.Of(old).GetValueOrDefault(counted)));
    }

    public async ValueTask<long> IndexAsync(Word subscript)
    {
        var text = await expander.ExpandTextAsync(subscript);
        var evaluator = new ArithmeticEvaluator(_state);
        var index = evaluator.Evaluate(text);
        if (evaluator.Error is { } error)
        {
            expander.FailArithmetic(error);
        }

        return index;
    }

    /// <summary>The keys of an array, in the order of its values.</summary>
    public static ImmutableArray<string> Keys(ShellVariable? variable) => variable?.Keyed is { } keyed
        ? [.. keyed.Keys]
        : [.. ShellArrays.Of(variable).Keys.Select(key => key.ToString(
            System.Globalization.CultureInfo.InvariantCulture))];
}
