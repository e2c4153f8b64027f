using System.Collections.Immutable;
using Midwatch.Incidents.Escalations;

namespace Midwatch.Incidents.Procedures;

/// <summary>
/// What an incident keeps of the procedure that answers it: the journal can be read, and the post-mortem written,
/// when the document has long been changed.
/// </summary>
public sealed record ProcedureBrief
{
    /// <summary>The document's path as the user named it.</summary>
    public required string RunbookPath { get; init; }

    /// <summary>SHA-256 of the document's text.</summary>
    public required string RunbookHash { get; init; }

    /// <summary>The document's title.</summary>
    public required string RunbookTitle { get; init; }

    /// <summary>The procedure's id within the document.</summary>
    public required string ProcedureId { get; init; }

    /// <summary>The procedure's heading.</summary>
    public required string Title { get; init; }

    /// <summary>The heading's line.</summary>
    public required int Line { get; init; }

    /// <summary>The severity that the document states; null when it states none.</summary>
    public string? Severity { get; init; }

    /// <summary>The namespaces that its commands touch.</summary>
    public required ImmutableArray<string> Namespaces { get; init; }

    /// <summary>Names of the alerts that open it.</summary>
    public required ImmutableArray<string> Alerts { get; init; }

    /// <summary>Other alerts that it mentions, each with what it says of it.</summary>
    public required ImmutableArray<NamedText> RelatedAlerts { get; init; }

    /// <summary>What the document says about who is hit; empty when it does not say.</summary>
    public required string Impact { get; init; }

    /// <summary>When to escalate, and to whom.</summary>
    public required ImmutableArray<EscalationRule> Escalations { get; init; }

    /// <summary>What the document asks for afterwards, and its prevention measures, each with its line.</summary>
    public required ImmutableArray<FollowUp> FollowUps { get; init; }
}

/// <summary>A name and what is said of it.</summary>
public sealed record NamedText(string Name, string Text);

/// <summary>Something to be done once it is over.</summary>
/// <param name="Origin">The section that asks for it, such as <c>Prevention</c>.</param>
public sealed record FollowUp(string Text, string Origin, int Line);
