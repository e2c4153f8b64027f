using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Prints variables and functions for <c>declare -p</c>, <c>-f</c> and <c>-F</c>.</summary>
internal sealed class DeclarationListing(ShellContext context)
{
    /// <summary>Shows one; false when there is none of that name.</summary>
    public bool Show(string name, DeclarationAttributes attributes)
    {
        if (attributes.Functions)
        {
            if (!context.State.Functions.TryGetValue(name, out var body))
            {
                return false;
            }

            return context.Print(1, attributes.NamesOnly ? name + "\n" : $"{name} () \n{ShellPrinter.Print(body)}\n");
        }

        if (VariableDescription.Declaration(name, context.State.Variables.GetValueOrDefault(name)
            ?? context.State.Find(name)) is { } line)
        {
            return context.Print(1, line + "\n");
        }

        context.Complain($"{attributes.Keyword}: {name}: not found");
        return false;
    }

    /// <summary>
    /// Lists functions by name. Variables are not listed: they may hold secrets that nobody asked for.
    /// </summary>
    public int List(DeclarationAttributes attributes)
    {
        if (!attributes.Functions)
        {
            return 0;
        }

        foreach (var name in context.State.Functions.Keys.Order(StringComparer.Ordinal))
        {
            context.Print(1, attributes.NamesOnly ? $"declare -f {name}\n" : string.Empty);
        }

        return 0;
    }
}
