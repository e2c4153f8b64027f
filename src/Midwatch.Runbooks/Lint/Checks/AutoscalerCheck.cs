using Midwatch.Runbooks.Lint.Calls;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>A scale by hand where the document itself knows of an autoscaler (MW2045).</summary>
internal sealed class AutoscalerCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document)
    {
        var owned = Owned(document);
        var asked = document.Calls.FirstOrDefault(call =>
            call.IsKubectl("get", "describe") && call.Parsed!.Operands is [{ Known: true } kind, ..]
            && document.Kinds.Normalise(kind.Text.Split('/')[0]) == "horizontalpodautoscaler")?.Command.Span.Line;
        foreach (var call in document.Calls.Where(call => call.IsKubectl("scale") && IsDeployment(call)
            && call.Command.Effect.Target?.Replicas != 0))
        {
            if (call.Command.Effect.Target?.Name is { } name && (owned.Count == 0 || owned.Contains(name))
                && IsWritten(call, name) && !IsBroughtBack(document, call)
                && (asked ?? Mentioned(document, call)) is { } line)
            {
                yield return new Report("MW2045", call.Head,
                    $"The document speaks of an autoscaler (line {line}): where it owns the replicas, it soon undoes this.",
                    "Change the autoscaler's bounds instead ('kubectl patch hpa … minReplicas').");
            }
        }
    }

    /// <summary>The workloads whose autoscalers the document names; empty when it names none.</summary>
    private static HashSet<string> Owned(LintDocument document)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var call in document.Kubectl)
        {
            if (call.Verb == "autoscale" && call.Command.Effect.Target?.Name is { } made)
            {
                names.Add(made);
            }
            else if (call.Parsed!.Operands is [{ Known: true } kind, { Known: true } name, ..]
                && document.Kinds.Normalise(kind.Text) == "horizontalpodautoscaler")
            {
                names.Add(name.Text);
                names.Add(name.Text.EndsWith("-hpa", StringComparison.Ordinal) ? name.Text[..^4] : name.Text);
            }
        }

        return names;
    }

    /// <summary>From none at all no autoscaler brings a workload back: that is done by hand.</summary>
    private static bool IsBroughtBack(LintDocument document, CommandCall call) => document.Calls.Any(each =>
        each.IsKubectl("scale") && each.Command.Span.Line < call.Command.Span.Line
        && each.Command.Effect.Target is { Replicas: 0, Name: var name } && name == call.Command.Effect.Target?.Name);

    private static bool IsWritten(CommandCall call, string name) =>
        call.Words.Any(word => word.Known && (word.Text == name
            || word.Text.EndsWith("/" + name, StringComparison.Ordinal)));

    private static bool IsDeployment(CommandCall call) => call.Command.Effect.Target?.Kind == "deployment";

    /// <summary>Words of one procedure say nothing about what another one scales.</summary>
    private static int? Mentioned(LintDocument document, CommandCall call)
    {
        var procedure = document.ProcedureAt(call.Command.Span.Line);
        var first = procedure?.Line ?? 1;
        var last = document.Runbook.Procedures.Select(each => each.Line).Where(line => line > first)
            .DefaultIfEmpty(document.Lines.Count + 1).Min() - 1;
        for (var line = first; line <= last; line++)
        {
            var text = document.Lines[line];
            if (text.Contains("HorizontalPodAutoscaler", StringComparison.Ordinal)
                || text.Contains("Horizontal Pod Autoscal", StringComparison.OrdinalIgnoreCase)
                || text.TrimStart().StartsWith("maxReplicas:", StringComparison.Ordinal)
                || text.Contains("horizontal pod autoscaling", StringComparison.OrdinalIgnoreCase))
            {
                return line;
            }
        }

        return null;
    }
}
