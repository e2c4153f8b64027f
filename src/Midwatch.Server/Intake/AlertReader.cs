using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Midwatch.Incidents.Alerts;

namespace Midwatch.Server.Intake;

/// <summary>
/// Reads the body of <c>POST /api/v2/alerts</c> as Alertmanager does: a list of alerts, of which the good ones are
/// taken and the others told about. What is missing is filled in by Alertmanager's rules.
/// </summary>
internal static partial class AlertReader
{
    private const int AlertsMost = 10_000;
    private const int LabelsMost = 256;

    /// <summary>Reads the body.</summary>
    /// <param name="now">An alert whose <c>endsAt</c> is not later is resolved.</param>
    public static AlertReading Read(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement, now);
        }
        catch (JsonException problem)
        {
            return new AlertReading([], [$"The body is not JSON: {problem.Message}"]);
        }
    }

    private static AlertReading Read(JsonElement root, DateTimeOffset now)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            return new AlertReading([],
                ["The body must be a list of alerts, as POST /api/v2/alerts of Alertmanager takes it."]);
        }

        if (root.GetArrayLength() > AlertsMost)
        {
            return new AlertReading([],
                [$"The list holds more than {AlertsMost} alerts; send them in several requests."]);
        }

        var alerts = ImmutableArray.CreateBuilder<Alert>();
        var problems = ImmutableArray.CreateBuilder<string>();
        var index = 0;
        foreach (var element in root.EnumerateArray())
        {
            if (One(element, now, out var alert) is { } problem)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"alert {index}: {problem}"));
            }
            else if (alert is not null)
            {
                alerts.Add(alert);
            }

            index++;
        }

        return new AlertReading(alerts.ToImmutable(), problems.ToImmutable());
    }

    private static string? One(JsonElement element, DateTimeOffset now, out Alert? alert)
    {
        alert = null;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return "it is not an object";
        }

        if (Pairs(element, "labels", out var labels) is { } badLabels)
        {
            return badLabels;
        }

        if (Pairs(element, "annotations", out var annotations) is { } badAnnotations)
        {
            return badAnnotations;
        }

        if (labels.IsEmpty)
        {
            return "at least one label pair required";
        }

        if (Moment(element, "startsAt", out var starts) is { } badStart)
        {
            return badStart;
        }

        if (Moment(element, "endsAt", out var ends) is { } badEnd)
        {
            return badEnd;
        }

        // Alertmanager's rule: without a start it starts now, or when it ended if that was before.
        var startsAt = starts ?? (ends < now ? ends.Value : now);
        if (ends < startsAt)
        {
            return "start time must be before end time";
        }

        alert = new Alert
        {
            Fingerprint = AlertFingerprint.Of(labels),
            Status = ends <= now ? AlertStatus.Resolved : AlertStatus.Firing,
            Labels = AlertFingerprint.Sorted(labels),
            Annotations = AlertFingerprint.Sorted(annotations),
            StartsAt = startsAt.ToUniversalTime(),
            EndsAt = ends?.ToUniversalTime(),
            Generator = element.TryGetProperty("generatorURL", out var url) && url.ValueKind == JsonValueKind.String
                ? url.GetString()
                : null,
        };
        return null;
    }

    // Empty values count as absent, as in Prometheus.
    private static string? Pairs(JsonElement element, string name, out ImmutableArray<AlertLabel> pairs)
    {
        pairs = [];
        if (!element.TryGetProperty(name, out var found) || found.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (found.ValueKind != JsonValueKind.Object)
        {
            return $"{name} must be an object of strings";
        }

        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in found.EnumerateObject())
        {
            if (pair.Value.ValueKind != JsonValueKind.String)
            {
                return $"{name}: the value of '{pair.Name}' must be a string";
            }

            if (!LabelName().IsMatch(pair.Name))
            {
                return $"{name}: invalid name '{pair.Name}'";
            }

            if (pair.Value.GetString() is { Length: > 0 } value)
            {
                read[pair.Name] = value;
            }
        }

        pairs = [.. read.Select(pair => new AlertLabel(pair.Key, pair.Value))];
        return pairs.Length > LabelsMost ? $"{name}: more than {LabelsMost} of them" : null;
    }

    // The zero time of Go stands for "not set".
    private static string? Moment(JsonElement element, string name, out DateTimeOffset? moment)
    {
        moment = null;
        if (!element.TryGetProperty(name, out var found) || found.ValueKind == JsonValueKind.Null
            || (found.ValueKind == JsonValueKind.String && found.GetString() is "" or null))
        {
            return null;
        }

        if (found.ValueKind != JsonValueKind.String || !found.TryGetDateTimeOffset(out var at))
        {
            return $"{name} must be a time such as 2026-01-02T03:04:05Z";
        }

        moment = at.Year == 1 ? null : at;
        return null;
    }

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$")]
    private static partial Regex LabelName();
}
