using System.Text.Json;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Managed;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>
/// Who used kubectl apply and then applies on the server's side is no rival of themselves: the annotation tells what
/// they applied before.
/// </summary>
internal static class LastApplied
{
    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    // The one manager that writes the annotation.
    private const string Manager = "kubectl";

    public static bool IsOf(ApiCall call, JsonObject current) =>
        call.Query("fieldManager") == Manager && Text(current) is not null;

    /// <summary>True when all that others own of a change is what was applied before.</summary>
    public static bool Covers(ApiCall call, JsonObject current, IEnumerable<FieldTree> conflicts)
    {
        if (call.Query("fieldManager") != Manager || Text(current) is not { } text || Parse(text) is not { } before)
        {
            return false;
        }

        var own = FieldSets.Of(before, FieldShape.OfKind(call.Kind));
        return conflicts.All(fields => fields.Except(own).Paths().FirstOrDefault() is null);
    }

    /// <summary>Writes into an object what a manifest says, as the annotation has it.</summary>
    public static void Renew(JsonObject body, JsonObject manifest)
    {
        var text = SortedFields.Of(manifest)!.ToJsonString(new JsonSerializerOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        var metadata = ObjectMetadata.Of(body);
        if (metadata["annotations"] is not JsonObject annotations)
        {
            annotations = [];
            metadata["annotations"] = annotations;
        }

        annotations[Annotation] = text + "\n";
    }

    private static string? Text(JsonObject body) =>
        (body["metadata"]?["annotations"] as JsonObject)?[Annotation]?.GetValue<string>();

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
