using System.Collections.Immutable;

namespace Midwatch.Incidents.Alerts;

/// <summary>An alert as its source told it, with a fingerprint of our own.</summary>
public sealed record Alert
{
    /// <summary>Hash of the sorted labels; the same alert always has the same, whoever sends it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether the source says that it fires or that it has resolved.</summary>
    public required AlertStatus Status { get; init; }

    /// <summary>The labels in ordinal order of their names, <c>alertname</c> among them.</summary>
    public required ImmutableArray<AlertLabel> Labels { get; init; }

    /// <summary>The annotations in ordinal order of their names.</summary>
    public required ImmutableArray<AlertLabel> Annotations { get; init; }

    /// <summary>Since when it fires, as its source says.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>When it ended, or until when its source vouches for it; null when it says neither.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Where its source shows it (Prometheus: the graph page of its expression); null when not told.</summary>
    public string? Generator { get; init; }

    /// <summary>The label <c>alertname</c>; empty when there is none.</summary>
    public string Name => Label("alertname") ?? string.Empty;

    /// <summary>Reads one label.</summary>
    /// <returns>Its value, or null when the alert does not carry it.</returns>
    public string? Label(string name) => Find(Labels, name);

    /// <summary>Reads one annotation.</summary>
    /// <returns>Its text, or null when the alert does not carry it.</returns>
    public string? Annotation(string name) => Find(Annotations, name);

    private static string? Find(ImmutableArray<AlertLabel> labels, string name)
    {
        foreach (var label in labels)
        {
            if (string.Equals(label.Name, name, StringComparison.Ordinal))
            {
                return label.Value;
            }
        }

        return null;
    }
}

/// <summary>A name and its value.</summary>
public readonly record struct AlertLabel(string Name, string Value);

/// <summary>What the source of an alert says of it.</summary>
public enum AlertStatus
{
    /// <summary>It fires.</summary>
    Firing,

    /// <summary>It has ended: <c>endsAt</c> is not in the future.</summary>
    Resolved,
}
