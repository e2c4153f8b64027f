using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>Faults of an object's metadata.</summary>
internal static class MetadataRules
{
    public static IEnumerable<FieldError> Check(KindDefinition kind, JsonObject body, JsonObject? previous)
    {
        var name = ObjectMetadata.Text(body, "name") ?? "";
        if (name.Length == 0)
        {
            yield return FieldError.Required("metadata.name", "name or generateName is required");
        }
        else if (previous is null && NameRules.ObjectName(kind.Custom is null ? kind.Kind : "", name) is { } wrong)
        {
            yield return FieldError.Invalid("metadata.name", name, wrong);
        }

        foreach (var error in Labels(body["metadata"]?["labels"] as JsonObject, "metadata.labels"))
        {
            yield return error;
        }

        foreach (var (key, _) in body["metadata"]?["annotations"] as JsonObject ?? [])
        {
            if (NameRules.QualifiedName(key) is { } bad)
            {
                yield return FieldError.Invalid("metadata.annotations", key, bad);
            }
        }

        foreach (var error in Owners(body))
        {
            yield return error;
        }

        if (previous is not null)
        {
            foreach (var error in Change(body, previous))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<FieldError> Owners(JsonObject body)
    {
        foreach (var owner in (body["metadata"]?["ownerReferences"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (owner["apiVersion"]?.ToString() is not { Length: > 0 })
            {
                yield return FieldError.Invalid("metadata.ownerReferences.apiVersion", "", "version must not be empty");
            }

            foreach (var name in (string[])["kind", "name", "uid"])
            {
                if (owner[name]?.ToString() is not { Length: > 0 })
                {
                    yield return FieldError.Invalid($"metadata.ownerReferences.{name}", "", "must not be empty");
                }
            }
        }
    }

    public static IEnumerable<FieldError> Labels(JsonObject? labels, string field)
    {
        foreach (var (key, value) in labels ?? [])
        {
            if (NameRules.QualifiedName(key) is { } badKey)
            {
                yield return FieldError.Invalid(field, key, badKey);
            }

            if (value?.GetValue<string>() is { } text && NameRules.LabelValue(text) is { } badValue)
            {
                yield return FieldError.Invalid(field, text, badValue);
            }
        }
    }

    private static IEnumerable<FieldError> Change(JsonObject body, JsonObject previous)
    {
        var uid = ObjectMetadata.Text(body, "uid");
        if (uid is { Length: > 0 } && uid != ObjectMetadata.Text(previous, "uid"))
        {
            yield return FieldError.Invalid("metadata.uid", uid, "field is immutable");
        }

        if (previous["metadata"]?["deletionTimestamp"] is null)
        {
            yield break;
        }

        var before = Finalizers(previous).ToHashSet();
        var added = Finalizers(body).Where(one => !before.Contains(one)).ToList();
        if (added.Count > 0)
        {
            var shown = string.Join(", ", added.Select(one => $"\"{one}\""));
            yield return FieldError.Forbidden(
                "metadata.finalizers",
                "no new finalizers can be added if the object is being deleted, found new finalizers []string{" + shown
                    + "}");
        }
    }

    private static IEnumerable<string> Finalizers(JsonObject body) =>
        (body["metadata"]?["finalizers"] as JsonArray ?? []).Select(one => one?.GetValue<string>() ?? "");
}
