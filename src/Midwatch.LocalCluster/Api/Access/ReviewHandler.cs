using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Requests;
using Midwatch.LocalCluster.Api.Resources;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Managed;

namespace Midwatch.LocalCluster.Api.Access;

/// <summary>Answers questions about access: who am I, may I, may they, is this token good.</summary>
internal sealed class ReviewHandler(ApiServerOptions options, RoleAuthorizer authorizer)
{
    private const string Authorization = "authorization.k8s.io";
    private const string Authentication = "authentication.k8s.io";

    public static bool Serves(ResourceRequest target) => target.Group is Authorization or Authentication;

    public async Task<ApiAnswer> AnswerAsync(
        HttpContext http, UserIdentity user, ResourceRequest target, CancellationToken stop)
    {
        if (target.Version != "v1")
        {
            return ApiAnswer.Refuse(ApiStatus.NoSuchResource());
        }

        if (http.Request.Method != "POST")
        {
            return ApiAnswer.Refuse(ApiStatus.MethodNotAllowed());
        }

        var request = await RequestBody.ReadAnyAsync(http, stop);
        if (request.Refusal is { } refusal)
        {
            return ApiAnswer.Refuse(refusal);
        }

        var review = request.Object;

        review["metadata"] ??= new JsonObject();
        var status = target.Resource switch
        {
            "selfsubjectreviews" => new JsonObject { ["userInfo"] = Describe(user) },
            "tokenreviews" => Token(review),
            "selfsubjectaccessreviews" => Allowed(user, review),
            "subjectaccessreviews" or "localsubjectaccessreviews" => Allowed(Named(review), review),
            "selfsubjectrulesreviews" => Rules(user, review),
            _ => null,
        };
        if (status is null)
        {
            return ApiAnswer.Refuse(ApiStatus.NoSuchResource());
        }

        if (target.Resource == "selfsubjectreviews")
        {
            review["metadata"]!["creationTimestamp"] = Now;
        }

        if (review["spec"] is JsonObject spec)
        {
            ManagedFields.Own(review, new JsonObject { ["spec"] = spec.DeepClone() }, Writer(http, target), Now);
        }

        review["status"] = status;
        return ApiAnswer.Json(review, 201);
    }

    private string Now => KubernetesTime.Format(options.Time.GetUtcNow());

    private static FieldOwner Writer(HttpContext http, ResourceRequest target) => new(
        http.Request.Query["fieldManager"].ToString() is { Length: > 0 } given ? given
            : http.Request.Headers.UserAgent.ToString().Split('/')[0],
        FieldOwner.Update, $"{target.Group}/{target.Version}", "");

    private static JsonObject Describe(UserIdentity user)
    {
        var body = new JsonObject { ["username"] = user.Name };
        if (user.Uid.Length > 0)
        {
            body["uid"] = user.Uid;
        }

        body["groups"] = new JsonArray([.. user.Groups.Select(group => JsonValue.Create(group))]);
        if (user.CredentialId.Length > 0)
        {
            body["extra"] = new JsonObject
            {
                ["authentication.kubernetes.io/credential-id"] = new JsonArray(user.CredentialId),
            };
        }

        return body;
    }

    private JsonObject Token(JsonObject review) =>
        options.Tokens.Find(review["spec"]?["token"]?.GetValue<string>() ?? "") is { } owner
            ? new JsonObject { ["authenticated"] = true, ["user"] = Describe(owner) }
            : new JsonObject { ["user"] = new JsonObject(), ["error"] = "invalid bearer token" };

    private JsonObject Allowed(UserIdentity user, JsonObject review)
    {
        AccessQuestion question = review["spec"]?["resourceAttributes"] is JsonObject asked
            ? new AccessQuestion.ToResource(
                Text(asked, "verb"),
                Text(asked, "group"),
                Text(asked, "subresource") is { Length: > 0 } sub ? $"{Text(asked, "resource")}/{sub}"
                    : Text(asked, "resource"),
                Text(asked, "namespace") is { Length: > 0 } ns ? ns : null,
                Text(asked, "name"))
            : new AccessQuestion.ToPath(
                Text(review["spec"]?["nonResourceAttributes"], "verb"),
                    Text(review["spec"]?["nonResourceAttributes"], "path"));
        return new JsonObject { ["allowed"] = authorizer.MayDo(user, question) };
    }

    private static UserIdentity Named(JsonObject review) => new(
        Text(review["spec"], "user"),
        [.. (review["spec"]?["groups"] as JsonArray ?? []).Select(group => group?.GetValue<string>() ?? "")]);

    private JsonObject Rules(UserIdentity user, JsonObject review)
    {
        var resources = new JsonArray();
        var paths = new JsonArray();
        var isMaster = user.Groups.Contains(UserIdentity.Masters);
        JsonObject everything = new()
        {
            ["verbs"] = new JsonArray("*"),
            ["apiGroups"] = new JsonArray("*"),
            ["resources"] = new JsonArray("*"),
        };
        var rules = isMaster ? [everything] : authorizer.RulesOf(user, Text(review["spec"], "namespace")).ToList();
        foreach (var rule in rules)
        {
            (rule["nonResourceURLs"] is null ? resources : paths).Add(rule.DeepClone());
        }

        return new JsonObject { ["resourceRules"] = resources, ["nonResourceRules"] = paths, ["incomplete"] = false };
    }

    private static string Text(JsonNode? node, string field) =>
        (node as JsonObject)?[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
