using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Packing;

namespace Midwatch.LocalCluster.Objects;

/// <summary>One version of one object, kept as text. Many threads read it at once, so nobody may change it.</summary>
/// <remarks>
/// Thousands of objects lie here and few are looked at: the tree of an object is some ten times as large as its text,
/// so it is made when somebody asks for it, and lives as long as somebody holds it or until memory is next collected.
/// </remarks>
internal sealed class StoredObject(ObjectKey key, long resourceVersion, byte[] utf8)
{
    // One of the two is always there; both while a packed text is asked for.
    private volatile byte[]? _utf8 = utf8;
    private PackedText? _packed;
    private bool _wasAsked;
    private WeakReference<JsonObject>? _tree;

    public ObjectKey Key { get; } = key;

    /// <summary>The store's revision at which this version was written.</summary>
    public long ResourceVersion { get; } = resourceVersion;

    /// <summary>The object as JSON text, so that no watcher has to serialise it again.</summary>
    public ReadOnlyMemory<byte> Utf8
    {
        get
        {
            // Who lists once lists again: what was packed stays as it is sent until nobody asked for a while.
            _wasAsked = true;
            if (_utf8 is not { } text)
            {
                _utf8 = text = _packed!.ToArray();
                _packed.Pattern.IsUnpacked = true;
            }

            return text;
        }
    }

    /// <summary>Bytes of the text.</summary>
    public int Length => _utf8?.Length ?? _packed!.Length;

    internal bool IsPacked => _utf8 is null;

    /// <summary>Keeps the same text in less room; who asks for it gets it as before.</summary>
    internal void Pack(PackedText packed)
    {
        _packed = packed;
        (_utf8, _tree) = (null, null);
    }

    /// <summary>Packs again what was asked for, unless it was since the last call; true when it is still so.</summary>
    internal bool PackAgain()
    {
        if (_packed is null || _utf8 is null)
        {
            return false;
        }

        if (!_wasAsked)
        {
            (_utf8, _tree) = (null, null);
        }

        _wasAsked = false;
        return _utf8 is not null;
    }

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
    public bool Mentions(ReadOnlySpan<byte> text)
    {
        if (_utf8 is { } plain)
        {
            return plain.AsSpan().IndexOf(text) >= 0;
        }

        var packed = _packed!;
        var room = ArrayPool<byte>.Shared.Rent(packed.Length);
        packed.CopyTo(room);
        var isThere = room.AsSpan(0, packed.Length).IndexOf(text) >= 0;
        ArrayPool<byte>.Shared.Return(room);
        return isThere;
    }

    /// <summary>The object's identity for its whole life; a recreated object of the same name has another.</summary>
    public string Uid => Text("metadata", "uid") ?? "";

    /// <summary>A text two levels deep, without making the tree for it; null where there is none.</summary>
    public string? Text(string outer, string inner) =>
        _tree?.TryGetTarget(out var tree) == true
            ? (tree[outer] as JsonObject)?[inner] is JsonValue value && value.TryGetValue<string>(out var text)
                ? text : null
            : TextField.Read(_utf8 ?? _packed!.ToArray(), outer, inner);

    /// <summary>True from the moment of an accepted delete until the object is really gone.</summary>
    public bool IsBeingDeleted =>
        Mentions("\"deletionTimestamp\""u8) && Body["metadata"]?["deletionTimestamp"] is not null;

    /// <summary>A copy that the caller owns and may change.</summary>
    /// <remarks>Made of the text, so every number answers to every numeric type, whoever set it.</remarks>
    public JsonObject Clone() =>
        JsonObject.Create(JsonDocument.Parse(_utf8 ?? _packed!.ToArray()).RootElement)!;
}
