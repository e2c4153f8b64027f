using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Refuses what the interpreter does not do as bash does it.</summary>
internal sealed class SupportedConstructs(List<ShellDiagnostic> refusals)
{
    // Extended globs are on within [[ ]] only, as in a script that sets no shopt.
    private readonly HashSet<SourceSpan> _globsInTests = [];

    public void Check(ShellNode node)
    {
        switch (node)
        {
            case Command.Select:
                Refuse(node, "“select” asks a person");
                break;
            case Command.Coprocess:
                Refuse(node, "“coproc” is not supported by the interpreter");
                break;
            case Command.Time:
                Refuse(node, "“time” is not supported by the interpreter");
                break;
            case WordPart.ProcessSubstitution:
                Refuse(node, "Process substitution is not supported by the interpreter");
                break;
            case TestExpression.Infix { Operator: "=" or "==" or "!=" } infix:
                _globsInTests.UnionWith(
                    ShellTree.Descendants(infix.Right).OfType<WordPart.ExtendedGlob>().Select(glob => glob.Span));
                break;
            case WordPart.ExtendedGlob when !_globsInTests.Contains(node.Span):
                Refuse(node, "Extended globs are not supported by the interpreter outside of [[ ]]");
                break;
            case ParameterOperation.Transform { Operator: not ('Q' or 'E' or 'U' or 'L' or 'u') } transform:
                Refuse(node, $"“@{transform.Operator}” is not supported by the interpreter");
                break;
            case Redirection { DescriptorVariable: not null }:
                Refuse(node, "A descriptor in a variable is not supported by the interpreter");
                break;
            case Redirection redirection when IsNetwork(redirection.Target.StaticText):
                Refuse(node, "Connections by redirection are not supported by the interpreter");
                break;
            case Command.Declaration declaration:
                CheckDeclaration(declaration);
                break;
        }
    }

    private static bool IsNetwork(string? target) =>
        target is not null
        && (target.StartsWith("/dev/tcp/", StringComparison.Ordinal)
            || target.StartsWith("/dev/udp/", StringComparison.Ordinal));

    private void CheckDeclaration(Command.Declaration declaration)
    {
        foreach (var option in declaration.Operands.Select(operand => operand.Word?.StaticText).OfType<string>())
        {
            var allowed = declaration.Keyword == "export" ? "n" : "airx";
            if (option is ['-' or '+', _, ..] && option.AsSpan(1).IndexOfAnyExcept(allowed) >= 0)
            {
                Refuse(declaration,
                    $"The option “{option}” of {declaration.Keyword} is not supported by the interpreter");
            }
        }

        if (declaration.Keyword == "nameref" || declaration.Operands.IsEmpty)
        {
            Refuse(declaration,
                $"“{declaration.Keyword}” without names, which lists variables, is not supported by the interpreter");
        }
    }

    private void Refuse(ShellNode node, string message) =>
        refusals.Add(
            new ShellDiagnostic("SH3001", $"{message}.", "Do this by hand, or write it otherwise.", node.Span));
}
