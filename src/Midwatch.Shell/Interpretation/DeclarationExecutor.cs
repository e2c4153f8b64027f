using System.Collections.Immutable;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Runs <c>export</c>, <c>local</c>, <c>readonly</c> and <c>declare</c>.</summary>
internal sealed class DeclarationExecutor(ShellContext context, ImmutableArray<Redirection> redirections)
{
    public async ValueTask<Flow> RunAsync(Command.Declaration declaration)
    {
        var redirector = new Redirector(context);
        using var descriptors = await redirector.ApplyAsync(redirections);
        if (redirector.Ending is { } ending)
        {
            return ending;
        }

        var inner = new DeclarationExecutor(context with { Descriptors = descriptors }, []);
        return await inner.DeclareAsync(declaration);
    }

    private async ValueTask<Flow> DeclareAsync(Command.Declaration declaration)
    {
        var local = declaration.Keyword == "local"
            || (declaration.Keyword is "declare" or "typeset" && context.State.FunctionDepth > 0);
        if (declaration.Keyword == "local" && context.State.FunctionDepth == 0)
        {
            context.Complain("local: can only be used in a function");
            return Flow.Next(1);
        }

        var change = Changes(declaration.Keyword);
        var options = string.Empty;
        foreach (var operand in declaration.Operands)
        {
            if (operand.Assignment is { } assignment)
            {
                Hide(assignment.Name, local);
                var exported = Exports(declaration.Keyword, options);
                if (await new AssignmentExecutor(context)
                    .AssignAsync(assignment, exported, v => change(v, options)) is { } failed)
                {
                    return failed;
                }

                MarkReadOnly(assignment.Name, declaration.Keyword, options);
                continue;
            }

            var expander = new Expander(context.State, new CaptureHost(context));
            foreach (var text in await expander.ExpandAsync([operand.Word!]))
            {
                if (text is ['-' or '+', _, ..])
                {
                    options += text;
                }
                else if (!DeclareName(text, declaration.Keyword, options, local, change))
                {
                    return Flow.Next(1);
                }
            }

            if (expander.Failure is { } failure)
            {
                return new FailureReport(context).Report(failure);
            }
        }

        return Flow.Next(0);
    }

    private bool DeclareName(
        string text,
        string keyword,
        string options,
        bool local,
        Func<ShellVariable, string, ShellVariable> change)
    {
        // What only expansion made an assignment: export "$NAME=$VALUE".
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        if (!ShellCharacters.IsName(name))
        {
            context.Complain($"{keyword}: `{text}': not a valid identifier");
            return false;
        }

        Hide(name, local);
        var variable = change(context.State.Variables.GetValueOrDefault(name) ?? new ShellVariable(), options);
        variable = equals < 0 ? variable : variable with { Text = text[(equals + 1)..] };
        context.State.Put(name, variable with { Exported = Exports(keyword, options) ?? variable.Exported });
        MarkReadOnly(name, keyword, options);
        return true;
    }

    private static Func<ShellVariable, string, ShellVariable> Changes(string keyword) => (variable, options) =>
    {
        var takes = keyword is "declare" or "typeset" or "local";
        var integer = takes && options.Contains('i', StringComparison.Ordinal);
        var array = takes && options.Contains('a', StringComparison.Ordinal);
        return variable with
        {
            Integer = variable.Integer || integer,
            Elements = array ? ShellArrays.Of(variable) : variable.Elements,
            Text = array ? null : variable.Text,
        };
    };

    private static bool? Exports(string keyword, string options) => keyword switch
    {
        "export" => !options.Contains("-n", StringComparison.Ordinal),
        _ when options.Contains('x', StringComparison.Ordinal) => !options.Contains("+x", StringComparison.Ordinal),
        _ => null,
    };

    private void MarkReadOnly(string name, string keyword, string options)
    {
        if (keyword == "readonly" || (keyword != "export" && options.Contains('r', StringComparison.Ordinal)))
        {
            context.State.Put(name, context.State.Variables[name] with { ReadOnly = true });
        }
    }

    /// <summary>Remembers what a local variable hides, and begins it anew.</summary>
    private void Hide(string name, bool local)
    {
        if (local && context.State.Hidden is { } hidden && !hidden.ContainsKey(name))
        {
            context.State.Hidden = hidden.Add(name, context.State.Variables.GetValueOrDefault(name));
            context.State.Variables = context.State.Variables.Remove(name);
        }
    }
}
