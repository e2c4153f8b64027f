using System.Collections.Immutable;
using Midwatch.Incidents.Escalations;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Incidents.Procedures;

/// <summary>Takes from a compiled procedure what its incidents keep.</summary>
internal static class ProcedureBriefs
{
    private const string ImpactTitle = "impact";

    public static ProcedureBrief Of(Runbook runbook, Procedure procedure) => new()
    {
        RunbookPath = runbook.Path,
        RunbookHash = runbook.Hash,
        RunbookTitle = runbook.Title,
        ProcedureId = procedure.Id,
        Title = procedure.Title,
        Line = procedure.Line,
        Severity = procedure.Severity,
        Namespaces = procedure.Scope.Namespaces,
        Alerts = [.. procedure.Alerts.Select(binding => binding.Name)],
        RelatedAlerts = [.. procedure.RelatedAlerts.Select(alert => new NamedText(alert.Name, alert.Relation))],
        Impact = Impact(runbook, procedure),
        Escalations = [.. procedure.Escalations
            .Select(each => new EscalationRule(each.After, each.From, each.To, each.Condition, each.Line))],
        FollowUps = FollowUps(runbook, procedure),
    };

    private static string Impact(Runbook runbook, Procedure procedure)
    {
        foreach (var section in procedure.Sections)
        {
            if (section.Phase == Phase.Context
                && section.Title.Contains(ImpactTitle, StringComparison.OrdinalIgnoreCase))
            {
                return SectionText.Below(runbook.Text, section.Line);
            }
        }

        return string.Empty;
    }

    private static ImmutableArray<FollowUp> FollowUps(Runbook runbook, Procedure procedure)
    {
        var found = ImmutableArray.CreateBuilder<FollowUp>();
        foreach (var section in procedure.Sections.Where(section => section.Phase == Phase.Postincident))
        {
            found.AddRange(SectionText.Items(runbook.Text, section.Line)
                .Select(item => new FollowUp(item.Text, section.Title, item.Line)));
        }

        found.AddRange(procedure.Preventions.Select(each => new FollowUp(each.Title, "Prevention", each.Line)));
        return found.ToImmutable();
    }
}
