using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Selection;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>
/// Which objects of a collection a request is about: its label and field selectors and, for one object's watch, its
/// name.
/// </summary>
internal sealed record Selection(LabelSelector Labels, FieldSelector Fields, string Name)
{
    /// <summary>Null and a refusal when a selector cannot be read.</summary>
    public static Selection? Parse(ApiCall call, out ApiStatus? refusal)
    {
        refusal = null;
        if (LabelSelectorParser.Parse(call.Query("labelSelector"), out var labelError) is not { } labels)
        {
            refusal = ApiStatus.BadRequest(labelError);
            return null;
        }

        if (FieldSelector.Parse(call.Kind, call.Query("fieldSelector"), out var fieldError) is not { } fields)
        {
            refusal = ApiStatus.BadRequest(fieldError);
            return null;
        }

        return new Selection(labels, fields, call.Target.Name);
    }

    /// <summary>True when everything is asked for: then nobody has to look into an object.</summary>
    public bool IsAll => Labels.Requirements.IsEmpty && Fields.Terms.IsEmpty && Name.Length == 0;

    public bool Matches(StoredObject item) => IsAll || Matches(item.Body);

    private bool Matches(JsonObject body) =>
        Labels.Matches(body["metadata"]?["labels"] as JsonObject) && Fields.Matches(body)
        && (Name.Length == 0 || body["metadata"]?["name"]?.GetValue<string>() == Name);
}
