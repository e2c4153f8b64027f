using System.Collections.Immutable;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Incidents.Policies;

/// <summary>The first of the five walls, as a table (docs/reference/policy.md).</summary>
internal static class DefaultPolicyRules
{
    private static readonly ImmutableArray<string> SystemNamespaces = ["kube-system", "kube-public", "kube-node-lease"];

    public static ImmutableArray<PolicyRule> All { get; } =
    [
        new()
        {
            Id = "prints-secret", AnyMark = Marks.PrintsSecret, Kind = PolicyDecisionKind.Ask, Approvals = 1,
            Effect = Effect.Read, Reason = "It prints secret values: never by itself.",
        },
        new()
        {
            Id = "read", Effect = Effect.Read, Kind = PolicyDecisionKind.Run, Reason = "It only reads.",
        },
        new()
        {
            Id = "destroy", Effect = Effect.Destroy, Kind = PolicyDecisionKind.Ask, Approvals = 2,
            Reason = "Something is gone afterwards: two people approve.",
        },
        new()
        {
            Id = "unknown", Effect = Effect.Unknown, Kind = PolicyDecisionKind.Ask, Approvals = 1,
            Reason = "What it does cannot be told: it never runs by itself.",
        },
        new()
        {
            Id = "change-system", Effect = Effect.Change, Namespaces = SystemNamespaces,
            Kind = PolicyDecisionKind.Ask, Approvals = 2,
            Reason = "It changes a namespace that the whole cluster stands on: two people approve.",
        },
        new()
        {
            Id = "change-outside", Effect = Effect.Change, InScope = false,
            Kind = PolicyDecisionKind.Ask, Approvals = 1,
            Reason = "It changes something outside the runbook's scope: one person approves.",
        },
        new()
        {
            Id = "change", Effect = Effect.Change, Kind = PolicyDecisionKind.Ask, Approvals = 1,
            Reason = "It changes something and can be undone: one person approves.",
        },
    ];
}
