using Midwatch.Engine.Ports;
using Midwatch.Execution.Alerts;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Verification;

namespace Midwatch.Engine.Alerts;

/// <summary>Asks Prometheus for the expression that the alert links to.</summary>
public sealed class PrometheusAlertSource(PrometheusApi prometheus) : IAlertSource
{
    /// <inheritdoc/>
    public async Task<SourceAnswer> AskAsync(Alert alert, CancellationToken cancellationToken)
    {
        if (ExpressionQuestion.ExpressionOf(alert.Generator) is not { } expression)
        {
            return new(CheckVerdict.CouldNotTell, "The alert does not say by which expression it fired.");
        }

        var answer = await prometheus.AskAsync(expression, cancellationToken);
        var verdict = answer.Holds switch
        {
            false => CheckVerdict.Met,
            true => CheckVerdict.Unmet,
            null => CheckVerdict.CouldNotTell,
        };
        return new(verdict, answer.Reason);
    }
}
