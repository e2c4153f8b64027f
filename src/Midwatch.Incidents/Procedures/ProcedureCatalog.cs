using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Incidents.Alerts;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Incidents.Procedures;

/// <summary>The compiled runbooks, asked by alert. Immutable; a change of the documents makes a new one.</summary>
public sealed class ProcedureCatalog
{
    private readonly ImmutableArray<(Runbook Runbook, Procedure Procedure)> _procedures;

    /// <summary>Takes the runbooks in the order in which the user named them.</summary>
    public ProcedureCatalog(IEnumerable<Runbook> runbooks) =>
        _procedures = [.. runbooks.SelectMany(runbook => runbook.Procedures.Select(p => (runbook, p)))];

    /// <summary>
    /// Finds the procedure bound to the alert by its name. Where several are, the alert's <c>namespace</c> narrows
    /// them; it never widens them.
    /// </summary>
    public ProcedureMatch Find(Alert alert)
    {
        var bound = _procedures.Where(each => Binds(each.Procedure, alert.Name)).ToImmutableArray();
        if (bound.Length > 1 && alert.Label("namespace") is { } place)
        {
            var here = bound.Where(each => each.Procedure.Scope.Namespaces.Contains(place)).ToImmutableArray();
            bound = here.IsEmpty ? bound : here;
        }

        return bound.Length switch
        {
            0 => new ProcedureMatch.None(
                $"No runbook binds the alert '{alert.Name}' (looked in {_procedures.Length} procedures)."),
            1 => new ProcedureMatch.Found(Brief(bound[0]), Why(bound[0].Runbook, bound[0].Procedure, alert.Name)),
            _ => new ProcedureMatch.Ambiguous([.. bound.Select(each => Name(each.Runbook, each.Procedure))]),
        };
    }

    /// <summary>Finds the compiled procedure behind a brief.</summary>
    /// <returns>Null when the document has changed since: an incident never goes on with another text.</returns>
    public (Runbook Runbook, Procedure Procedure)? Resolve(ProcedureBrief brief)
    {
        foreach (var each in _procedures)
        {
            if (each.Runbook.Hash == brief.RunbookHash && each.Procedure.Id == brief.ProcedureId)
            {
                return each;
            }
        }

        return null;
    }

    /// <summary>Makes the brief of one procedure, for incidents that a person opens by hand.</summary>
    public static ProcedureBrief Brief(Runbook runbook, Procedure procedure) => ProcedureBriefs.Of(runbook, procedure);

    private static ProcedureBrief Brief((Runbook Runbook, Procedure Procedure) each) =>
        ProcedureBriefs.Of(each.Runbook, each.Procedure);

    private static bool Binds(Procedure procedure, string alertName) =>
        procedure.Alerts.Any(binding => string.Equals(binding.Name, alertName, StringComparison.Ordinal));

    private static string Why(Runbook runbook, Procedure procedure, string alertName)
    {
        var line = procedure.Alerts.First(binding => binding.Name == alertName).Line;
        return string.Create(CultureInfo.InvariantCulture, $"{runbook.Path}:{line} names the alert '{alertName}'.");
    }

    private static string Name(Runbook runbook, Procedure procedure) =>
        string.Create(CultureInfo.InvariantCulture, $"{runbook.Path}:{procedure.Line} {procedure.Title}");
}
