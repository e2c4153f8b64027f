using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Carries out <c>NAME=(…)</c>.</summary>
internal sealed class ArrayAssignment(Expander expander, ShellVariable old, string name)
{
    public ValueTask<ShellVariable> AssignAsync(ArrayLiteral array, bool append) =>
        old.Keyed is null ? IndexedAsync(array, append) : KeyedAsync(array, append);

    private async ValueTask<ShellVariable> IndexedAsync(ArrayLiteral array, bool append)
    {
        var elements = append ? ShellArrays.Of(old) : ShellArrays.Empty;
        var next = elements.IsEmpty ? 0 : elements.Keys.Last() + 1;
        foreach (var element in array.Elements)
        {
            if (element.Subscript is { } subscript)
            {
                var index = await new Subscripts(expander).IndexAsync(subscript);
                if (index < 0)
                {
                    expander.Fail($"{name}[{index}]: bad array subscript");
                    break;
                }

                next = index;
                var text = AssignmentExecutor.Number(old, await expander.ExpandTextAsync(element.Value), expander);
                elements = elements.SetItem(next++, old.Cased(text));
            }
            else if (element.Value is { } word)
            {
                foreach (var value in await expander.ExpandAsync([word]))
                {
                    elements = elements.SetItem(next++, old.Cased(AssignmentExecutor.Number(old, value, expander)));
                }
            }
        }

        return old with { Text = null, Elements = elements };
    }

    // Without subscripts, keys and values take turns.
    private async ValueTask<ShellVariable> KeyedAsync(ArrayLiteral array, bool append)
    {
        var keyed = append ? old.Keyed! : ShellArrays.NoKeys;
        string? key = null;
        foreach (var element in array.Elements)
        {
            if (element.Subscript is { } subscript)
            {
                var text = await expander.ExpandTextAsync(element.Value);
                keyed = keyed.SetItem(
                    await expander.ExpandTextAsync(subscript),
                    old.Cased(AssignmentExecutor.Number(old, text, expander)));
                continue;
            }

            foreach (var word in element.Value is { } value ? await expander.ExpandAsync([value]) : [])
            {
                if (key is null)
                {
                    key = word;
                }
                else
                {
                    keyed = keyed.SetItem(key, old.Cased(word));
                    key = null;
                }
            }
        }

        return old with { Text = null, Keyed = key is null ? keyed : keyed.SetItem(key, string.Empty) };
    }
}
