using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Midwatch.LocalCluster.Api.Tables;

namespace Midwatch.LocalCluster.Api.Requests;

/// <summary>In which form the client wants its answer.</summary>
/// <param name="As">
/// "Table", "PartialObjectMetadata", "PartialObjectMetadataList", "APIGroupDiscoveryList" or "" for the object itself.
/// </param>
/// <param name="Version">The version of that form.</param>
/// <param name="Included">What table rows carry.</param>
internal sealed record AnswerForm(string As, string Version, bool IsYaml, RowObject Included)
{
    public static readonly AnswerForm Plain = new("", "", false, RowObject.Metadata);

    public bool IsTable => As == "Table";

    /// <summary>Picks the first accepted form that is served; null when there is none (406).</summary>
    public static AnswerForm? Negotiate(HttpRequest request)
    {
        var included = request.Query["includeObject"].ToString() switch
        {
            "Object" => RowObject.Whole,
            "None" => RowObject.None,
            _ => RowObject.Metadata,
        };
        if (request.Headers.Accept.Count == 0
            || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)
            || accepted.Count == 0)
        {
            return Plain with { Included = included };
        }

        foreach (var type in accepted)
        {
            var name = type.MediaType.ToString();
            if (name is "application/yaml")
            {
                return Plain with { IsYaml = true };
            }

            if (name is not ("application/json" or "*/*" or "application/*"))
            {
                continue;
            }

            var form = new AnswerForm(Parameter(type, "as"), Parameter(type, "v"), false, included);
            if (form.As is "" || (form.As is "Table" && form.Version is "v1" or "v1beta1")
                || form.As is "PartialObjectMetadata" or "PartialObjectMetadataList"
                || (form.As is "APIGroupDiscoveryList" && form.Version is "v2" or "v2beta1"))
            {
                return form;
            }
        }

        return null;
    }

    private static string Parameter(MediaTypeHeaderValue type, string name) =>
        type.Parameters
            .FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value.ToString() ?? "";
}
