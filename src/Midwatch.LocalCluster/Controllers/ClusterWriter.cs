using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Managed;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>What controllers do to the cluster: the store, admission for what they create, and events.</summary>
internal sealed class ClusterWriter(
    ObjectStore store, EventRecorder events, Admission admission, TimeProvider time)
{
    public ObjectStore Store => store;

    /// <summary>Whose changes these are, as metadata.managedFields names it.</summary>
    public string Manager { get; init; } = FieldOwnership.Controllers;

    /// <summary>
    /// Creates a pod for an owner and says so in an event; a refusal is returned in the API server's words.
    /// </summary>
    /// <param name="said">The owner's event text, given the pod's name.</param>
    public PodCreation CreatePod(StoredObject owner, JsonObject pod, string component, Func<string, string> said)
    {
        // Named before it is judged: a refusal names the pod.
        var name = pod.Text("metadata", "name") is { Length: > 0 } given ? given
            : GeneratedName.From(pod.Text("metadata", "generateName") ?? "");
        pod.Need("metadata")["name"] = name;
        var key = Kinds.Pod(owner.Key.Namespace, name);
        if (admission(key, pod) is { } refusal)
        {
            events.Record(owner, "Warning", "FailedCreate", "Error creating: " + refusal, component);
            return new PodCreation(Created: null, refusal);
        }

        var result = store.Create(key, pod);
        if (result is not StoreResult.Done done)
        {
            return new PodCreation(Created: null, $"pods \"{name}\" already exists");
        }

        events.Record(owner, "Normal", "SuccessfulCreate", said(done.Object.Key.Name), component);
        return new PodCreation(done.Object, Refusal: null);
    }

    public bool DeletePod(StoredObject owner, StoredObject pod, string component, string said)
    {
        var result = store.Delete(pod.Key, new DeleteOptions(Uid: pod.Uid));
        if (result is not (StoreResult.Done or StoreResult.Removed))
        {
            return false;
        }

        events.Record(owner, "Normal", "SuccessfulDelete", said, component);
        return true;
    }

    /// <summary>Creates an object that is not a pod, with the defaults that the API server would give it.</summary>
    public StoreResult Create(ObjectKey key, JsonObject body)
    {
        if (store.Get(key) is not null)
        {
            return new StoreResult.AlreadyExists(key);
        }

        _ = admission(key, body);
        return store.Create(key, body);
    }

    /// <param name="subresource">Through which it is changed; null finds out from the change.</param>
    public StoreResult Mutate(ObjectKey key, Action<JsonObject> change, string? subresource = null) =>
        store.Mutate(key, FieldOwnership.Noted(key, Manager, time.GetUtcNow(), change, subresource));

    public void Delete(ObjectKey key) => _ = store.Delete(key, new DeleteOptions());

    /// <summary>Replaces the status of an object as it now is; nothing happens when it is the same.</summary>
    public void WriteStatus(ObjectKey key, JsonObject status) =>
        _ = Mutate(key, body => body["status"] = status.DeepClone());

    /// <param name="isByNameOnly">The component knows the object's name and nothing more of it.</param>
    /// <param name="action">What was tried, where the component tells events in the newer form; else null.</param>
    public void Record(
        StoredObject about, string type, string reason, string message, string component, string? action = null,
        bool isByNameOnly = false) =>
        events.Record(about, type, reason, message, component, action: action, isByNameOnly: isByNameOnly);
}
