using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Protobuf;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Api.Resources;

/// <summary>The object that a request carries, or why it cannot be read.</summary>
internal sealed record RequestBody(JsonObject Object, ApiStatus? Refusal)
{
    /// <summary>Reads the body and checks that it is of the kind that the path speaks of.</summary>
    public static async Task<RequestBody> ReadAsync(HttpContext http, KindDefinition kind, CancellationToken stop)
    {
        var mediaType = MediaType(http.Request);
        if (mediaType == ProtobufDecoder.MediaType)
        {
            var sent = await ReadAnyAsync(http, stop);
            return sent.Refusal is null ? sent with { Refusal = WrongKind(sent.Object, kind) } : sent;
        }

        if (mediaType is not ("application/json" or "application/yaml" or ""))
        {
            return new RequestBody([], ApiStatus.UnknownFormat());
        }

        var text = await ReadTextAsync(http.Request, stop);
        var parsed = Parse(text, mediaType == "application/yaml", out var error);
        if (parsed is not JsonObject body)
        {
            var shown = text.Length == 0 ? "<empty>" : text.Length > 200 ? text[..200] : text;
            return new RequestBody([], ApiStatus.BadRequest(
                $"the object provided is unrecognized (must be of type {kind.Kind}): couldn't get version/kind; "
                + $"json parse error: {error} ({shown})"));
        }

        return new RequestBody(body, WrongKind(body, kind));
    }

    /// <summary>Reads a body of whatever kind, as JSON or protobuf.</summary>
    public static async Task<RequestBody> ReadAnyAsync(HttpContext http, CancellationToken stop)
    {
        switch (MediaType(http.Request))
        {
            case ProtobufDecoder.MediaType:
                using (var buffer = new MemoryStream())
                {
                    await http.Request.Body.CopyToAsync(buffer, stop);
                    return ProtobufDecoder.Embedded.Decode(buffer.ToArray()) is { } decoded
                        ? new RequestBody(decoded, null)
                        : new RequestBody([], ApiStatus.UnknownFormat());
                }

            case "application/json" or "":
                var text = await ReadTextAsync(http.Request, stop);
                return Parse(text, isYaml: false, out var error) is JsonObject body
                    ? new RequestBody(body, null)
                    : new RequestBody([], ApiStatus.BadRequest(error));
            default:
                return new RequestBody([], ApiStatus.UnknownFormat());
        }
    }

    public static string MediaType(HttpRequest request) => (request.ContentType ?? "").Split(';')[0].Trim();

    public static async Task<string> ReadTextAsync(HttpRequest request, CancellationToken stop)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(stop);
    }

    /// <summary>Parses JSON or YAML; null and a sentence in Go's words when it is neither.</summary>
    public static JsonNode? Parse(string text, bool isYaml, out string error)
    {
        if (isYaml)
        {
            return YamlText.Read(text, out error);
        }

        try
        {
            error = "unexpected end of JSON input";
            if (text.Trim().Length == 0)
            {
                return null;
            }

            var parsed = JsonNode.Parse(text);
            error = parsed is JsonObject ? "" : "json: cannot unmarshal into Go value of type struct";
            _ = (parsed as JsonObject)?.Count;
            return parsed;
        }
        catch (JsonException wrong)
        {
            error = Describe(text, wrong);
            return null;
        }
        catch (ArgumentException)
        {
            error = "duplicate field";
            return null;
        }
    }

    // Go names the character at which it gave up, or the end.
    private static string Describe(string text, JsonException wrong)
    {
        var lines = text.Split('\n');
        var line = (int)(wrong.LineNumber ?? 0);
        var column = (int)(wrong.BytePositionInLine ?? 0);
        var isAtEnd = line >= lines.Length || column >= lines[line].TrimEnd().Length;
        return isAtEnd
            ? "unexpected end of JSON input"
            : $"invalid character '{lines[line][column]}' looking for beginning of object key string";
    }

    private static ApiStatus? WrongKind(JsonObject body, KindDefinition kind)
    {
        var given = Text(body, "kind");
        var version = Text(body, "apiVersion");
        if (given.Length > 0 && given != kind.Kind)
        {
            var package = version.Split('/')[^1];
            var internals = kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0];
            return ApiStatus.BadRequest(
                $"{given} in version \"{package}\" cannot be handled as a {kind.Kind}: "
                + $"converting ({package}.{given}) to ({internals}.{kind.Kind}): unknown conversion");
        }

        return version.Length > 0 && version != kind.GroupVersion
            ? ApiStatus.BadRequest(
                $"the API version in the data ({version}) does not match "
                    + $"the expected API version ({kind.GroupVersion})")
            : null;
    }

    private static string Text(JsonObject body, string field) =>
        body[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
