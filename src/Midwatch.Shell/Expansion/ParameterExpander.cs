using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Expands <c>$x</c> and <c>${x…}</c>.</summary>
internal sealed class ParameterExpander(Expander expander, bool quoted)
{
    private readonly ShellState _state = expander.State;

    public async ValueTask<ParameterValue> ExpandAsync(WordPart.Parameter parameter)
    {
        if (parameter.Prefix == ParameterPrefix.Indirect)
        {
            return await IndirectAsync(parameter);
        }

        var subscript = parameter.Subscript?.StaticText;
        if (parameter.Name is "@" or "*" || subscript is "@" or "*")
        {
            return await ListAsync(parameter, parameter.Name is "@" or "*" ? parameter.Name : subscript!);
        }

        var value = await ValueAsync(parameter);
        if (expander.Failure is not null)
        {
            return new ParameterValue.Text(string.Empty);
        }

        return await ApplyAsync(parameter, value);
    }

    private async ValueTask<ParameterValue> ApplyAsync(WordPart.Parameter parameter, string? value)
    {
        if (parameter.Operation is ParameterOperation.Alternative alternative)
        {
            return await AlternativeAsync(parameter, alternative, value);
        }

        if (value is null && _state.Options.NoUnset)
        {
            expander.Fail($"{Shown(parameter)}: unbound variable", ends: true);
        }

        if (parameter.Prefix == ParameterPrefix.Length)
        {
            return Text(RuneCount(value ?? string.Empty).ToString(CultureInfo.InvariantCulture));
        }

        return Text(value is null || parameter.Operation is null
            ? value ?? string.Empty
            : await new ParameterOperations(expander).ApplyAsync(parameter.Operation, value));
    }

    private async ValueTask<ParameterValue> ListAsync(WordPart.Parameter parameter, string mark)
    {
        var positional = parameter.Name is "@" or "*";
        var variable = positional ? null : _state.Find(parameter.Name);
        ImmutableArray<string> values = positional ? _state.Positional : [.. ShellArrays.Of(variable).Values];
        if (parameter.Prefix == ParameterPrefix.Length)
        {
            return Text(values.Length.ToString(CultureInfo.InvariantCulture));
        }

        switch (parameter.Operation)
        {
            case null:
                break;
            case ParameterOperation.Alternative alternative:
                var joined = values.IsEmpty ? null : string.Join(' ', values);
                var chosen = await AlternativeAsync(parameter, alternative, joined);
                return chosen is ParameterValue.Text ? new ParameterValue.List(values, mark == "*") : chosen;
            case ParameterOperation.Slice slice:
                values = await SliceAsync(slice, positional ? ["midwatch", .. values] : values, positional);
                break;
            default:
                values = [.. await Task.WhenAll(values.Select(EachAsync))];
                break;
        }

        return new ParameterValue.List(values, mark == "*");

        Task<string> EachAsync(string value) =>
            new ParameterOperations(expander).ApplyAsync(parameter.Operation, value).AsTask();
    }

    private async ValueTask<ImmutableArray<string>> SliceAsync(
        ParameterOperation.Slice slice,
        ImmutableArray<string> values,
        bool positional)
    {
        var offset = await expander.EvaluateAsync(slice.Offset);
        var length = slice.HasLength ? await expander.EvaluateAsync(slice.Length) : values.Length;
        var start = offset < 0 ? values.Length + offset : offset;
        if (length < 0)
        {
            expander.Fail($"{length}: substring expression < 0");
        }

        return start < 0 || start > values.Length || length < 0
            ? []
            : [.. values.Skip((int)start).Take((int)Math.Min(length, values.Length))];
    }

    private async ValueTask<string?> ValueAsync(WordPart.Parameter parameter)
    {
        if (parameter.Subscript is null)
        {
            return _state.Get(parameter.Name);
        }

        var index = await IndexAsync(parameter.Subscript);
        var elements = ShellArrays.Of(_state.Find(parameter.Name));
        var key = index < 0 && !elements.IsEmpty ? elements.Keys.Last() + 1 + index : index;
        return elements.GetValueOrDefault(key);
    }

    public async ValueTask<long> IndexAsync(Word subscript)
    {
        var text = await expander.ExpandTextAsync(subscript);
        var evaluator = new ArithmeticEvaluator(_state);
        var index = evaluator.Evaluate(text);
        if (evaluator.Error is { } error)
        {
            expander.Fail(error);
        }

        return index;
    }

    private async ValueTask<ParameterValue> AlternativeAsync(
        WordPart.Parameter parameter,
        ParameterOperation.Alternative alternative,
        string? value)
    {
        var present = value is not null && !(alternative.Colon && value.Length == 0);
        switch (alternative.Operator)
        {
            case '+':
                return present ? Operand(alternative.Word) : Text(string.Empty);
            case '-':
                return present ? Text(value!) : Operand(alternative.Word);
            case '?' when !present:
                var message = await expander.ExpandTextAsync(alternative.Word);
                var fallback = alternative.Colon ? "parameter null or not set" : "parameter not set";
                expander.Fail($"{Shown(parameter)}: {(alternative.Word is null ? fallback : message)}", ends: true);
                return Text(string.Empty);
            case '=' when !present:
                return Text(await AssignAsync(parameter, alternative));
            default:
                return Text(value!);
        }
    }

    private async ValueTask<string> AssignAsync(
        WordPart.Parameter parameter, ParameterOperation.Alternative alternative)
    {
        var value = quoted && alternative.Word is { } word
            ? await expander.ExpandQuotedAsync(word)
            : await expander.ExpandTextAsync(alternative.Word);
        if (!ShellCharacters.IsName(parameter.Name) || parameter.Subscript is not null)
        {
            expander.Fail($"${parameter.Name}: cannot assign in this way", ends: true);
        }
        else if (!_state.TrySet(parameter.Name, value))
        {
            expander.Fail($"{parameter.Name}: readonly variable", ends: true);
        }

        return value;
    }

    private async ValueTask<ParameterValue> IndirectAsync(WordPart.Parameter parameter)
    {
        if (parameter.Operation is ParameterOperation.NamesWithPrefix names)
        {
            var found = _state.Variables.Keys.Where(name => name.StartsWith(parameter.Name, StringComparison.Ordinal));
            return new ParameterValue.List([.. found.Order(StringComparer.Ordinal)], !names.Separate);
        }

        if (parameter.Subscript?.StaticText is "@" or "*")
        {
            var elements = ShellArrays.Of(_state.Find(parameter.Name));
            return new ParameterValue.List(
                [.. elements.Keys.Select(key => key.ToString(CultureInfo.InvariantCulture))],
                parameter.Subscript.StaticText == "*");
        }

        var target = await ValueAsync(parameter);
        if (target is null || !(ShellCharacters.IsName(target) || target.All(char.IsAsciiDigit)) || target.Length == 0)
        {
            expander.Fail(
                target is null ? $"{parameter.Name}: invalid indirect expansion" : $"{target}: invalid variable name");
            return Text(string.Empty);
        }

        return await ApplyAsync(
            parameter with { Prefix = ParameterPrefix.None, Subscript = null, Name = target }, _state.Get(target));
    }

    private static string Shown(WordPart.Parameter parameter) =>
        parameter.Subscript?.StaticText is { } subscript ? $"{parameter.Name}[{subscript}]" : parameter.Name;

    private static int RuneCount(string text) => text.EnumerateRunes().Count();

    private static ParameterValue.Text Text(string value) => new(value);

    private static ParameterValue Operand(Word? word) =>
        word is null ? Text(string.Empty) : new ParameterValue.Parts(word);
}
