using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Admission;

namespace Midwatch.LocalCluster.Objects;

/// <summary>
/// All objects of the cluster, in memory, with one revision counter, optimistic concurrency and watches.
/// </summary>
/// <remarks>Safe to call from many threads. The lock is never held over I/O; watchers are served from queues.</remarks>
internal sealed class ObjectStore(TimeProvider time)
{
    private const int HistoryLength = 2_000;

    // How often a change is tried beside others before it keeps them out.
    private const int Tries = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Group, string Plural), KindObjects> _objects = [];

    private readonly StoreHistory _history = new(HistoryLength, time);

    // What was written since somebody last took what rests, the oldest first; some of it was written again since.
    private readonly Queue<(ObjectKey Key, long Revision)> _written = new();
    private ImmutableArray<StoreWatch> _watches = [];
    private long _revision = 1;

    /// <summary>The revision of the last write.</summary>
    public long Revision
    {
        get
        {
            lock (_lock)
            {
                return _revision;
            }
        }
    }

    public StoredObject? Get(ObjectKey key)
    {
        lock (_lock)
        {
            return FindNeedsLock(key);
        }
    }

    /// <summary>All objects of a kind, by namespace and name.</summary>
    /// <param name="ns">Null for all namespaces.</param>
    public ImmutableArray<StoredObject> List(string group, string plural, string? ns) =>
        Snapshot(group, plural, ns).Items;

    /// <summary>All objects in a scope, of whatever kind.</summary>
    public ImmutableArray<StoredObject> List(StoreScope scope)
    {
        lock (_lock)
        {
            return ListNeedsLock(scope);
        }
    }

    /// <summary>A list together with the revision at which it was true.</summary>
    public (ImmutableArray<StoredObject> Items, long Revision) Snapshot(string group, string plural, string? ns)
    {
        lock (_lock)
        {
            return (ListNeedsLock(new StoreScope(group, plural, ns)), _revision);
        }
    }

    /// <summary>
    /// Adds an object and gives it its uid, creation time, first version and, where asked, its generated name.
    /// </summary>
    public StoreResult Create(ObjectKey key, JsonObject body)
    {
        var fresh = (JsonObject)body.DeepClone();
        var metadata = ObjectMetadata.Of(fresh);
        key = key with { Name = ResolveName(key.Name, metadata) };
        metadata["name"] = key.Name;
        if (key.Namespace is not null)
        {
            metadata["namespace"] = key.Namespace;
        }

        metadata["uid"] = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        metadata["creationTimestamp"] = KubernetesTime.Format(time.GetUtcNow());
        _ = metadata.Remove("deletionTimestamp");
        _ = metadata.Remove("deletionGracePeriodSeconds");
        _ = metadata.Remove("generation");
        if (Generation.IsCounted(key, fresh))
        {
            metadata["generation"] = 1;
        }

        if (key is { Group: "batch", Plural: "jobs" })
        {
            JobSelector.Generate(fresh);
        }

        var text = UnversionedText.Of(fresh);
        lock (_lock)
        {
            return FindNeedsLock(key) is null
                ? new StoreResult.Done(WriteNeedsLock(StoreEventType.Added, key, text, null))
                : new StoreResult.AlreadyExists(key);
        }
    }

    /// <summary>Replaces an object.</summary>
    /// <param name="expectedVersion">The version that the caller read; null overwrites whatever is there.</param>
    public StoreResult Update(ObjectKey key, long? expectedVersion, JsonObject body) => Replace(
        key,
        current => expectedVersion is { } expected && expected != current.ResourceVersion
            ? new StoreResult.Conflict(
                key, "the object has been modified; please apply your changes to the latest version and try again")
            : null,
        _ => (JsonObject)body.DeepClone());

    /// <summary>Changes an object in one step: nobody else changes it between the reading and the writing.</summary>
    /// <param name="change">
    /// Gets a copy to change, and a fresh one again when somebody was faster; must be quick and must not call the
    /// store.
    /// </param>
    public StoreResult Mutate(ObjectKey key, Action<JsonObject> change) => Replace(
        key,
        _ => null,
        current =>
        {
            var body = current.Clone();
            change(body);
            return body;
        });

    /// <summary>Deletes an object, or marks it when a finalizer or a pod's grace period holds it.</summary>
    public StoreResult Delete(ObjectKey key, DeleteOptions options)
    {
        lock (_lock)
        {
            if (FindNeedsLock(key) is not { } current)
            {
                return new StoreResult.NotFound(key);
            }

            if (FailedPrecondition(current, options) is { } reason)
            {
                return new StoreResult.Conflict(key, reason);
            }

            return Deletion.Mark(current, options, time.GetUtcNow()) is { } marked
                ? CommitNeedsLock(current, Replacement.Of(current, marked))
                : RemoveNeedsLock(current);
        }
    }

    /// <summary>Really removes an object, whatever holds it: for the kubelet when a pod has ended.</summary>
    public StoreResult Purge(ObjectKey key)
    {
        lock (_lock)
        {
            return FindNeedsLock(key) is { } current ? RemoveNeedsLock(current) : new StoreResult.NotFound(key);
        }
    }

    /// <summary>Watches a kind.</summary>
    /// <param name="fromRevision">Changes after this revision; null starts with all present objects as Added.</param>
    public StoreWatch Watch(string group, string plural, string? ns, long? fromRevision) =>
        Watch(new StoreScope(group, plural, ns), fromRevision);

    /// <inheritdoc cref="Watch(string,string,string?,long?)"/>
    public StoreWatch Watch(StoreScope scope, long? fromRevision)
    {
        lock (_lock)
        {
            var expired = fromRevision is { } from && _history.HasForgotten(from);
            var watch = new StoreWatch(this, scope, expired);
            if (expired)
            {
                return watch;
            }

            var first = fromRevision is { } revision
                ? _history.Since(revision, scope)
                : ListNeedsLock(scope).Select(item => new StoreEvent(StoreEventType.Added, item, null));
            foreach (var change in first)
            {
                watch.OfferNeedsLock(change);
            }

            _watches = _watches.Add(watch);
            return watch;
        }
    }

    /// <summary>True when changes after this revision are no longer known.</summary>
    public bool HasForgotten(long revision)
    {
        lock (_lock)
        {
            return _history.HasForgotten(revision);
        }
    }

    /// <summary>
    /// Latest versions that were written up to a revision, each told of once: whoever packs them calls this regularly.
    /// </summary>
    public ImmutableArray<StoredObject> TakeRested(long revision)
    {
        lock (_lock)
        {
            var rested = ImmutableArray.CreateBuilder<StoredObject>();
            while (_written.TryPeek(out var oldest) && oldest.Revision <= revision)
            {
                _ = _written.Dequeue();
                if (FindNeedsLock(oldest.Key) is { } latest && latest.ResourceVersion == oldest.Revision)
                {
                    rested.Add(latest);
                }
            }

            return rested.ToImmutable();
        }
    }

    internal void Forget(StoreWatch watch)
    {
        lock (_lock)
        {
            _watches = _watches.Remove(watch);
        }
    }

    private static string ResolveName(string name, JsonObject metadata) =>
        name.Length == 0 && metadata["generateName"]?.GetValue<string>() is { Length: > 0 } prefix
            ? GeneratedName.From(prefix)
            : name;

    private static string? FailedPrecondition(StoredObject current, DeleteOptions options)
    {
        if (options.Uid is { } uid && uid != current.Uid)
        {
            return $"the UID in the precondition ({uid}) does not match the UID in record ({current.Uid}). "
                + "The object might have been deleted and then recreated";
        }

        var version = current.ResourceVersion.ToString(CultureInfo.InvariantCulture);
        return options.ResourceVersion is { } expected && expected != version
            ? $"the ResourceVersion in the precondition ({expected}) does not match the ResourceVersion in record "
                + $"({version}). The object might have been modified"
            : null;
    }

    private StoreResult Replace(
        ObjectKey key, Func<StoredObject, StoreResult?> refuse, Func<StoredObject, JsonObject> next)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (Get(key) is not { } current)
            {
                return new StoreResult.NotFound(key);
            }

            if (refuse(current) is { } refusal)
            {
                return refusal;
            }

            var replacement = Replacement.Of(current, next(current));
            lock (_lock)
            {
                if (FindNeedsLock(key) == current)
                {
                    return CommitNeedsLock(current, replacement);
                }
            }
        }

        lock (_lock)
        {
            return FindNeedsLock(key) is not { } current ? new StoreResult.NotFound(key)
                : refuse(current) ?? CommitNeedsLock(current, Replacement.Of(current, next(current)));
        }
    }

    private StoreResult CommitNeedsLock(StoredObject current, Replacement replacement) =>
        replacement.IsRemoval ? RemoveNeedsLock(current)
            : new StoreResult.Done(replacement.Text is { } text
                ? WriteNeedsLock(StoreEventType.Modified, current.Key, text, current) : current);

    private StoredObject WriteNeedsLock(
        StoreEventType type, ObjectKey key, UnversionedText text, StoredObject? previous)
    {
        var written = text.At(++_revision, key);
        KindNeedsLock(key).Put(written);
        _written.Enqueue((key, _revision));
        PublishNeedsLock(new StoreEvent(type, written, previous));
        return written;
    }

    private StoreResult.Removed RemoveNeedsLock(StoredObject current)
    {
        KindNeedsLock(current.Key).Remove(current.Key);
        var last = FrozenObject.At(++_revision, current.Key, current.Clone());
        PublishNeedsLock(new StoreEvent(StoreEventType.Deleted, last, current));
        return new StoreResult.Removed(last);
    }

    private void PublishNeedsLock(StoreEvent change)
    {
        _history.Append(change);
        foreach (var watch in _watches)
        {
            if (watch.Scope.Contains(change.Object.Key))
            {
                watch.OfferNeedsLock(change);
            }
        }
    }

    private StoredObject? FindNeedsLock(ObjectKey key) => KindNeedsLock(key).Find(key);

    private KindObjects KindNeedsLock(ObjectKey key)
    {
        if (!_objects.TryGetValue((key.Group, key.Plural), out var kind))
        {
            _objects[(key.Group, key.Plural)] = kind = new KindObjects();
        }

        return kind;
    }

    private ImmutableArray<StoredObject> ListNeedsLock(StoreScope scope)
    {
        if (scope is { Group: { } group, Plural: { } plural })
        {
            return _objects.TryGetValue((group, plural), out var kind) ? [.. kind.In(scope.Namespace)] : [];
        }

        var found = ImmutableArray.CreateBuilder<StoredObject>();
        foreach (var (key, objects) in _objects)
        {
            if ((scope.Group ?? key.Group) == key.Group && (scope.Plural ?? key.Plural) == key.Plural)
            {
                found.AddRange(objects.In(scope.Namespace));
            }
        }

        return found.ToImmutable();
    }
}
