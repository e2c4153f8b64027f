using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Expands <c>$@</c>, <c>$*</c>, <c>${a[@]}</c> and <c>${a[*]}</c>.</summary>
internal sealed class ParameterLists(Expander expander, ParameterExpander parameters)
{
    private readonly ShellState _state = expander.State;

    /// <summary>The <c>@</c> or <c>*</c> of a parameter that stands for many values; null for others.</summary>
    public static string? Mark(WordPart.Parameter parameter) => parameter.Name is "@" or "*" ? parameter.Name
        : parameter.Subscript?.StaticText is "@" or "*" ? parameter.Subscript.StaticText
        : null;

    public async ValueTask<ParameterValue> ExpandAsync(WordPart.Parameter parameter, string mark)
    {
        var positional = parameter.Name is "@" or "*";
        var variable = positional ? null : _state.Find(parameter.Name);
        var values = positional ? _state.Positional : variable?.Values ?? [];
        if (parameter.Prefix == ParameterPrefix.Length)
        {
            if (!positional && variable is null && _state.Options.NoUnset)
            {
                // Other than ${#x}, it gives up the line and not the shell.
                expander.Fail($"{parameter.Name}: unbound variable");
            }

            return new ParameterValue.Text(values.Length.ToString(CultureInfo.InvariantCulture));
        }

        switch (parameter.Operation)
        {
            case null:
                break;
            case ParameterOperation.Alternative alternative:
                var joined = values.IsEmpty ? null : string.Join(' ', values);
                var chosen = await parameters.AlternativeAsync(parameter, alternative, joined);
                var kept = chosen is ParameterValue.Text text && text.Value == joined && alternative.Operator != '+';
                return kept ? new ParameterValue.List(values, mark == "*") : chosen;
            case ParameterOperation.Slice slice:
                values = await SliceAsync(slice, positional ? null : variable ?? new ShellVariable());
                break;
            case ParameterOperation.Transform { Operator: 'A' or 'a' or 'K' or 'k' } transform:
                return VariableDescription.OfAll(transform.Operator, parameter.Name, _state, mark == "*");
            default:
                var changed = ImmutableArray.CreateBuilder<string>(values.Length);
                foreach (var value in values)
                {
                    changed.Add(await new ParameterOperations(expander).ApplyAsync(parameter.Operation, value));
                }

                values = changed.ToImmutable();
                break;
        }

        return new ParameterValue.List(values, mark == "*");
    }

    private async ValueTask<ImmutableArray<string>> SliceAsync(ParameterOperation.Slice slice, ShellVariable? array)
    {
        var offset = await expander.EvaluateAsync(slice.Offset);
        var length = slice.HasLength ? await expander.EvaluateAsync(slice.Length) : long.MaxValue;
        if (length < 0)
        {
            expander.FailArithmetic($"{length}: substring expression < 0");
        }

        // The elements of an array are counted by their index, so that holes count too.
        var elements = array is { Keyed: not null } ? ShellArrays.Of(array.Values)
            : array is not null ? ShellArrays.Of(array)
            : ShellArrays.Of(_state.Positional.Prepend(_state.Surroundings.ScriptName));
        var end = elements.IsEmpty ? 0 : elements.Keys.Last() + 1;
        var start = offset < 0 ? end + offset : offset;
        return start < 0 || length < 0
            ? []
            : [.. elements.SkipWhile(pair => pair.Key < start).Take((int)Math.Min(length, int.MaxValue))
                .Select(pair => pair.Value)];
    }
}
