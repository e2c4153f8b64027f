using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Schema;
using Midwatch.LocalCluster.Objects.Selection;

namespace Midwatch.LocalCluster.Controllers.Volumes;

/// <summary>Which of the volumes that somebody made by hand a claim may have (pvcontroller's index.go). Pure.</summary>
internal static class VolumeMatch
{
    /// <summary>
    /// The volume that was made for this very claim, or else the smallest that is free and large enough.
    /// </summary>
    /// <param name="class">The claim's storage class, "" for none.</param>
    public static StoredObject? Find(StoredObject claim, string @class, ImmutableArray<StoredObject> volumes)
    {
        var fitting = volumes
            .Where(volume => !volume.IsBeingDeleted && Refusal(claim.Body, @class, volume.Body) is null).ToList();
        return fitting.Find(volume => IsFor(volume.Body, claim))
            ?? fitting.Where(volume => IsFree(volume.Body) && IsSelected(claim.Body, volume.Body))
                .OrderBy(volume => Capacity(volume.Body)).FirstOrDefault();
    }

    /// <summary>True when nobody has the volume, and nobody had it before.</summary>
    public static bool IsFree(JsonObject volume) => volume.At("spec", "claimRef") is not JsonObject;

    /// <summary>True when the volume names this claim, whoever wrote the name.</summary>
    public static bool IsFor(JsonObject volume, StoredObject claim)
    {
        var reference = volume.At("spec", "claimRef");
        return reference.Text("name") == claim.Key.Name && reference.Text("namespace") == claim.Key.Namespace
            && (reference.Text("uid") is not { Length: > 0 } uid || uid == claim.Uid);
    }

    /// <summary>Why the volume does not do for the claim, in the controller's words; null when it does.</summary>
    public static string? Refusal(JsonObject claim, string @class, JsonObject volume)
    {
        var wanted = Quantity.ParseNano(claim.Text("spec", "resources", "requests", "storage") ?? "0") ?? 0;
        return Capacity(volume) < wanted ? "requested PV is too small"
            : (volume.Text("spec", "storageClassName") ?? "") != @class ? "storageClassName does not match"
            : Mode(volume) != Mode(claim) ? "incompatible volumeMode"
            : Modes(claim).Except(Modes(volume)).Any() ? "incompatible accessMode"
            : null;
    }

    private static bool IsSelected(JsonObject claim, JsonObject volume) =>
        claim.At("spec", "selector") is not { } selector
        || LabelSelector.FromObject(selector)?.Matches(volume.At("metadata", "labels") as JsonObject) == true;

    private static BigInteger Capacity(JsonObject volume) =>
        Quantity.ParseNano(volume.Text("spec", "capacity", "storage") ?? "0") ?? 0;

    private static string Mode(JsonObject body) => body.Text("spec", "volumeMode") ?? "Filesystem";

    private static IEnumerable<string> Modes(JsonObject body) =>
        (body.At("spec", "accessModes") as JsonArray ?? []).Select(mode => mode.Text() ?? "");
}
