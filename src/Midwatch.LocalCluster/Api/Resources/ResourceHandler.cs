using Midwatch.LocalCluster.Api.Answers;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>Answers requests about stored objects: get, list, watch, create, update, patch, delete.</summary>
internal sealed class ResourceHandler
{
    private readonly ApiServerOptions _options;
    private readonly ObjectReader _reader;
    private readonly WatchStreamer _watcher;
    private readonly ObjectDeleter _deleter;
    private readonly ObjectPatcher _patcher;
    private readonly ScaleHandler _scale;

    public ResourceHandler(ApiServerOptions options)
    {
        _options = options;
        Writer = new ObjectWriter(options);
        _reader = new ObjectReader(options);
        _watcher = new WatchStreamer(options);
        _deleter = new ObjectDeleter(options);
        _patcher = new ObjectPatcher(options, Writer);
        _scale = new ScaleHandler(options, Writer);
    }

    public ObjectWriter Writer { get; }

    public Task<ApiAnswer> AnswerAsync(ApiCall call) => call.Target switch
    {
        { Name: "" } => OnCollectionAsync(call),
        { Subresource: "scale" } => _scale.AnswerAsync(call),
        { Subresource: "finalize" } => FinalizeAsync(call),
        { Subresource: "" or "status" or "resize" or "approval" or "ephemeralcontainers" } => OnObjectAsync(call),
        _ => Task.FromResult(ApiAnswer.Refuse(ApiStatus.MethodNotAllowed())),
    };

    private Task<ApiAnswer> OnCollectionAsync(ApiCall call) => call.Method switch
    {
        "GET" when call.IsWatch => _watcher.StreamAsync(call),
        "GET" => Task.FromResult(_reader.List(call)),
        "POST" when call.Kind.IsNamespaced && call.Target.Namespace is null =>
            Task.FromResult(ApiAnswer.Refuse(ApiStatus.MethodNotAllowed())),
        "POST" => Writer.CreateAsync(call),
        "DELETE" when call.Kind.Plural != "namespaces" => _deleter.DeleteAllAsync(call),
        _ => Task.FromResult(ApiAnswer.Refuse(ApiStatus.MethodNotAllowed())),
    };

    private Task<ApiAnswer> OnObjectAsync(ApiCall call) => call.Method switch
    {
        "GET" when call.IsWatch => _watcher.StreamAsync(call),
        "GET" => Task.FromResult(_reader.Get(call)),
        "PUT" => Writer.UpdateAsync(call),
        "PATCH" => _patcher.PatchAsync(call),
        "DELETE" when call.Target.Subresource.Length == 0 => _deleter.DeleteAsync(call),
        _ => Task.FromResult(ApiAnswer.Refuse(ApiStatus.MethodNotAllowed())),
    };

    // PUT .../finalize is how a client releases a namespace that is held.
    private async Task<ApiAnswer> FinalizeAsync(ApiCall call)
    {
        if (call.Method != "PUT")
        {
            return ApiAnswer.Refuse(ApiStatus.MethodNotAllowed());
        }

        var body = await RequestBody.ReadAsync(call.Http, call.Kind, call.Stop);
        if (body.Refusal is { } refusal)
        {
            return ApiAnswer.Refuse(refusal);
        }

        var result = _options.Store.Mutate(call.Key, present =>
        {
            var finalizers = body.Object["spec"]?["finalizers"]?.DeepClone();
            present["spec"]!["finalizers"] = finalizers ?? new System.Text.Json.Nodes.JsonArray();
        });
        return ApiStatus.FromStore(call.Kind, result) is { } status
            ? ApiAnswer.Refuse(status)
            : ApiAnswer.Json(result.Written!.Clone());
    }
}
