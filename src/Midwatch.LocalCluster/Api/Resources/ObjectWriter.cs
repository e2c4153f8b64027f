using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Access;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects.Managed;
using Midwatch.LocalCluster.Objects.Policies;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>Creates and replaces objects: decoding, defaults, hooks, validation, then the store.</summary>
internal sealed class ObjectWriter(ApiServerOptions options)
{
    private readonly ObjectDecoder _decoder = new(SchemaCatalog.Embedded);
    private readonly ObjectAdmission _admission = new();
    private readonly ClusterPolicies _policies = new(options.Store);
    private readonly Escalation _escalation = new(options.Store);

    public async Task<ApiAnswer> CreateAsync(ApiCall call)
    {
        if (WrongDryRun(call, "CreateOptions") is { } wrong)
        {
            return ApiAnswer.Refuse(wrong);
        }

        var request = await RequestBody.ReadAsync(call.Http, call.Kind, call.Stop);
        if (request.Refusal is { } refusal)
        {
            return ApiAnswer.Refuse(refusal);
        }

        var decoded = _decoder.Decode(request.Object, call.Kind);
        if (FieldValidation.Check(
            call.Kind, decoded, call.Query("fieldValidation"), out var warnings) is { } undecodable)
        {
            return ApiAnswer.Refuse(undecodable);
        }

        var answer = Create(call, decoded.Body, warnings);
        foreach (var warning in answer is ApiAnswer.Refused ? warnings : [])
        {
            AnswerWriter.Warn(call.Http, warning);
        }

        return answer;
    }

    public async Task<ApiAnswer> UpdateAsync(ApiCall call)
    {
        if (WrongDryRun(call, "UpdateOptions") is { } wrong)
        {
            return ApiAnswer.Refuse(wrong);
        }

        var request = await RequestBody.ReadAsync(call.Http, call.Kind, call.Stop);
        if (request.Refusal is { } refusal)
        {
            return ApiAnswer.Refuse(refusal);
        }

        var decoded = _decoder.Decode(request.Object, call.Kind);
        if (FieldValidation.Check(
            call.Kind, decoded, call.Query("fieldValidation"), out var warnings) is { } undecodable)
        {
            return ApiAnswer.Refuse(undecodable);
        }

        if (options.Store.Get(call.Key) is not { } stored)
        {
            return ApiAnswer.Refuse(ApiStatus.NotFound(call.Kind, call.Target.Name));
        }

        var current = call.Kind.Served(stored);
        var uid = ObjectMetadata.Text(decoded.Body, "uid");
        if (uid is { Length: > 0 } && uid != current.Uid)
        {
            return ApiAnswer.Refuse(ApiStatus.Conflict(
                call.Kind,
                current.Key.Name,
                $"StorageError: invalid object, Code: 4, Key: /registry/{call.Kind.Plural}/{current.Key.Namespace}/"
                    + $"{current.Key.Name}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: "
                    + $"UID in precondition: {uid}, UID in object meta: {current.Uid}"));
        }

        return Replace(call, current, decoded.Body, warnings);
    }

