using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Tables;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>Streams changes to a client until it goes or its time is up.</summary>
internal sealed class WatchStreamer(ApiServerOptions options)
{
    private static readonly TimeSpan BookmarkPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan[] BookmarksBeforeEnd = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)];
    private static readonly TimeSpan DurationDefault = TimeSpan.FromMinutes(45);

    private readonly TableBuilder _tables = new(options.Time);

    public async Task<ApiAnswer> StreamAsync(ApiCall call)
    {
        if (Selection.Parse(call, out var refusal) is not { } selection)
        {
            return ApiAnswer.Refuse(refusal!);
        }

        var version = call.Query("resourceVersion");
        if (version.Length > 0 && !ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return ApiAnswer.Refuse(ObjectReader.BadVersion(version));
        }

        if (call.Query("sendInitialEvents").Length > 0 && call.Query("resourceVersionMatch") != "NotOlderThan")
        {
            return ApiAnswer.Refuse(ApiStatus.Invalid("meta.k8s.io", "ListOptions", "", [FieldError.Forbidden(
                "resourceVersionMatch",
                "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")]));
        }

        var wantsInitial = call.Query("sendInitialEvents") is "true" or "1";
        var ns = call.Kind.IsNamespaced ? call.Target.Namespace : null;
        long? from = version is "" or "0" || wantsInitial ? null : long.Parse(version, CultureInfo.InvariantCulture);
        var atStart = options.Store.Revision;
        using var watch = options.Store.Watch(call.Kind.StoredGroup, call.Kind.Plural, ns, from);
        call.Http.Response.ContentType = "application/json";
        call.Http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await call.Http.Response.StartAsync(call.Stop);

        // The client must learn at once that the watch stands, even when nothing happens for minutes.
        await call.Http.Response.Body.FlushAsync(call.Stop);
        if (watch.Expired)
        {
            await SendAsync(
                call, "ERROR", ApiStatus.Expired($"too old resource version: {version} ({atStart})").ToJson());
            return new ApiAnswer.Streamed();
        }

        var end = options.Time.GetUtcNow() + Duration(call);
        using var limit = new CancellationTokenSource(Duration(call), options.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(call.Stop, limit.Token);
        try
        {
            await PumpAsync(call, watch, selection, wantsInitial, end, stop.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !call.Stop.IsCancellationRequested)
        {
            // The time that the client asked for is up: the stream ends like a file.
        }

        return new ApiAnswer.Streamed();
    }

    private async Task PumpAsync(
        ApiCall call, StoreWatch watch, Selection selection, bool wantsInitial, DateTimeOffset end,
            CancellationToken stop)
    {
        var state = new WatchState(_tables, call, selection);
        var bookmarks = call.Query("allowWatchBookmarks") is "true" or "1";
        var initialEnd = wantsInitial;
        var due = NextBookmark(options.Time.GetUtcNow(), end);
        while (true)
        {
            // Read before draining: all changes up to this revision are in the queue.
            var revision = options.Store.Revision;
            var wrote = false;
            while (watch.TryTake(out var change))
            {
                if (state.Translate(change) is { } message)
                {
                    await SendAsync(call, message.Type, message.Utf8);
                    wrote = true;
                }
            }

            if (initialEnd)
            {
                initialEnd = false;
                await SendAsync(call, "BOOKMARK", state.Bookmark(revision, endsInitial: true));
                wrote = true;
            }

            if (wrote)
            {
                await call.Http.Response.Body.FlushAsync(stop);
            }

            if (!await WaitAsync(watch, bookmarks, due, stop))
            {
                // Nothing for a minute, or the watch has ended.
                if (watch.IsEnded)
                {
                    return;
                }

                due = NextBookmark(due, end);
                await SendAsync(call, "BOOKMARK", state.Bookmark(options.Store.Revision, endsInitial: false));
                await call.Http.Response.Body.FlushAsync(stop);
            }
        }
    }

    // False when a bookmark is due or the watch has ended.
    private async Task<bool> WaitAsync(
        StoreWatch watch, bool bookmarks, DateTimeOffset due, CancellationToken stop)
    {
        if (!bookmarks)
        {
            return await watch.WaitAsync(stop);
        }

        var left = due - options.Time.GetUtcNow();
        using var period = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, period.Token);
        try
        {
            return await watch.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    // Once a minute, and twice before the end, so that the next watch can start where this one stopped.
    // Each once: a timer that fires a moment early must not make another of the same.
    private static DateTimeOffset NextBookmark(DateTimeOffset last, DateTimeOffset end) => BookmarksBeforeEnd
        .Select(before => end - before).Where(at => at > last).Append(last + BookmarkPeriod).Min();

    private static Task SendAsync(ApiCall call, string type, JsonObject body) =>
        SendAsync(call, type, FrozenObject.Write(body));

    // The objects are there as text already: a hundred watchers cost a hundred copies, not a hundred trees.
    private static async Task SendAsync(ApiCall call, string type, ReadOnlyMemory<byte> utf8)
    {
        var body = call.Http.Response.BodyWriter;
        body.Write(Encoding.ASCII.GetBytes($"{{\"type\":\"{type}\",\"object\":"));
        body.Write(utf8.Span);
        body.Write("}\n"u8);
        _ = await body.FlushAsync(call.Stop);
    }

    private static TimeSpan Duration(ApiCall call) =>
        int.TryParse(call.Query("timeoutSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : DurationDefault;
}
