using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects;

/// <summary>
/// Writes core/v1 events as client-go's recorder does: repetitions raise a count, storms of similar ones are combined.
/// </summary>
/// <remarks>Safe to call from many threads; meant to be one per cluster.</remarks>
internal sealed class EventRecorder(ObjectStore store, TimeProvider time)
{
    // client-go's EventAggregator: ten different messages for one reason in ten minutes, then one combined event.
    private const int SimilarMax = 10;
    private const string CombinedPrefix = "(combined from similar events): ";
    private static readonly TimeSpan SimilarWindow = TimeSpan.FromMinutes(10);

    // The API server keeps events for an hour.
    private static readonly TimeSpan TimeToLive = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();

    // By a digest of who, what and why: an idle pod has four events, whose texts would otherwise lie here twice.
    private readonly Dictionary<ulong, (string Namespace, string Name)> _known = [];
    private readonly Dictionary<ulong, SimilarEvents> _similar = [];
    private readonly Queue<(DateTime At, ulong Identity, ulong Similar)> _ages = [];

    /// <summary>Records that something happened to an object.</summary>
    /// <param name="type">"Normal" or "Warning".</param>
    /// <param name="component">Who says so, as "kubelet" or "deployment-controller".</param>
    /// <param name="fieldPath">The part of the object, as "spec.containers{web}"; null for the whole.</param>
    /// <param name="host">The node that says so; null for control plane components.</param>
    /// <param name="action">
    /// What was tried, for components that tell events in the form of events.k8s.io; null for the others.
    /// </param>
    /// <param name="isByNameOnly">The component knows the object's name and nothing more of it.</param>
    public void Record(
        StoredObject about,
        string type,
        string reason,
        string message,
        string component,
        string? fieldPath = null,
        string? host = null,
        string? action = null,
        bool isByNameOnly = false)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            ForgetOldNeedsLock(now);
            var uid = action is null ? about.Uid
                : string.Create(CultureInfo.InvariantCulture, $"{about.Uid}@{about.ResourceVersion}");
            var any = Digest($"{about.Key}\n{uid}\n{type}\n{reason}\n{component}\n{fieldPath}");
            var text = CombineNeedsLock(any, message, now, out var identity);
            if (_known.TryGetValue(identity, out var known) && Repeat(KeyOf(known), text, now))
            {
                return;
            }

