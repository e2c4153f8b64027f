using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>nodeSelector and required node affinity.</summary>
internal static class NodeAffinity
{
    public static bool Allows(JsonObject pod, NodeFacts node)
    {
        if (pod.Map("spec", "nodeSelector").Any(pair => node.Label(pair.Key) != pair.Value))
        {
            return false;
        }

        var required = pod.At("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
        // Terms are alternatives; the expressions of one term must all hold, and an empty term matches nothing.
        return required is null || required.Items("nodeSelectorTerms").Any(term => Holds(term, node));
    }

    private static bool Holds(JsonObject term, NodeFacts node)
    {
        var expressions = term.Items("matchExpressions").ToList();
        var fields = term.Items("matchFields").ToList();
        return expressions.Count + fields.Count > 0
            && expressions.All(expression => LabelQuery.Holds(expression, node.Label(expression.Text("key") ?? "")))
            && fields.All(field => field.Text("key") == "metadata.name" && LabelQuery.Holds(field, node.Name));
    }
}
