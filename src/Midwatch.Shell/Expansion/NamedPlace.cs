namespace Midwatch.Shell.Expansion;

/// <summary>
/// Where <c>read</c>, <c>printf -v</c> and <c>unset</c> put a value: a variable, or <c>name[subscript]</c>.
/// </summary>
internal sealed class NamedPlace(ShellState state, string text)
{
    private readonly int _bracket = text.EndsWith(']') ? text.IndexOf('[', StringComparison.Ordinal) : -1;

    public string Name => _bracket > 0 ? text[.._bracket] : text;

    private string? Subscript => _bracket > 0 ? text[(_bracket + 1)..^1] : null;

    /// <summary>False when the variable is read-only, or the subscript is none.</summary>
    public bool TrySet(string value)
    {
        if (Subscript is not { } subscript)
        {
            return state.TrySet(Name, value);
        }

        var old = state.Variables.GetValueOrDefault(state.Resolve(Name)) ?? new ShellVariable();
        if (old.ReadOnly)
        {
            return false;
        }

        if (old.Keyed is { } keyed)
        {
            state.Put(Name, old with { Keyed = keyed.SetItem(subscript, old.Cased(value)) });
            return true;
        }

        if (Index(old, subscript) is not { } index)
        {
            return false;
        }

        state.Put(Name, ShellArrays.With(old, index, value));
        return true;
    }

    /// <summary>Takes an element away, or all of them; false when the variable is read-only.</summary>
    public bool TryRemoveElement()
    {
        var old = state.Variables.GetValueOrDefault(state.Resolve(Name));
        if (old is null || Subscript is not { } subscript)
        {
            return true;
        }

        if (old.ReadOnly)
        {
            return false;
        }

        if (subscript is "@" or "*" && old.Keyed is null)
        {
            state.Variables = state.Variables.Remove(state.Resolve(Name));
        }
        else if (old.Keyed is { } keyed)
        {
            state.Put(Name, old with { Keyed = keyed.Remove(subscript) });
        }
        else if (old.Elements is { } elements && Index(old, subscript) is { } index)
        {
            state.Put(Name, old with { Elements = elements.Remove(index) });
        }

        return true;
    }

    private long? Index(ShellVariable variable, string subscript)
    {
        var evaluator = new ArithmeticEvaluator(state);
        var index = evaluator.Evaluate(subscript);
        return evaluator.Error is null ? ShellArrays.Counted(variable, index) : null;
    }
}
