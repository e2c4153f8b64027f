using System.Diagnostics;
using System.Globalization;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Export;

/// <summary>Puts expectations into words.</summary>
internal static class ExpectationWords
{
    /// <summary>One line for an expectation.</summary>
    public static string Of(Expectation expectation) => expectation switch
    {
        Expectation.Contains each => $"output contains '{each.Text}'",
        Expectation.JsonShape each => $"JSON {each.Json}",
        Expectation.HttpStatus each => string.Create(CultureInfo.InvariantCulture, $"HTTP {each.Status}"),
        Expectation.PodsReady => "all pods running and ready",
        Expectation.Count each => string.Create(CultureInfo.InvariantCulture, $"{each.Least} to {each.Most} listed"),
        Expectation.Bound each =>
            string.Create(CultureInfo.InvariantCulture, $"{each.Comparison} {each.Limit}{each.Unit}"),
        Expectation.AlertResolves each => $"{each.Alert ?? "the alert"} resolves{Within(each.Limit)}",
        Expectation.Within each => $"done{Within(each.Limit)}",
        Expectation.Told { IsExample: true } each => $"for example: {each.Text.Split('\n')[0]}",
        Expectation.Told each => each.Text,
        _ => throw new UnreachableException(expectation.GetType().Name),
    };

    private static string Within(TimeSpan? limit) => limit is { } time ? $" within {CompiledTree.Time(time)}" : "";
}
