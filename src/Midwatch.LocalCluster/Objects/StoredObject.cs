using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects;

/// <summary>One version of one object. Many threads read it at once, so nobody may change it.</summary>
internal sealed class StoredObject(ObjectKey key, long resourceVersion, JsonObject body, ReadOnlyMemory<byte> utf8)
{
    public ObjectKey Key { get; } = key;

    /// <summary>The store's revision at which this version was written.</summary>
    public long ResourceVersion { get; } = resourceVersion;

    /// <summary>The whole object as served. Frozen: call <see cref="Clone"/> to get one to change.</summary>
    public JsonObject Body { get; } = body;

    /// <summary>The same object as JSON text, so that no watcher has to serialise it again.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>The object's identity for its whole life; a recreated object of the same name has another.</summary>
    public string Uid => Body["metadata"]?["uid"]?.GetValue<string>() ?? "";

    /// <summary>True from the moment of an accepted delete until the object is really gone.</summary>
    public bool IsBeingDeleted => Body["metadata"]?["deletionTimestamp"] is not null;

    /// <summary>A copy that the caller owns and may change.</summary>
    public JsonObject Clone() => (JsonObject)Body.DeepClone();
}