            var made = Create(about, new JsonObject
            {
                ["involvedObject"] = isByNameOnly ? Named(about) : Involved(about, fieldPath),
                ["reason"] = reason,
                ["message"] = text,
                ["type"] = type,
                ["reportingComponent"] = component,
            }, host, action, now);
            _known[identity] = (made.Namespace!, made.Name);
            _ages.Enqueue((now.UtcDateTime, identity, any));
        }
    }

    private static ObjectKey KeyOf((string Namespace, string Name) known) =>
        new("", "events", known.Namespace, known.Name);

    // Eight bytes of SHA-256: that two of an hour differ in what they tell and not in this will not be seen by anybody.
    private static ulong Digest(string text) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string CombineNeedsLock(ulong any, string message, DateTimeOffset now, out ulong identity)
    {
        identity = Digest($"{any}\n{message}");
        if (!_similar.TryGetValue(any, out var similar) || now.UtcDateTime - similar.Last > SimilarWindow)
        {
            similar = new SimilarEvents(now.UtcDateTime, identity, []);
        }
        else
        {
            var isNew = similar.First != identity && !similar.Others.Contains(identity);
            similar = similar with
            {
                Last = now.UtcDateTime,
                Others = isNew && similar.Count < SimilarMax ? similar.Others.Add(identity) : similar.Others,
            };
        }

        _similar[any] = similar;
        if (similar.Count < SimilarMax)
        {
            return message;
        }

        identity = any;
        return CombinedPrefix + message;
    }

    private bool Repeat(ObjectKey key, string message, DateTimeOffset now) =>
        store.Mutate(key, body =>
        {
            if (body["action"] is null)
            {
                body["count"] = (body["count"]?.GetValue<int>() ?? 1) + 1;
                body["lastTimestamp"] = KubernetesTime.Format(now);
            }
            else
            {
                body["series"] = new JsonObject
                {
                    ["count"] = (body["series"]?["count"]?.GetValue<int>() ?? 1) + 1,
                    ["lastObservedTime"] = KubernetesTime.FormatMicro(now),
                };
            }

            body["message"] = message;
        }) is StoreResult.Done;

    private ObjectKey Create(
        StoredObject about, JsonObject told, string? host, string? action, DateTimeOffset now)
    {
        var ns = about.Key.Namespace ?? "default";
        var nanoseconds = (now - DateTimeOffset.UnixEpoch).Ticks * 100;
        Stamp(told, host, action, now);
        (told["kind"], told["apiVersion"]) = ("Event", "v1");
        for (; ; nanoseconds++)
        {
            var key = new ObjectKey(
                "", "events", ns, $"{about.Key.Name}.{nanoseconds.ToString("x16", CultureInfo.InvariantCulture)}");
            told["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = ns };
            if (store.Create(key, told) is StoreResult.Done)
            {
                return key;
            }
        }
    }

    // The newer form has a time of its own, and an instance instead of a source.
    private static void Stamp(JsonObject told, string? host, string? action, DateTimeOffset now)
    {
        var component = told["reportingComponent"]!.GetValue<string>();
        if (action is not null)
        {
            told["action"] = action;
            told["eventTime"] = KubernetesTime.FormatMicro(now);
            told["source"] = new JsonObject();
            told["firstTimestamp"] = null;
            told["lastTimestamp"] = null;
            told["reportingInstance"] = $"{component}-{Environment.MachineName}";
            return;
        }

        var source = new JsonObject { ["component"] = component };
        if (host is not null)
        {
            source["host"] = host;
        }

        told["source"] = source;
        told["firstTimestamp"] = KubernetesTime.Format(now);
        told["lastTimestamp"] = KubernetesTime.Format(now);
        told["count"] = 1;
        told["eventTime"] = null;
        told["reportingInstance"] = host ?? "";
    }

    private static JsonObject Named(StoredObject about) => new()
    {
        ["kind"] = about.Body["kind"]?.GetValue<string>(),
        ["namespace"] = about.Key.Namespace,
        ["name"] = about.Key.Name,
        ["apiVersion"] = about.Body["apiVersion"]?.GetValue<string>(),
    };

    private static JsonObject Involved(StoredObject about, string? fieldPath)
    {
        var involved = new JsonObject { ["kind"] = about.Body["kind"]?.GetValue<string>() };
        if (about.Key.Namespace is { } ns)
        {
            involved["namespace"] = ns;
        }

        involved["name"] = about.Key.Name;
        // The kubelet names a node by its name where others use the uid, and kubectl asks for both.
        involved["uid"] = about.Uid;
        involved["apiVersion"] = about.Body["apiVersion"]?.GetValue<string>();
        involved["resourceVersion"] = about.ResourceVersion.ToString(CultureInfo.InvariantCulture);
        if (fieldPath is not null)
        {
            involved["fieldPath"] = fieldPath;
        }

        return involved;
    }

    private static DateTimeOffset? Last(JsonObject? body) => KubernetesTime.Parse(
        (body?["series"]?["lastObservedTime"] ?? body?["lastTimestamp"] ?? body?["eventTime"])?.GetValue<string>());

    private void ForgetOldNeedsLock(DateTimeOffset now)
    {
        while (_ages.TryPeek(out var oldest) && now.UtcDateTime - oldest.At > TimeToLive)
        {
            _ = _ages.Dequeue();
            if (!_known.TryGetValue(oldest.Identity, out var key))
            {
                continue;
            }

            var last = Last(store.Get(KeyOf(key))?.Body);
            if (last is { } at && now - at <= TimeToLive)
            {
                _ages.Enqueue((at.UtcDateTime, oldest.Identity, oldest.Similar));
                continue;
            }

            _ = store.Purge(KeyOf(key));
            _ = _known.Remove(oldest.Identity);
            _ = _similar.Remove(oldest.Similar);
        }
    }

    /// <summary>Which messages were seen of one thing, at most <see cref="SimilarMax"/>.</summary>
    /// <param name="Last">When the last one came, in UTC.</param>
    /// <param name="First">The one message that most things have.</param>
    private readonly record struct SimilarEvents(DateTime Last, ulong First, ImmutableArray<ulong> Others)
    {
        public int Count => Others.Length + 1;
    }
}
