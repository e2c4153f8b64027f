using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;

namespace Midwatch.LocalCluster.Api.Answers;

/// <summary>
/// A refusal of the API server: a meta/v1 Status, with the texts of k8s.io/apimachinery's api/errors.
/// </summary>
/// <param name="Reason">"" where Kubernetes gives none.</param>
/// <param name="Details">Null leaves the field out.</param>
internal sealed record ApiStatus(int Code, string Reason, string Message, JsonObject? Details)
{
    /// <summary>What the Status itself tells of lists; null for nothing.</summary>
    public JsonObject? Metadata { get; init; }

    public static ApiStatus BadRequest(string message) => new(400, "BadRequest", message, null);

    public static ApiStatus Unauthorized() => new(401, "Unauthorized", "Unauthorized", null);

    public static ApiStatus NotFound(KindDefinition kind, string name) =>
        new(404, "NotFound", $"{kind.Resource} \"{name}\" not found", About(kind.Group, kind.Plural, name));

    public static ApiStatus NoSuchResource() =>
        new(404, "NotFound", "the server could not find the requested resource", []);

    public static ApiStatus MethodNotAllowed() => new(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static ApiStatus NotAcceptable() => new(
        406,
        "NotAcceptable",
        "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, "
        + "application/vnd.kubernetes.protobuf, application/json;stream=watch, "
        + "application/vnd.kubernetes.protobuf;stream=watch",
        []);

    public static ApiStatus AlreadyExists(KindDefinition kind, string name) =>
        new(409, "AlreadyExists", $"{kind.Resource} \"{name}\" already exists", About(kind.Group, kind.Plural, name));

    public static ApiStatus Conflict(KindDefinition kind, string name, string reason) => new(
        409,
        "Conflict",
        $"Operation cannot be fulfilled on {kind.Resource} \"{name}\": {reason}",
        About(kind.Group, kind.Plural, name));

    /// <summary>A delete of an object that is not, or no longer, as the client thinks.</summary>
    public static ApiStatus FailedPrecondition(KindDefinition kind, string name, string reason) => new(
        409,
        "Conflict",
        $"Operation cannot be fulfilled on {kind.Kind} \"{name}\": {reason}",
        About(kind.Group, kind.Kind, name));

    public static ApiStatus Expired(string message) => new(410, "Expired", message, null);

    /// <summary>A version that the store has not come to.</summary>
    public static ApiStatus VersionTooLarge(long asked, long present) => new(
        504,
        "Timeout",
        $"Timeout: Too large resource version: {asked}, current: {present}",
        new JsonObject
        {
            ["causes"] = new JsonArray(new JsonObject
            {
                ["reason"] = "ResourceVersionTooLarge",
                ["message"] = "Too large resource version",
            }),
            ["retryAfterSeconds"] = 1,
        });

    public static ApiStatus UnknownFormat() => new(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: application/json, "
        + "application/yaml, application/vnd.kubernetes.protobuf",
        null);

    public static ApiStatus UnsupportedPatch() => new(415, "UnsupportedMediaType", "415: Unsupported Media Type", []);

    /// <param name="accepted">The media types that the resource can be patched with.</param>
    public static ApiStatus UnsupportedPatch(string accepted) => new(
        415,
        "UnsupportedMediaType",
        $"the body of the request was in an unknown format - accepted media types include: {accepted}",
        []);

    /// <summary>A patch that cannot be applied to the object as it is, as a failed JSON patch test.</summary>
    public static ApiStatus UnprocessablePatch() =>
        new(422, "Invalid", "the server rejected our request due to an error in our request", []);

    public static ApiStatus Internal(string message) =>
        new(500, "InternalError", $"Internal error occurred: {message}", new JsonObject
    {
        ["causes"] = new JsonArray(new JsonObject { ["message"] = message }),
    });

    public static ApiStatus Unavailable(string message) => new(503, "ServiceUnavailable", message, null);

    public static ApiStatus Forbidden(KindDefinition kind, string name, string message) => new(
        403,
        "Forbidden",
        name.Length == 0 ? $"{kind.Resource} is forbidden: {message}"
            : $"{kind.Resource} \"{name}\" is forbidden: {message}",
        About(kind.Group, kind.Plural, name));

    /// <summary>422 with every fault of the object.</summary>
    public static ApiStatus Invalid(string group, string kind, string name, ImmutableArray<FieldError> errors)
    {
        var text = errors.Length == 1 ? errors[0].ToString() : $"[{string.Join(", ", errors)}]";
        var details = About(group, kind, name);
        details["causes"] = new JsonArray(
        [
            .. errors.Select(error => new JsonObject
            {
                ["reason"] = error.Reason,
                ["message"] = error.Body,
                ["field"] = error.Field,
            }),
        ]);
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        return new ApiStatus(422, "Invalid", $"{qualified} \"{name}\" is invalid: {text}", details);
    }

    /// <summary>The answer to a write that the store refused; null when it did not.</summary>
    public static ApiStatus? FromStore(KindDefinition kind, StoreResult result) => result switch
    {
        StoreResult.AlreadyExists there => AlreadyExists(kind, there.Key.Name),
        StoreResult.NotFound gone => NotFound(kind, gone.Key.Name),
        StoreResult.Conflict conflict => Conflict(kind, conflict.Key.Name, conflict.Reason),
        _ => null,
    };

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = Metadata?.DeepClone() ?? new JsonObject(),
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (Reason.Length > 0)
        {
            json["reason"] = Reason;
        }

        if (Details is not null)
        {
            json["details"] = Details.DeepClone();
        }

        json["code"] = Code;
        return json;
    }

    /// <summary>The Status that answers a delete.</summary>
    public static JsonObject Deleted(KindDefinition kind, StoredObject last)
    {
        var details = About(kind.Group, kind.Plural, last.Key.Name);
        details["uid"] = last.Uid;
        return new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = details,
        };
    }

    internal static JsonObject About(string group, string kind, string name)
    {
        var details = new JsonObject();
        if (name.Length > 0)
        {
            details["name"] = name;
        }

        if (group.Length > 0)
        {
            details["group"] = group;
        }

        if (kind.Length > 0)
        {
            details["kind"] = kind;
        }

        return details;
    }
}
