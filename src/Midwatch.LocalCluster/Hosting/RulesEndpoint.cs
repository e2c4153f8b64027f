using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Kubelet.Rules;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>
/// <c>PUT|DELETE /midwatch/v1/rules/ID/KIND/NAMESPACE/SUBJECT/CONTAINER/AMOUNT</c>: what goes wrong on the nodes, for
/// faults. Segments are percent-encoded; "-" stands for an empty one.
/// </summary>
internal sealed class RulesEndpoint(NodesToCome nodes) : IApiExtension
{
    public ApiAnswer? Answer(string method, string path)
    {
        if (path.Split('/') is not ["", "midwatch", "v1", "rules", var id, .. var rest])
        {
            return null;
        }

        if (nodes.Present is not { } present)
        {
            return Refuse("the nodes have not started");
        }

        if (method == HttpMethod.Delete.Method)
        {
            return present.Rules.RemoveAsync(Text(id)).GetAwaiter().GetResult() is { } left ? Refuse(left) : Done();
        }

        if (rest is not [var kind, var ns, var subject, var container, var amount]
            || !long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return Refuse("a rule has a kind, a namespace, a subject, a container and an amount");
        }

        var rule = new NodeRule(Text(id), Text(kind), Text(ns), Text(subject), Text(container), number);
        return present.Rules.Add(rule) is { } trouble ? Refuse(trouble) : Done();
    }

    private static string Text(string segment) => segment == "-" ? "" : Uri.UnescapeDataString(segment);

    private static ApiAnswer Done() => ApiAnswer.Json(new JsonObject());

    private static ApiAnswer Refuse(string message) =>
        ApiAnswer.Json(new JsonObject { ["message"] = message }, code: 409);
}
