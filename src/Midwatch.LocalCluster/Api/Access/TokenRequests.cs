using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;

namespace Midwatch.LocalCluster.Api.Access;

/// <summary>Answers serviceaccounts/NAME/token: kubectl create token.</summary>
internal static class TokenRequests
{
    // The API server's own bounds.
    private const long SecondsDefault = 3600;
    private const long SecondsMin = 600;

    public static ApiAnswer Answer(ApiServerOptions options, StoredObject account, JsonObject request)
    {
        var seconds = request["spec"]?["expirationSeconds"] is JsonValue value
            && value.TryGetValue<long>(out var asked) ? asked : SecondsDefault;
        if (seconds < SecondsMin)
        {
            return ApiAnswer.Refuse(ApiStatus.Invalid("authentication.k8s.io", "TokenRequest", "",
            [
                FieldError.Invalid(
                    "spec.expirationSeconds", seconds, "may not specify a duration less than 10 minutes"),
            ]));
        }

        var token = options.Tokens.IssueFor(account, TimeSpan.FromSeconds(seconds));
        var now = options.Time.GetUtcNow();
        return ApiAnswer.Json(
            new JsonObject
            {
                ["kind"] = "TokenRequest",
                ["apiVersion"] = "authentication.k8s.io/v1",
                ["metadata"] = new JsonObject
                {
                    ["name"] = account.Key.Name,
                    ["namespace"] = account.Key.Namespace,
                    ["uid"] = account.Uid,
                    ["creationTimestamp"] = KubernetesTime.Format(now),
                },
                ["spec"] = new JsonObject
                {
                    ["audiences"] = new JsonArray(Identity.ServiceAccountTokens.Issuer),
                    ["expirationSeconds"] = seconds,
                    ["boundObjectRef"] = null,
                },
                ["status"] = new JsonObject
                {
                    ["token"] = token,
                    ["expirationTimestamp"] = KubernetesTime.Format(now.AddSeconds(seconds)),
                },
            },
            201);
    }
}
