using Midwatch.Runbooks.Lint.Calls;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>A pod or job that is made under a fixed name: the second run meets the first (MW2011).</summary>
internal sealed class FixedNameCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) =>
        from call in document.Kubectl
        where call.Verb is "run" or "create job" && !IsDry(call) && !document.IsInProse(call)
            && !IsInOwnNamespace(document, call)
        let name = call.Parsed!.Operands.FirstOrDefault()
        where name is { Known: true, Text.Length: > 0 } && name.Text.Any(char.IsAsciiLetterLower)
            && !LooksLikePlaceholder(name.Text) && !IsRemoved(document, name.Text)
        select call.Verb == "run"
            ? new Report("MW2011", call.PlaceOf(name.Text),
                $"The pod is always called '{name.Text}': the command fails while one of that name is there.",
                $"Make the name its own, such as '{name.Text}-$RANDOM'.")
            : new Report("MW2011", call.PlaceOf(name.Text),
                $"The job is always called '{name.Text}': the command fails from the second time on.",
                $"Make the name its own, such as '{name.Text}-$(date +%s)'.");

    /// <summary>The document makes the namespace for this and takes it away: nothing else is ever in it.</summary>
    private static bool IsInOwnNamespace(LintDocument document, CommandCall call) =>
        call.ValueOf("-n", "--namespace") is { Known: true } space
        && document.Kubectl.Any(each => IsNamespace(each, "create", space.Text)
            && each.Command.Span.Line < call.Command.Span.Line)
        && document.Kubectl.Any(each => IsNamespace(each, "delete", space.Text)
            && each.Command.Span.Line > call.Command.Span.Line);

    private static bool IsNamespace(CommandCall call, string verb, string name) =>
        call.Verb.StartsWith(verb, StringComparison.Ordinal)
        && call.Words.Any(word => word.Text is "namespace" or "ns") && call.Words.Any(word => word.Text == name);

    private static bool IsDry(CommandCall call) =>
        call.Parsed!.Options.Any(option => option.Name == "--dry-run" && option.Value?.Text != "none");

    private static bool LooksLikePlaceholder(string name) =>
        name.StartsWith("my-", StringComparison.Ordinal) || name.StartsWith("your-", StringComparison.Ordinal)
        || name.Contains("xxx", StringComparison.OrdinalIgnoreCase);

    /// <summary>A later command takes the object away by its name: the author has thought of it.</summary>
    private static bool IsRemoved(LintDocument document, string name) => document.Kubectl.Any(call =>
        call.Verb == "delete" && call.Parsed!.Operands.Any(word =>
            word.Text == name || word.Text.EndsWith("/" + name, StringComparison.Ordinal)));
}
