using System.Text.RegularExpressions;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Lint.Calls;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// Deletion by label (MW2042), of files by age or pattern without a look (MW2047), under a variable that may be
/// empty (MW2048).
/// </summary>
internal sealed partial class DeletionCheck : DocumentCheck
{
    private readonly WordSign _tearDown = new("tear-down");

    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) =>
        document.Calls.SelectMany(call => OfObjects(call, document).Concat(OfFiles(call)))
            .Concat(document.Commands.SelectMany(OfVariables));

    private IEnumerable<Report> OfObjects(CommandCall call, LintDocument document)
    {
        if (!call.IsKubectl("delete") || call.Parsed!.Operands is not [{ Known: true } kind, ..]
            || call.ValueOf("--field-selector") is not null || call.Has("--dry-run"))
        {
            yield break;
        }

        if (document.Kinds.Normalise(kind.Text) == "pod" && call.ValueOf("-l", "--selector") is { } label
            && !label.Text.Contains("pod-name", StringComparison.Ordinal) && !IsTaskLabel(label.Text))
        {
            yield return new Report("MW2042", call.PlaceOf(call.Has("-l") ? "-l" : "--selector"),
                $"Every pod with '{label.Text}' is deleted at once, all replicas together.",
                "Restart one after the other ('kubectl rollout restart'), or delete one pod by its name.");
        }
        else if (call.Has("--all") && document.Kinds.IsKind(kind.Text) && !IsTearDown(call, document))
        {
            yield return new Report("MW2042", call.PlaceOf("--all"),
                $"Everything of kind '{kind.Text}' in the namespace is deleted.", "Name what is meant.");
        }
    }

    /// <summary>Where all is taken down on purpose, all is meant.</summary>
    private bool IsTearDown(CommandCall call, LintDocument document) =>
        document.HeadingsAbove(call.Command.Span.Line).Any(heading => _tearDown.IsIn(heading.Text))
        || _tearDown.IsIn(call.Command.Comment)
        || document.Steps.Any(step => step.Commands.Contains(call.Command) && CleanUp().IsMatch(step.Narrative ?? ""));

    /// <summary>Pods of jobs and tests serve nobody.</summary>
    private static bool IsTaskLabel(string label) =>
        label.Contains("job-name", StringComparison.Ordinal) || label.Contains("job=", StringComparison.Ordinal);

    private static IEnumerable<Report> OfFiles(CommandCall call)
    {
        if (call.Program == "find" && call.Words.Any(word => word.Text == "-delete")
            || (call.Program == "find" && call.Words.Any(word => word.Text == "rm")
                && call.Words.Any(word => word.Text is "-exec" or "-execdir")))
        {
            var age = call.Words.FirstOrDefault(word => Age().IsMatch(word.Text)).Text;
            yield return new Report("MW2047",
                call.PlaceOf(call.Words.Any(word => word.Text == "-delete") ? "-delete" : "rm"),
                age is null ? "Files are deleted by a pattern, and nobody sees which before."
                    : $"Files are deleted by their age ('{age}'), whatever they are, and nobody sees which before.",
                "Let the same 'find' print first ('-print'), and check that what must stay is not among it.");
        }
    }

    /// <summary><c>rm -rf "$DIR/"*</c> with an empty variable is <c>rm -rf /*</c>.</summary>
    private static IEnumerable<Report> OfVariables(Steps.StepCommand command)
    {
        if (command.Script is null)
        {
            yield break;
        }

        foreach (var simple in ShellTree.Descendants(command.Script).OfType<Command.Simple>()
            .Where(each => each.Words is [{ StaticText: "rm" }, ..]
                && each.Words.Any(word => word.StaticText is "-rf" or "-fr" or "-r" or "-R" or "-Rf")))
        {
            foreach (var word in simple.Words.Where(EndsWithSlash))
            {
                var (line, column) = command.Locate(word.Span.Start);
                var name = ShellTree.Descendants(word).OfType<WordPart.Parameter>().First().Name;
                yield return new Report("MW2048", new DocumentSpan(line, column, line, column + word.Span.Length),
                    $"Where '{name}' is empty, this deletes from the root of the file system.",
                    $"Write '${{{name}:?}}/': then an empty one is an error.");
            }
        }
    }

    private static bool EndsWithSlash(Word word)
    {
        var parts = word.Parts is [WordPart.DoubleQuoted quoted, ..] ? [.. quoted.Parts, .. word.Parts.Skip(1)]
            : word.Parts;
        return parts is [WordPart.Parameter { Operation: null }, WordPart.Literal { Text: "/" or "/*" }]
            || (parts is [WordPart.Parameter { Operation: null }, WordPart.Literal rest] && rest.Text.StartsWith('/')
                && !rest.Text.Contains("..", StringComparison.Ordinal) && RootNames().IsMatch(rest.Text));
    }

    /// <summary>Narrower than a heading: in a sentence, "delete" says what the command does anyway.</summary>
    [GeneratedRegex(@"\b(clean(s|ing|[- ]?up)?|tear\w*|uninstall\w*|decommission\w*|purg\w*)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CleanUp();

    [GeneratedRegex(@"^-[mca](time|min)$", RegexOptions.CultureInvariant)]
    private static partial Regex Age();

    [GeneratedRegex(@"^/(bin|boot|dev|etc|home|lib|opt|root|srv|usr|var)?/?\*?$", RegexOptions.CultureInvariant)]
    private static partial Regex RootNames();
}
