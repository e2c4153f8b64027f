using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Answers;

/// <summary>Writes answers to the client, as JSON (indented for people with curl) or YAML.</summary>
internal static class AnswerWriter
{
    // Go's server tells the length of what it has not begun to send when it knows it, which is a few KiB.
    private const int LengthIsTold = 4096;

    // What is put together before it is sent: a large list costs no large buffer.
    private const int PortionBytes = 32 * 1024;

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static async Task WriteAsync(HttpContext http, ApiAnswer answer, bool isYaml)
    {
        switch (answer)
        {
            case ApiAnswer.Document document:
                foreach (var warning in document.Warnings)
                {
                    Warn(http, warning);
                }

                await WriteJsonAsync(http, document.Body, document.Code, document.ContentType, isYaml);
                break;
            case ApiAnswer.Text text:
                http.Response.StatusCode = text.Code;
                http.Response.ContentType = text.ContentType;
                http.Response.ContentLength = text.Utf8.Length;
                http.Response.Headers.XContentTypeOptions = "nosniff";
                if (!HttpMethods.IsHead(http.Request.Method))
                {
                    await http.Response.Body.WriteAsync(text.Utf8, http.RequestAborted);
                }

                break;
            case ApiAnswer.Parts parts:
                await WritePartsAsync(http, parts.Utf8);
                break;
            case ApiAnswer.Refused refused:
                if (refused.Status is { Code: 403, Reason: "Forbidden" })
                {
                    http.Response.Headers.XContentTypeOptions = "nosniff";
                }

                await WriteJsonAsync(http, refused.Status.ToJson(), refused.Status.Code, "application/json", false);
                break;
        }
    }

    /// <summary>Says something that kubectl shows as "Warning: …".</summary>
    public static void Warn(HttpContext http, string warning) =>
        http.Response.Headers.Append("Warning", $"299 - \"{Escape(warning)}\"");

    private static async Task WritePartsAsync(HttpContext http, ImmutableArray<ReadOnlyMemory<byte>> parts)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = parts.Sum(part => (long)part.Length);
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        // Filled whole: small portions would each become a record of TLS.
        var body = http.Response.BodyWriter;
        var portion = body.GetMemory(PortionBytes);
        var filled = 0;
        foreach (var part in parts)
        {
            for (var left = part; !left.IsEmpty;)
            {
                if (filled == portion.Length)
                {
                    body.Advance(filled);
                    _ = await body.FlushAsync(http.RequestAborted);
                    portion = body.GetMemory(PortionBytes);
                    filled = 0;
                }

                var fitting = Math.Min(left.Length, portion.Length - filled);
                left[..fitting].CopyTo(portion[filled..]);
                filled += fitting;
                left = left[fitting..];
            }
        }

        body.Advance(filled);
        _ = await body.FlushAsync(http.RequestAborted);
    }

    private static async Task WriteJsonAsync(
        HttpContext http, JsonObject body, int code, string contentType, bool isYaml)
    {
        var text = isYaml ? Encoding.UTF8.GetBytes(YamlText.Write(body)) : WantsIndent(http.Request) ? Pretty(body)
            : FrozenObject.Write(body);
        http.Response.StatusCode = code;
        http.Response.ContentType = isYaml ? "application/yaml" : contentType;
        http.Response.ContentLength = text.Length < LengthIsTold ? text.Length : null;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(text, http.RequestAborted);
        }
    }

    private static bool WantsIndent(HttpRequest request)
    {
        var pretty = request.Query["pretty"].ToString();
        if (pretty.Length > 0)
        {
            return pretty is "1" or "true";
        }

        var agent = request.Headers.UserAgent.ToString();
        return agent.StartsWith("curl", StringComparison.Ordinal) || agent.StartsWith("Wget", StringComparison.Ordinal)
            || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal);
    }

    /// <summary>Indented, for people.</summary>
    public static byte[] Pretty(JsonNode body)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            body.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    // RFC 7234 5.5: the text is a quoted-string; header values must stay ASCII.
    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            _ = sign switch
            {
                '"' or '\\' => safe.Append('\\').Append(sign),
                < ' ' or > '~' => safe.Append('?'),
                _ => safe.Append(sign),
            };
        }

        return safe.ToString();
    }
}
