using System.Text;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Cuts, replaces and rewrites the value of a parameter.</summary>
internal sealed class ParameterOperations(Expander expander)
{
    public async ValueTask<string> ApplyAsync(ParameterOperation operation, string value) => operation switch
    {
        ParameterOperation.Trim trim =>
            Trim(trim, value, expander.Compile(await expander.ExpandPatternAsync(trim.Pattern))),
        ParameterOperation.Replace replace => await new Replacer(expander).ReplaceAsync(replace, value),
        ParameterOperation.Slice slice => await SliceAsync(slice, value),
        ParameterOperation.ChangeCase change => await ChangeCaseAsync(change, value),
        ParameterOperation.Transform transform => Transform(transform, value),
        _ => throw new System.Diagnostics.UnreachableException($"No operation on one value: {operation.GetType()}."),
    };

    private string Trim(ParameterOperation.Trim trim, string value, ShellPattern pattern)
    {
        var length = trim.FromEnd ? pattern.LengthBeforeEnd(value, trim.Longest)
            : pattern.LengthAt(value, 0, trim.Longest);
        if (pattern.IsExhausted)
        {
            expander.RefuseWork(trim.Span);
        }

        return length < 0 ? value : trim.FromEnd ? value[..^length] : value[length..];
    }

    private async ValueTask<string> SliceAsync(ParameterOperation.Slice slice, string value)
    {
        var characters = new CharacterIndex(value);
        var offset = await expander.EvaluateAsync(slice.Offset);
        var start = offset < 0 ? characters.Count + offset : offset;
        if (start < 0 || start > characters.Count)
        {
            return string.Empty;
        }

        if (!slice.HasLength)
        {
            return value[characters.Place((int)start)..];
        }

        var length = await expander.EvaluateAsync(slice.Length);
        var end = length < 0 ? characters.Count + length
            : Math.Min(characters.Count, start + Math.Min(length, characters.Count));
        if (end < start)
        {
            expander.FailArithmetic($"{length}: substring expression < 0");
            return string.Empty;
        }

        return value[characters.Place((int)start)..characters.Place((int)end)];
    }

    private async ValueTask<string> ChangeCaseAsync(ParameterOperation.ChangeCase change, string value)
    {
        var pattern = change.Pattern is null ? null
            : expander.Compile(await expander.ExpandPatternAsync(change.Pattern));
        var result = new StringBuilder(value);
        for (var i = 0; i < (change.All ? value.Length : Math.Min(1, value.Length)); i++)
        {
            if (pattern is null || pattern.IsMatch(value[i].ToString()))
            {
                result[i] = change.Operator switch
                {
                    '^' => char.ToUpperInvariant(value[i]),
                    ',' => char.ToLowerInvariant(value[i]),
                    _ when char.IsUpper(value[i]) => char.ToLowerInvariant(value[i]),
                    _ => char.ToUpperInvariant(value[i]),
                };
            }
        }

        return result.ToString();
    }

    private string Transform(ParameterOperation.Transform transform, string value)
    {
        switch (transform.Operator)
        {
            case 'Q' or 'K' or 'k':
                return ShellQuote.Quote(value);
            case 'E':
                return AnsiEscapes.Decode(value);
            case 'U':
                return value.ToUpperInvariant();
            case 'L':
                return string.Concat(value.Select(char.ToLowerInvariant));
            case 'u':
                return value.Length == 0 ? value : char.ToUpperInvariant(value[0]) + value[1..];
            default:
                expander.Refuse(
                    "SH3001",
                    $"“@{transform.Operator}” is not supported by the interpreter.",
                    "Do it without.",
                    transform.Span);
                return string.Empty;
        }
    }
}
