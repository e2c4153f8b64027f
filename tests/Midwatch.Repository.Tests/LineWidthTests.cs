using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Midwatch.Repository.Tests;

/// <summary>A line of code fits beside another one on a screen; a text that must stay whole may be longer.</summary>
public sealed class LineWidthTests
{
    private const int WidthMax = 120;

    [Fact]
    public void No_source_line_is_wider_than_120_columns()
    {
        string[] folders = ["src", "systems", "tests"];
        SourceTree.AssertNone(folders.SelectMany(SourceTree.CSharp)
            .SelectMany(path => TooWide(SourceTree.Parse(path)).Select(line => $"{SourceTree.Relative(path)}:{line}")));
    }

    [Fact]
    public void Code_and_comments_are_measured_and_a_text_on_a_line_of_its_own_is_not()
    {
        var text = new string('x', WidthMax);
        string[] lines =
        [
            "class C {",
            $"string s = \"{text}\";",
            $"// {text}",
            "string t =",
            $"    \"{text}\" +",
            "    $$\"\"\"",
            $"    {text}",
            "    \"\"\";",
            $"string u = $\"{text} {{s}}\";",
            "}",
        ];
        var tree = CSharpSyntaxTree.ParseText(
            string.Join('\n', lines), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([2, 3, 9], TooWide(tree));
    }

    private static IEnumerable<int> TooWide(SyntaxTree tree)
    {
        var root = tree.GetRoot();
        return tree.GetText().Lines
            .Where(line => line.Span.Length > WidthMax && !IsText(root, line))
            .Select(line => line.LineNumber + 1);
    }

    /// <summary>
    /// Inside a literal of several lines, or one literal that stands alone but for punctuation and its parameter's
    /// name.
    /// </summary>
    private static bool IsText(SyntaxNode root, TextLine line)
    {
        var texts = root.DescendantNodes(line.Span)
            .Where(node => node is InterpolatedStringExpressionSyntax or LiteralExpressionSyntax
                && (node is InterpolatedStringExpressionSyntax || node.IsKind(SyntaxKind.StringLiteralExpression)))
            .ToArray();
        if (texts.Any(text => text.SpanStart < line.Start && text.Span.End > line.Start))
        {
            return true;
        }

        var outer = texts.Where(text => !texts.Any(other => other != text && other.Span.Contains(text.Span))).ToArray();
        return outer is [var only]
            && root.DescendantTokens(line.Span)
                .Where(token => line.Span.Contains(token.Span) && !only.Span.Contains(token.Span))
                .All(token => SyntaxFacts.IsPunctuation(token.Kind()) || token.Parent?.Parent is NameColonSyntax)
            && !root.DescendantTrivia(line.Span).Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia));
    }
}
