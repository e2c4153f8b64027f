using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Lint.Calls;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// What is said to be temporary, or takes capacity away, and is never put back (MW2044); what can never be put back
/// (MW2046).
/// </summary>
internal sealed partial class UndoCheck : DocumentCheck
{
    private static readonly WordSign Afterwards = new("afterwards");

    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) =>
        document.Calls.Where(call => call.Outer is null or { Program: "sudo" })
            .SelectMany(call => OfCall(call, document));

    private static IEnumerable<Report> OfCall(CommandCall call, LintDocument document)
    {
        if (call.Command.Effect.Action == "expand-volume" && call.IsKubectl())
        {
            yield return new Report("MW2046", call.Head,
                "A volume can grow and never shrink again.", "Say so, and what to check first (quota, StorageClass).");
        }

        if (call.IsKubectl("cordon") && !HasCall(document, "uncordon") && !IsNodeRemoved(document))
        {
            yield return new Report("MW2044", call.Head,
                "The node is never uncordoned: it stays out of use.",
                    "Add 'kubectl uncordon NODE' where all is well again.");
        }
        else if (IsScaledAway(call, document))
        {
            yield return new Report("MW2044", call.Head,
                "What is scaled down here is never scaled up again in the document.",
                "Note the count before ('kubectl get … -o jsonpath={.spec.replicas}') and add the way back.");
        }
        else if (MakesUnusedClaim(call, document) is { } claim)
        {
            yield return new Report("MW2044", call.Head,
                $"The volume claim '{claim}' is made here; nothing in the document uses it or takes it away.",
                "Add the steps that move the data to it, and what becomes of the old one.");
        }
        else if (IsCalledTemporary(call, document) && !IsUndone(call, document))
        {
            yield return new Report("MW2044", call.Head,
                "It is called temporary, and nothing in the document puts it back.",
                "Add the command that puts it back, and say when.");
        }
    }

    private static bool IsScaledAway(CommandCall call, LintDocument document)
    {
        if (!call.IsKubectl("scale") || call.Command.Effect.Target?.Replicas is not { } count
            || (count != 0 && (count != 1 || !Down().IsMatch(call.Command.Comment)))
            || !MakesRoom().IsMatch(call.Command.Comment))
        {
            return false;
        }

        return !document.Calls.Any(each => each != call && each.IsKubectl("scale") && Object(each) == Object(call)
                && each.Command.Effect.Target?.Replicas is var other && (other is null || other > count))
            && !IsRemoved(document, call) && !WayBack().IsMatch(After(document, call));
    }

    /// <summary>The name of a claim in the here-document of an apply, when it stands nowhere else.</summary>
    private static string? MakesUnusedClaim(CommandCall call, LintDocument document)
    {
        if (!call.IsKubectl("apply", "create") || !Claim().IsMatch(call.Command.Text))
        {
            return null;
        }

        var name = ObjectName().Match(call.Command.Text).Groups["name"].Value;
        return name.Length > 0 && document.Runbook.Text.Split(name).Length == 2 ? name : null;
    }

    private static bool IsCalledTemporary(CommandCall call, LintDocument document) =>
        call.Command.Effect.Effect is Effect.Change or Effect.Destroy
        && (call.Command.Effect.Marks & (Marks.Local | Marks.Temporary | Marks.Synthetic)) == 0
        && call.IsKubectl("scale", "patch", "edit", "set env", "set resources", "set image", "delete", "cordon",
            "taint",
            "annotate", "label", "apply", "replace", "autoscale", "expose", "create networkpolicy")
        && ((call.Verb == "delete" ? Temporarily() : Temporary()).IsMatch(call.Command.Comment)
            || (call.Verb == "scale" && call.Command.Effect.Target?.Name is not null
                && ByHand().IsMatch(document.Lines[call.Command.Span.Line])));

    /// <summary>The same object is acted on again later, or words say how to go back.</summary>
    private static bool IsUndone(CommandCall call, LintDocument document) =>
        document.Calls.Any(each => each.Command.Span.Line > call.Command.Span.Line && each.IsKubectl()
            && each.Command.Effect.Effect is Effect.Change or Effect.Destroy && Object(each) is { Length: > 0 } later
            && later == Object(call) && each.Verb != "rollout restart"
            && !each.Command.Effect.Marks.HasFlag(Marks.Local)
            && (each.Verb != "scale" || each.Command.Effect.Target?.Replicas != call.Command.Effect.Target?.Replicas))
        || WayBack().IsMatch(After(document, call));

    private static bool HasCall(LintDocument document, string verb) =>
        document.Calls.Any(call => call.Words.Any(word => word.Text == verb))
        || document.Runbook.Text.Contains(verb, StringComparison.OrdinalIgnoreCase);

    private static bool IsNodeRemoved(LintDocument document) => NodeGone().IsMatch(document.Runbook.Text)
        || document.Calls.Any(call =>
        (call.IsKubectl("delete") && call.Parsed!.Operands.Any(word => document.Kinds.Normalise(word.Text.Split('/')[0])
            is "node" or "machine" or "metal3machine" or "baremetalhost"))
        || call.Words.Any(word => word.Text is "terminate-instances" or "delete-nodes" or "node-pools"
            or "terminate-instance-in-auto-scaling-group"));

    private static bool IsRemoved(LintDocument document, CommandCall call) => document.Calls.Any(each =>
        each.IsKubectl("delete") && each.Command.Span.Line > call.Command.Span.Line && Object(each) == Object(call));

    /// <summary>The object as kind and name, so that <c>deploy x</c> and <c>deployment/x</c> are the same.</summary>
    private static string Object(CommandCall call) =>
        call.Command.Effect.Target is { Name: { } name } target ? $"{target.Kind}/{name}" : "";

    private static string After(LintDocument document, CommandCall call)
    {
        // The way back of a scenario stands in it, or in a section beside it for what comes after.
        var level = document.HeadingsAbove(call.Command.Span.Line).Select(heading => heading.Level).FirstOrDefault(1);
        var next = document.Outline.OfType<Outlines.OutlineNode.Heading>().FirstOrDefault(heading =>
            heading.Line > call.Command.Span.Line && (heading.Level < level
                || (heading.Level == level && !Afterwards.IsIn(heading.Text))));
        var end = next?.Line - 1 ?? document.Lines.Count;
        return document.Lines.Join(call.Command.Span.Line, Math.Max(call.Command.Span.Line, end));
    }

    /// <summary>Temporary things are deleted for good; what is deleted temporarily is to come back.</summary>
    [GeneratedRegex(@"\btemporarily\b|\bfor now\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Temporarily();

    [GeneratedRegex(
        @"\btemporar(y|ily)\b|\bfor now\b|\bshort[- ]term\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Temporary();

    [GeneratedRegex(
        @"\b(revert|undo|put (it |them )?back|set (it |them )?back|scale (it |them )?(back|up)|restore the (original|previous)|roll back (the|this) change|re-?enable|(then|and) (reinstall|redeploy|re-?apply|re-?create)|back to (the )?(original|normal|previous|\d))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WayBack();

    [GeneratedRegex(
        @"\btemporar|\bnon-?(critical|essential)|\bother\b|\bfree\b|\brelieve|\bpause|\bquiesce|\bfirst\b|\bload shed",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MakesRoom();

    [GeneratedRegex(
        @"\b(delet|remov|destroy|terminat|decommission|replac|recycl|shut)\w*\W+(\w+\W+){0,4}(nodes?|node[- ]?pools?|instances?|VMs?|machines?)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NodeGone();

    [GeneratedRegex(@"\bmanually scale\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ByHand();

    [GeneratedRegex(@"^kind:\s*PersistentVolumeClaim\s*$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Claim();

    [GeneratedRegex(
        @"^  name:\s*(?<name>[a-z0-9][a-z0-9.-]+)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex ObjectName();

    [GeneratedRegex(
        @"\bscal\w*\b.*\bdown\b|\breduce\b|\bfewer\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Down();
}
