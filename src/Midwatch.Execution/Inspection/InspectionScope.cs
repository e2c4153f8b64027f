using System.Collections.Immutable;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Execution.Inspection;

/// <summary>What the inspector looks at.</summary>
public sealed record InspectionScope
{
    /// <summary>The procedure that is to be decided on.</summary>
    public required Procedure Procedure { get; init; }

    /// <summary>The namespaces; what is needed beyond them is followed from there.</summary>
    public required ImmutableArray<string> Namespaces { get; init; }

    /// <summary>The labels of the alert.</summary>
    public required ImmutableSortedDictionary<string, string> AlertLabels { get; init; }

    /// <summary>The procedure's scope, narrowed by the alert's labels.</summary>
    /// <param name="defaultNamespace">Used when neither procedure nor alert name one.</param>
    public static InspectionScope Of(
        Procedure procedure, ImmutableSortedDictionary<string, string> alertLabels, string defaultNamespace) =>
        new()
        {
            Procedure = procedure,
            AlertLabels = alertLabels,
            Namespaces = procedure.Scope.Namespaces.Length > 0
                ? procedure.Scope.Namespaces
                : [alertLabels.GetValueOrDefault("namespace", defaultNamespace)],
        };
}
