using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects;

/// <summary>One version of one object, kept as text. Many threads read it at once, so nobody may change it.</summary>
/// <remarks>
/// Thousands of objects lie here and few are looked at: the tree of an object is some ten times as large as its text,
/// so it is made when somebody asks for it, and lives as long as somebody holds it or until memory is next collected.
/// </remarks>
internal sealed class StoredObject(ObjectKey key, long resourceVersion, ReadOnlyMemory<byte> utf8)
{
    private WeakReference<JsonObject>? _tree;

    public ObjectKey Key { get; } = key;

    /// <summary>The store's revision at which this version was written.</summary>
    public long ResourceVersion { get; } = resourceVersion;

    /// <summary>The object as JSON text, so that no watcher has to serialise it again.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8;

    /// <summary>The whole object as served. Frozen: call <see cref="Clone"/> to get one to change.</summary>
    public JsonObject Body
    {
        get
        {
            var known = _tree;
            if (known is not null && known.TryGetTarget(out var tree))
            {
                return tree;
            }

            // Two threads may both make one: they are equal, and one of them is soon forgotten.
            tree = Clone();
            _tree = new WeakReference<JsonObject>(tree);
            return tree;
        }
    }

    /// <summary>True when the text is somewhere in the object: what it does not mention it cannot refer to.</summary>
    /// <remarks>Some tens of nanoseconds, where a look into the tree costs a hundred times that.</remarks>
    public bool Mentions(ReadOnlySpan<byte> text) => Utf8.Span.IndexOf(text) >= 0;

    /// <summary>The object's identity for its whole life; a recreated object of the same name has another.</summary>
    public string Uid => Body["metadata"]?["uid"]?.GetValue<string>() ?? "";

    /// <summary>True from the moment of an accepted delete until the object is really gone.</summary>
    public bool IsBeingDeleted => Body["metadata"]?["deletionTimestamp"] is not null;

    /// <summary>A copy that the caller owns and may change.</summary>
    /// <remarks>Made of the text, so every number answers to every numeric type, whoever set it.</remarks>
    public JsonObject Clone() => JsonObject.Create(JsonDocument.Parse(Utf8).RootElement)!;
}
