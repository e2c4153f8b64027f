using System.Diagnostics;
using System.Text.Json;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Export;

/// <summary>Writes expectations, each with its kind.</summary>
internal static class ExpectationJson
{
    public static void Write(Utf8JsonWriter writer, Expectation expectation)
    {
        switch (expectation)
        {
            case Expectation.Contains each:
                writer.WriteString("kind", "contains");
                writer.WriteString("text", each.Text);
                break;
            case Expectation.JsonShape each:
                writer.WriteString("kind", "json");
                writer.WriteString("json", each.Json);
                break;
            case Expectation.HttpStatus each:
                writer.WriteString("kind", "httpStatus");
                writer.WriteNumber("status", each.Status);
                break;
            case Expectation.PodsReady:
                writer.WriteString("kind", "podsReady");
                break;
            case Expectation.Count each:
                writer.WriteString("kind", "count");
                writer.WriteNumber("least", each.Least);
                if (each.Most is { } most)
                {
                    writer.WriteNumber("most", most);
                }

                break;
            case Expectation.Bound each:
                writer.WriteString("kind", "bound");
                writer.WriteString("comparison", each.Comparison);
                writer.WriteNumber("limit", each.Limit);
                writer.Optional("unit", each.Unit);
                break;
            case Expectation.AlertResolves each:
                writer.WriteString("kind", "alertResolves");
                writer.Optional("alert", each.Alert);
                writer.Seconds("limitSeconds", each.Limit);
                break;
            case Expectation.Within each:
                writer.WriteString("kind", "within");
                writer.Seconds("limitSeconds", each.Limit);
                break;
            case Expectation.Told each:
                writer.WriteString("kind", each.IsExample ? "example" : "told");
                writer.WriteString("text", each.Text);
                break;
            default:
                throw new UnreachableException(expectation.GetType().Name);
        }

        writer.WriteNumber("line", expectation.Line);
        writer.WriteString("source", expectation.Source);
    }
}
