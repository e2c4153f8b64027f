using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Tables;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>Answers get and list, as objects, tables or metadata alone.</summary>
internal sealed class ObjectReader(ApiServerOptions options)
{
    private static readonly byte[] ListBegin = [.. ",\"items\":["u8];
    private static readonly byte[] Comma = [.. ","u8];
    private static readonly byte[] ListEnd = [.. "]}\n"u8];

    private readonly TableBuilder _tables = new(options.Time);

    public ApiAnswer Get(ApiCall call)
    {
        if (options.Store.Get(call.Key) is not { } stored)
        {
            return ApiAnswer.Refuse(ApiStatus.NotFound(call.Kind, call.Target.Name));
        }

        var found = call.Kind.Served(stored);
        if (call.Form.IsTable)
        {
            var metadata = new JsonObject { ["resourceVersion"] = Version(found.ResourceVersion) };
            return ApiAnswer.Json(_tables.Build(
                call.Kind, [found.Body], metadata, call.Form.Version, call.Form.Included, isFirst: true));
        }

        return ApiAnswer.Json(call.Form.As == "PartialObjectMetadata"
            ? TableBuilder.PartialMetadata(found.Body, "v1")
            : found.Clone());
    }

    public ApiAnswer List(ApiCall call)
    {
        if (Selection.Parse(call, out var refusal) is not { } selection)
        {
            return ApiAnswer.Refuse(refusal!);
        }

        if (!TryReadPage(call, out var limit, out var start, out var wrong))
        {
            return ApiAnswer.Refuse(wrong!);
        }

        if (AskedVersion.Refusal(call, options.Store, start) is { } impossible)
        {
            return ApiAnswer.Refuse(impossible);
        }

        var ns = call.Kind.IsNamespaced ? call.Target.Namespace : null;
        var (all, revision) = options.Store.Snapshot(call.Kind.StoredGroup, call.Kind.Plural, ns);
        ImmutableArray<StoredObject> matching =
            [.. all.Select(call.Kind.Served).Where(
                item => selection.Matches(item) && IsAfter(item, start?.After))];
        var metadata = new JsonObject { ["resourceVersion"] = Version(Told(start, revision)) };
        if (limit > 0 && matching.Length > limit)
        {
            metadata["continue"] = new ContinueToken(Told(start, revision), Place(matching[limit - 1])).Encode();
            if (selection.Labels.Requirements.IsEmpty && selection.Fields.Terms.IsEmpty)
            {
                metadata["remainingItemCount"] = matching.Length - limit;
            }

            matching = matching[..limit];
        }

        return Shape(call, matching, metadata);
    }

    // All pages tell the version of the first; one that goes on in spite of changes tells the present one.
    private static long Told(ContinueToken? start, long revision) =>
        start is { Revision: >= 0 } ? start.Revision : revision;

    private ApiAnswer Shape(ApiCall call, ImmutableArray<StoredObject> items, JsonObject metadata)
    {
        if (call.Form.IsTable)
        {
            return ApiAnswer.Json(_tables.Build(
                call.Kind, items
                    .Select(item => item.Body), metadata, call.Form.Version, call.Form.Included, isFirst: true));
        }

        var isPartial = call.Form.As == "PartialObjectMetadataList";
        var list = new JsonObject
        {
            ["kind"] = isPartial ? "PartialObjectMetadataList" : $"{call.Kind.Kind}List",
            ["apiVersion"] = isPartial ? "meta.k8s.io/v1" : call.Kind.GroupVersion,
            ["metadata"] = metadata,
        };
        if (isPartial || call.Form.IsYaml
            || call.Http.Request.Headers.UserAgent.ToString().StartsWith("curl", StringComparison.Ordinal))
        {
            list["items"] = new JsonArray(
                [.. items.Select(item => isPartial ? TableBuilder.PartialMetadata(item.Body, "v1") : Bare(item))]);
            return ApiAnswer.Json(list);
        }

        return new ApiAnswer.Parts(Concatenate(list, items));
    }

    // Inside a list the kind is told once, by the list.
    private static JsonObject Bare(StoredObject item)
    {
        var body = item.Clone();
        _ = body.Remove("kind");
        _ = body.Remove("apiVersion");
        return body;
    }

    // The objects are there as text already: no need to build and write a tree of all of them.
    private static ImmutableArray<ReadOnlyMemory<byte>> Concatenate(
        JsonObject list, ImmutableArray<StoredObject> items)
    {
        var parts = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>((items.Length * 2) + 3);
        parts.Add(FrozenObject.Write(list).AsMemory(..^1));
        parts.Add(ListBegin);
        foreach (var item in items)
        {
            if (parts.Count > 2)
            {
                parts.Add(Comma);
            }

            parts.Add(item.Utf8);
        }

        parts.Add(ListEnd);
        return parts.ToImmutable();
    }

    private static bool TryReadPage(ApiCall call, out int limit, out ContinueToken? start, out ApiStatus? wrong)
    {
        limit = 0;
        start = null;
        wrong = null;
        var limitText = call.Query("limit");
        if (limitText.Length > 0
            && !int.TryParse(limitText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out limit))
        {
            wrong = ApiStatus.BadRequest($"strconv.ParseInt: parsing \"{limitText}\": invalid syntax");
            return false;
        }

        var token = call.Query("continue");
        if (token.Length > 0 && (start = ContinueToken.Decode(token, out var why)) is null)
        {
            wrong = ApiStatus.BadRequest($"invalid continue token: continue key is not valid: {why}");
            return false;
        }

        var version = call.Query("resourceVersion");
        if (version.Length > 0 && !ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            wrong = BadVersion(version);
            return false;
        }

        // What is asked for at a version is answered from memory, all at once.
        limit = version.Length > 0 && call.Query("resourceVersionMatch") != "Exact" ? 0 : limit;
        return true;
    }

    public static ApiStatus BadVersion(string version) => new(
        500, "",
            $"resourceVersion: Invalid value: \"{version}\": strconv.ParseUint: parsing \"{version}\": invalid syntax",
                null);

    private static bool IsAfter(StoredObject item, string? place) =>
        place is null || string.CompareOrdinal(Place(item), place) > 0;

    // Separated by a character below all that names have, so that the order is that of the store.
    private static string Place(StoredObject item) => $"{item.Key.Namespace}\u0001{item.Key.Name}";

    private static string Version(long revision) => revision.ToString(CultureInfo.InvariantCulture);
}
