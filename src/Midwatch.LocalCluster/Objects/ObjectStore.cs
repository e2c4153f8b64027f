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

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Group, string Plural), SortedDictionary<(string Namespace, string Name),
        StoredObject>>
        _objects = [];

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

        lock (_lock)
        {
            return FindNeedsLock(key) is null
                ? new StoreResult.Done(WriteNeedsLock(StoreEventType.Added, key, fresh, null))
                : new StoreResult.AlreadyExists(key);
        }
    }

    /// <summary>Replaces an object.</summary>
    /// <param name="expectedVersion">The version that the caller read; null overwrites whatever is there.</param>
    public StoreResult Update(ObjectKey key, long? expectedVersion, JsonObject body)
    {
        lock (_lock)
        {
            return FindNeedsLock(key) is not { } current
                ? new StoreResult.NotFound(key)
                : expectedVersion is { } expected && expected != current.ResourceVersion
                    ? new StoreResult.Conflict(
                        key,
                        "the object has been modified; please apply your changes to the latest version and try again")
                    : ReplaceNeedsLock(current, (JsonObject)body.DeepClone());
        }
    }

    /// <summary>Changes an object in one step under the store's lock.</summary>
    /// <param name="change">Gets a copy to change; must be quick and must not call the store.</param>
    public StoreResult Mutate(ObjectKey key, Action<JsonObject> change)
    {
        lock (_lock)
        {
            if (FindNeedsLock(key) is not { } current)
            {
                return new StoreResult.NotFound(key);
            }

            var body = current.Clone();
            change(body);
            return ReplaceNeedsLock(current, body);
        }
    }

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
                ? ReplaceNeedsLock(current, marked)
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

    private StoreResult ReplaceNeedsLock(StoredObject current, JsonObject body)
    {
        Generation.Carry(current, body);
        var metadata = ObjectMetadata.Of(body);
        metadata["resourceVersion"] = current.ResourceVersion.ToString(CultureInfo.InvariantCulture);
        if (Deletion.IsDue(current.Key, body))
        {
            return RemoveNeedsLock(current);
        }

        // Writing what is already there is no event: otherwise controllers that write their status would wake each
        // other for ever. The same text is the usual case; another order of fields is no change either.
        return current.Utf8.Span.SequenceEqual(FrozenObject.Write(body)) || JsonNode.DeepEquals(current.Body, body)
            ? new StoreResult.Done(current)
            : new StoreResult.Done(WriteNeedsLock(StoreEventType.Modified, current.Key, body, current));
    }

    private StoredObject WriteNeedsLock(StoreEventType type, ObjectKey key, JsonObject body, StoredObject? previous)
    {
        var written = FrozenObject.At(++_revision, key, body);
        KindNeedsLock(key)[(key.Namespace ?? "", key.Name)] = written;
        _written.Enqueue((key, _revision));
        PublishNeedsLock(new StoreEvent(type, written, previous));
        return written;
    }

    private StoreResult.Removed RemoveNeedsLock(StoredObject current)
    {
        _ = KindNeedsLock(current.Key).Remove((current.Key.Namespace ?? "", current.Key.Name));
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

    private StoredObject? FindNeedsLock(ObjectKey key) =>
        KindNeedsLock(key).GetValueOrDefault((key.Namespace ?? "", key.Name));

    private SortedDictionary<(string Namespace, string Name), StoredObject> KindNeedsLock(ObjectKey key)
    {
        if (!_objects.TryGetValue((key.Group, key.Plural), out var kind))
        {
            kind = new SortedDictionary<(string Namespace, string Name), StoredObject>(PathOrder.Instance);
            _objects[(key.Group, key.Plural)] = kind;
        }

        return kind;
    }

    private ImmutableArray<StoredObject> ListNeedsLock(StoreScope scope) =>
    [
        .. _objects
            .Where(kind => (scope.Group ?? kind.Key.Group) == kind.Key.Group
                && (scope.Plural ?? kind.Key.Plural) == kind.Key.Plural)
            .SelectMany(kind => kind.Value.Values)
            .Where(item => scope.Contains(item.Key)),
    ];
}