    /// <summary>Writes a proposed version over the present one.</summary>
    /// <param name="proposed">Decoded; taken over.</param>
    /// <param name="owned">Who owns its fields, when that was settled already; null finds out from the change.</param>
    public ApiAnswer Replace(
        ApiCall call, StoredObject current, JsonObject proposed, ImmutableArray<string> warnings,
        ManagedFields? owned = null)
    {
        if (WrongIdentity(call, proposed) is { } wrong)
        {
            return ApiAnswer.Refuse(wrong);
        }

        var version = ObjectMetadata.Text(proposed, "resourceVersion");
        long? expected = null;
        if (version is { Length: > 0 })
        {
            if (!long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return ApiAnswer.Refuse(
                    new ApiStatus(500, "", $"strconv.ParseUint: parsing \"{version}\": invalid syntax", null));
            }

            // "0" is how a client says that it does not care.
            expected = number > 0 ? number : null;
        }

        if (expected is not null && expected != current.ResourceVersion)
        {
            return ApiAnswer.Refuse(ApiStatus.Conflict(
                call.Kind,
                current.Key.Name,
                "the object has been modified; please apply your changes to the latest version and try again"));
        }

        var isStatus = call.Target.Subresource is "status" or "approval";
        var settled = owned ?? ManagedFields.Read(proposed["metadata"]?["managedFields"] is JsonArray
            ? proposed : current.Body);
        var body = ServerFields.Carry(call.Kind, proposed, current, call.Target.Subresource);
        if (!isStatus)
        {
            _admission.Complete(call.Kind, body);
            if (Admit(call, ref body, current) is { } refused)
            {
                return ApiAnswer.Refuse(refused);
            }

            if (_policies.RefusalOfChange(call.Kind, current.Key.Namespace, body) is { } forbidden)
            {
                return ApiAnswer.Refuse(ApiStatus.Forbidden(call.Kind, current.Key.Name, forbidden));
            }
        }

        if (owned is null)
        {
            settled.Update(call.Kind, Writer(call), current.Body, body, Now);
        }

        settled.Write(body);
        if (call.IsDryRun)
        {
            Generation.Carry(current, body);
            return ApiAnswer.Json(body, 200, warnings);
        }

        var result = options.Store.Update(call.Key, expected ?? current.ResourceVersion, call.Kind.Stored(body));
        return ApiStatus.FromStore(call.Kind, result) is { } status
            ? ApiAnswer.Refuse(status)
            : ApiAnswer.Json(call.Kind.Served(result.Written!).Clone(), 200, warnings);
    }

    /// <summary>Refuses a dryRun that is not "All".</summary>
    public static ApiStatus? WrongDryRun(ApiCall call, string optionsKind)
    {
        var asked = call.Http.Request.Query["dryRun"];
        return asked.Count == 0 || asked.All(one => one == "All")
            ? null
            : ApiStatus.Invalid(
                "meta.k8s.io",
                optionsKind,
                "",
                [FieldError.NotSupported(
                    "dryRun", new JsonArray([.. asked.Select(one => JsonValue.Create(one))]), "All")]);
    }

    /// <summary>Makes a new object.</summary>
    /// <param name="body">Decoded; taken over.</param>
    /// <param name="owned">Who owns its fields, when that was settled already; null makes the writer own all.</param>
    public ApiAnswer Create(
        ApiCall call, JsonObject body, ImmutableArray<string> warnings, ManagedFields? owned = null)
    {
        if (WrongIdentity(call, body) is { } wrong)
        {
            return ApiAnswer.Refuse(wrong);
        }

        if (ObjectMetadata.Text(body, "resourceVersion") is { Length: > 0 })
        {
            return ApiAnswer.Refuse(
                new ApiStatus(500, "", "resourceVersion should not be set on objects to be created", null));
        }

        var key = call.Key with { Name = ResolveName(body) };
        if (NamespaceFault(call.Kind, key) is { } noPlace)
        {
            return ApiAnswer.Refuse(noPlace);
        }

        ServerFields.Strip(call.Kind, body);
        ServerFields.NameRequester(call, body);
        var metadata = ObjectMetadata.Of(body);
        metadata["name"] = key.Name;
        if (key.Namespace is not null)
        {
            metadata["namespace"] = key.Namespace;
        }

        var settled = owned ?? ManagedFields.Read([]);
        _admission.Complete(call.Kind, body);
        if (owned is null)
        {
            settled.Update(call.Kind, Writer(call), null, body, Now);
        }

        if (_policies.Complete(call.Kind, key.Namespace, body) is { } impossible)
        {
            return ApiAnswer.Refuse(ApiStatus.Forbidden(call.Kind, key.Name, impossible));
        }

        _admission.CompleteNew(call.Kind, body);
        if (Admit(call, ref body, null) is { } refused)
        {
            return ApiAnswer.Refuse(refused);
        }

        if (options.Store.Get(key) is null && _policies.Refusal(call.Kind, key.Namespace, body) is { } forbidden)
        {
            return ApiAnswer.Refuse(ApiStatus.Forbidden(call.Kind, key.Name, forbidden));
        }

        settled.Write(body);
        if (!call.IsDryRun)
        {
            var result = options.Store.Create(key, call.Kind.Stored(body));
            return ApiStatus.FromStore(call.Kind, result) is { } status
                ? ApiAnswer.Refuse(status)
                : ApiAnswer.Json(call.Kind.Served(result.Written!).Clone(), 201, warnings);
        }

        if (options.Store.Get(key) is not null)
        {
            return ApiAnswer.Refuse(ApiStatus.AlreadyExists(call.Kind, key.Name));
        }

        DressForDryRun(key, body);
        return ApiAnswer.Json(body, 201, warnings);
    }

