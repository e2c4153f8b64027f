using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Refuses what the interpreter does not do as bash does it.</summary>
/// <param name="extendedGlobs">Whether extended globs count outside of <c>[[ ]]</c> too.</param>
internal sealed class SupportedConstructs(List<ShellDiagnostic> refusals, bool extendedGlobs)
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
            case TestExpression.Infix { Operator: "=" or "==" or "!=" } infix:
                _globsInTests.UnionWith(
                    ShellTree.Descendants(infix.Right).OfType<WordPart.ExtendedGlob>().Select(glob => glob.Span));
                break;
            case WordPart.ExtendedGlob when !extendedGlobs && !_globsInTests.Contains(node.Span):
                Refuse(node, "This is an extended glob only after “shopt -s extglob”");
                break;
            case ParameterOperation.Transform transform
                when !"QEULuAaKk".Contains(transform.Operator, StringComparison.Ordinal):
                Refuse(node, $"“@{transform.Operator}” is not supported by the interpreter");
                break;
            case ParameterOperation:
                // There, without extglob, it is plain text.
                _globsInTests.UnionWith(
                    ShellTree.Descendants(node).OfType<WordPart.ExtendedGlob>().Select(glob => glob.Span));
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
            var allowed = declaration.Keyword == "export" ? "nf" : "aAcfFgilnprux";
            if (option is ['-' or '+', _, ..] && option != "--" && option.AsSpan(1).IndexOfAnyExcept(allowed) >= 0)
            {
                Refuse(declaration,
                    $"The option “{option}” of {declaration.Keyword} is not supported by the interpreter");
            }
        }

        var lists = declaration.Operands.All(operand => operand.Word?.StaticText is ['-', ..] option
            && !option.Contains('f', StringComparison.Ordinal) && !option.Contains('F', StringComparison.Ordinal));
        if (declaration.Keyword == "nameref" || lists)
        {
            Refuse(declaration,
                $"“{declaration.Keyword}” without names, which lists variables, is not supported by the interpreter");
        }
    }

    private void Refuse(ShellNode node, string message) =>
        refusals.Add(
            new ShellDiagnostic("SH3001", $"{message}.", "Do this by hand, or write it otherwise.", node.Span));
}
