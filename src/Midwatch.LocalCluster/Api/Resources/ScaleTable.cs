using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Requests;
using Midwatch.LocalCluster.Api.Tables;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>A scale as a row, for kubectl get --subresource=scale.</summary>
internal static class ScaleTable
{
    private static readonly KindDefinition Kind = new(
        "autoscaling", "v1", "scales", "scale", "Scale", IsNamespaced: true, [], [], [], [],
        [
            ColumnDefinition.Parse("Name | .metadata.name"),
            ColumnDefinition.Parse("Desired# | .spec.replicas or 0"),
            ColumnDefinition.Parse("Available# | .status.replicas or 0"),
            ColumnDefinition.Parse("Age | age .metadata.creationTimestamp"),
        ]);

    public static ApiAnswer Answer(JsonObject scale, AnswerForm form, TimeProvider time)
    {
        var metadata = new JsonObject { ["resourceVersion"] = scale["metadata"]?["resourceVersion"]?.DeepClone() };
        return ApiAnswer.Json(new TableBuilder(time).Build(
            Kind, [scale], metadata, form.Version, form.Included, isFirst: true));
    }
}
