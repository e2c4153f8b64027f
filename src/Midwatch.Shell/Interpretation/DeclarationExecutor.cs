using System.Collections.Immutable;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Runs <c>export</c>, <c>local</c>, <c>readonly</c> and <c>declare</c>.</summary>
internal sealed class DeclarationExecutor(ShellContext context, ImmutableArray<Redirection> redirections)
{
    public async ValueTask<Flow> RunAsync(Command.Declaration declaration)
    {
        context.State.Place = declaration.Span;
        using var descriptors = context.Descriptors.Layer();
        var inner = context with { Descriptors = descriptors };
        var redirector = new Redirector(inner);
        await redirector.ApplyAsync(redirections);
        return redirector.Ending ?? await new DeclarationExecutor(inner, []).DeclareAsync(declaration);
    }

    private async ValueTask<Flow> DeclareAsync(Command.Declaration declaration)
    {
        if (declaration.Keyword == "local" && context.State.FunctionDepth == 0)
        {
            context.Complain("local: can only be used in a function");
            return Flow.Next(1);
        }

        var status = 0;
        var attributes = new DeclarationAttributes(declaration.Keyword, string.Empty);
        var names = 0;
        foreach (var operand in declaration.Operands)
        {
            if (operand.Assignment is { } assignment)
            {
                names++;
                if (await AssignAsync(assignment, attributes) is { } failed)
                {
                    if (!failed.GoesOn)
                    {
                        return failed;
                    }

                    status = failed.Status;
                }

                context.State.LastArgument = assignment.Array is not null ? assignment.Name
                    : $"{assignment.Name}={Value(assignment.Name, attributes)}";
                continue;
            }

            var expander = new Expander(context.State, new CaptureHost(context));
            var texts = await expander.ExpandAsync([operand.Word!]);
            if (expander.Failure is { } failure)
            {
                return new FailureReport(context).Report(failure);
            }

            foreach (var text in texts.Where(text => text != "--"))
            {
                if (names == 0 && text is ['-' or '+', _, ..])
                {
                    attributes = attributes with { Options = attributes.Options + text };
                    continue;
                }

                names++;
                context.State.LastArgument = text;
                status = Declare(text, attributes) ? status : 1;
            }
        }

        return Flow.Next(names == 0 ? new DeclarationListing(context).List(attributes) : status);
    }

    private string? Value(string name, DeclarationAttributes attributes) => attributes.References
        ? context.State.Variables.GetValueOrDefault(name)?.Reference
        : context.State.Get(name);

    private async ValueTask<Flow?> AssignAsync(Assignment assignment, DeclarationAttributes attributes)
    {
        Hide(assignment.Name, attributes);

        // A reference is given its target, not its target a value.
        if (attributes.References)
        {
            context.State.Variables = context.State.Variables.SetItem(
                assignment.Name, new ShellVariable { Reference = string.Empty });
        }

        var failed = await new AssignmentExecutor(context)
            .AssignAsync(assignment, attributes.Exports, attributes.Change);
        if (failed is null)
        {
            MarkReadOnly(assignment.Name, attributes);
        }

        return failed;
    }

    private bool Declare(string text, DeclarationAttributes attributes)
    {
        if (attributes.Functions || (attributes.Prints && attributes.Keyword is "declare" or "typeset"))
        {
            return new DeclarationListing(context).Show(text, attributes);
        }

        // What only expansion made an assignment: export "$NAME=$VALUE".
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        if (!ShellCharacters.IsName(name))
        {
            context.Complain($"{attributes.Keyword}: `{text}': not a valid identifier");
            return false;
        }

        Hide(name, attributes);
        var resolved = attributes.References ? name : context.State.Resolve(name);
        var old = context.State.Variables.GetValueOrDefault(resolved) ?? new ShellVariable();
        if (old.ReadOnly && equals >= 0)
        {
            context.Complain($"{attributes.Keyword}: {name}: readonly variable");
            return false;
        }

        var variable = attributes.Change(old);
        if (equals >= 0)
        {
            var value = text[(equals + 1)..];
            variable = attributes.References ? variable with { Reference = value } : variable.WithScalar(value);
        }

        context.State.Variables = context.State.Variables.SetItem(
            resolved, variable with { Exported = attributes.Exports ?? variable.Exported });
        MarkReadOnly(name, attributes);
        return true;
    }

    private void MarkReadOnly(string name, DeclarationAttributes attributes)
    {
        var resolved = context.State.Resolve(name);
        if (attributes.IsReadOnly && context.State.Variables.TryGetValue(resolved, out var variable))
        {
            context.State.Variables = context.State.Variables.SetItem(resolved, variable with { ReadOnly = true });
        }
    }

    /// <summary>Remembers what a local variable hides, and begins it anew.</summary>
    private void Hide(string name, DeclarationAttributes attributes)
    {
        var local = attributes.Keyword == "local"
            || (attributes.Keyword is "declare" or "typeset" && context.State.FunctionDepth > 0
                && !attributes.IsGlobal);
        if (local && context.State.Hidden is { } hidden && !hidden.ContainsKey(name))
        {
            context.State.Hidden = hidden.Add(name, context.State.Variables.GetValueOrDefault(name));
            context.State.Variables = context.State.Variables.Remove(name);
        }
    }
}
