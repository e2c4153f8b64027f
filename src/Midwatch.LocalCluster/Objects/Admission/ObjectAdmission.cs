using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Custom;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>Makes an object whole before it is stored, and says what is wrong with it.</summary>
internal sealed class ObjectAdmission
{
    /// <summary>Keeps a claim for as long as a pod uses it.</summary>
    public const string ClaimFinalizer = "kubernetes.io/pvc-protection";

    private readonly SchemaDefaults _defaults = new(SchemaCatalog.Embedded);

    /// <summary>
    /// Sets every default that Kubernetes sets when an object is written. Also for controllers that write directly.
    /// </summary>
    public void Complete(KindDefinition kind, JsonObject body)
    {
        body["apiVersion"] = kind.GroupVersion;
        body["kind"] = kind.Kind;
        if (kind.Custom is { } custom)
        {
            CustomDefaults.Apply(body, custom.Schema);
            return;
        }

        _defaults.Apply(body, kind.Type);
        KindDefaults.Apply(body, kind.Type);
    }

    /// <summary>Adds what Kubernetes adds only once, when an object is made.</summary>
    public void CompleteNew(KindDefinition kind, JsonObject body)
    {
        Complete(kind, body);
        if (kind is { Group: "", Kind: "PersistentVolumeClaim" })
        {
            ObjectMetadata.AddFinalizer(body, ClaimFinalizer);
        }

        if (kind is { Group: "", Kind: "Pod" } && body["spec"] is JsonObject spec)
        {
            PodDefaults.ApplyToPod(spec);
            body["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = PodDefaults.QosClass(spec) };
        }
    }

    /// <summary>All faults of a new object (no previous) or of a change.</summary>
    public static ImmutableArray<FieldError> Validate(KindDefinition kind, JsonObject body, JsonObject? previous)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        errors.AddRange(MetadataRules.Check(kind, body, previous));
        if (kind.Custom is { } custom)
        {
            return [.. errors, .. CustomChecks.Check(custom, body, previous)];
        }

        errors.AddRange(KindRules.Check(kind.Type, body));
        if (previous is not null)
        {
            errors.AddRange(ChangeRules.Check(kind.Type, body, previous));
        }

        return errors.ToImmutable();
    }
}