    private string Now => KubernetesTime.Format(options.Time.GetUtcNow());

    // A client that does not name itself is called by its program.
    private static FieldOwner Writer(ApiCall call)
    {
        var name = call.Query("fieldManager") is { Length: > 0 } given ? given
            : call.Http.Request.Headers.UserAgent.ToString().Split('/')[0];
        return new FieldOwner(
            name.Length == 0 ? "unknown" : name, FieldOwner.Update, call.Kind.GroupVersion, call.Target.Subresource);
    }

    private ApiStatus? Admit(ApiCall call, ref JsonObject body, StoredObject? current)
    {
        // Numbers that defaults set answer to other types than parsed ones; as text they are all the same.
        body = (JsonObject)JsonNode.Parse(FrozenObject.Write(body))!;
        var name = ObjectMetadata.Text(body, "name") ?? "";
        var errors = call.Target.Subresource == "resize" && current is not null
            ? [.. ResizeRules.Check(body, current.Body), .. ObjectAdmission.Validate(call.Kind, body, body)]
            : ObjectAdmission.Validate(call.Kind, body, current?.Body);
        if (!errors.IsEmpty)
        {
            return ApiStatus.Invalid(call.Kind.Group, call.Kind.Kind, name, errors);
        }

        if (_escalation.Refusal(call, body) is { } escalating)
        {
            return escalating;
        }

        foreach (var hook in options.Hooks)
        {
            if (hook.Admit(call.Kind, body, current?.Body, call.IsDryRun) is { } error)
            {
                return ApiStatus.Invalid(call.Kind.Group, call.Kind.Kind, name, [error]);
            }
        }

        return null;
    }

    private ApiStatus? NamespaceFault(KindDefinition kind, ObjectKey key)
    {
        if (key.Namespace is not { } ns)
        {
            return null;
        }

        if (options.Store.Get(new ObjectKey("", "namespaces", null, ns)) is not { } there)
        {
            return new ApiStatus(
                404, "NotFound", $"namespaces \"{ns}\" not found", ApiStatus.About("", "namespaces", ns));
        }

        if (!there.IsBeingDeleted)
        {
            return null;
        }

        var refusal = ApiStatus.Forbidden(
            kind, key.Name, $"unable to create new content in namespace {ns} because it is being terminated");
        refusal.Details!["causes"] = new JsonArray(new JsonObject
        {
            ["reason"] = "NamespaceTerminating",
            ["message"] = $"namespace {ns} is being terminated",
            ["field"] = "metadata.namespace",
        });
        return refusal;
    }

    private static ApiStatus? WrongIdentity(ApiCall call, JsonObject body)
    {
        var name = ObjectMetadata.Text(body, "name") ?? "";
        if (call.Target.Name.Length > 0 && name.Length > 0 && name != call.Target.Name)
        {
            return ApiStatus.BadRequest(
                $"the name of the object ({name}) does not match the name on the URL ({call.Target.Name})");
        }

        var ns = ObjectMetadata.Text(body, "namespace") ?? "";
        return call.Kind.IsNamespaced && ns.Length > 0 && ns != call.Target.Namespace
            ? ApiStatus.BadRequest(
                "the namespace of the provided object does not match the namespace sent on the request")
            : null;
    }

    private static string ResolveName(JsonObject body) =>
        ObjectMetadata.Text(body, "name") is { Length: > 0 } name
            ? name
            : ObjectMetadata.Text(body, "generateName") is { Length: > 0 } prefix ? GeneratedName.From(prefix) : "";

    private void DressForDryRun(ObjectKey key, JsonObject body)
    {
        var metadata = ObjectMetadata.Of(body);
        metadata["uid"] = Guid.CreateVersion7(options.Time.GetUtcNow()).ToString();
        metadata["creationTimestamp"] = KubernetesTime.Format(options.Time.GetUtcNow());
        if (Generation.IsCounted(key, body))
        {
            metadata["generation"] = 1;
        }
    }
}
