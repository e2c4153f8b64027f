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

        if (ParameterLists.Mark(parameter) is { } mark)
        {
            return await new ParameterLists(expander, this).ExpandAsync(parameter, mark);
        }

        var value = await ValueAsync(parameter);
        return expander.Failure is null ? await ApplyAsync(parameter, value) : Text(string.Empty);
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

        if (parameter.Operation is ParameterOperation.Transform { Operator: 'A' or 'a' } transform)
        {
            return Text(VariableDescription.Of(transform.Operator, parameter.Name, _state, value));
        }

        return Text(value is null || parameter.Operation is null
            ? value ?? string.Empty
            : await new ParameterOperations(expander).ApplyAsync(parameter.Operation, value));
    }

    private async ValueTask<string?> ValueAsync(WordPart.Parameter parameter) => parameter.Subscript is { } subscript
        ? await new Subscripts(expander).ReadAsync(parameter.Name, subscript)
        : _state.Get(parameter.Name);

    /// <summary><c>${x:-word}</c> and its like, of a value that may be missing.</summary>
    public async ValueTask<ParameterValue> AlternativeAsync(
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
        if (!ShellCharacters.IsName(parameter.Name) || ParameterLists.Mark(parameter) is not null)
        {
            expander.Fail($"${parameter.Name}: cannot assign in this way", ends: true);
        }
        else if (parameter.Subscript is { } subscript)
        {
            var old = _state.Variables.GetValueOrDefault(_state.Resolve(parameter.Name)) ?? new ShellVariable();
            _state.Put(
                parameter.Name,
                await new Subscripts(expander).WithAsync(parameter.Name, old, subscript, _ => value));
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
            return new ParameterValue.List(
                Subscripts.Keys(_state.Find(parameter.Name)), parameter.Subscript.StaticText == "*");
        }

        // ${!ref} of a reference gives the name that it stands for.
        if (_state.Variables.GetValueOrDefault(parameter.Name)?.Reference is { } reference)
        {
            return Text(reference);
        }

        var target = await ValueAsync(parameter);
        if (target is not null && ParameterTarget.Parse(parameter, target) is { } aimed)
        {
            return await new ParameterExpander(expander, quoted).ExpandAsync(aimed);
        }

        expander.Fail(
            target is null ? $"{parameter.Name}: invalid indirect expansion" : $"{target}: invalid variable name");
        return Text(string.Empty);
    }

    private static string Shown(WordPart.Parameter parameter) =>
        parameter.Subscript?.StaticText is { } subscript ? $"{parameter.Name}[{subscript}]" : parameter.Name;

    private static int RuneCount(string text) => text.EnumerateRunes().Count();

    private static ParameterValue.Text Text(string value) => new(value);

    private static ParameterValue Operand(Word? word) =>
        word is null ? Text(string.Empty) : new ParameterValue.Parts(word);
}
