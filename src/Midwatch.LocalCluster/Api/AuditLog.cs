using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Midwatch.LocalCluster.Api.Access;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api;

/// <summary>
/// Writes one JSON line per request that changes something, also for refused ones: when, who, what, and how it ended.
/// Safe to call from many threads.
/// </summary>
internal sealed class AuditLog : IDisposable
{
    private readonly TimeProvider _time;
    private readonly FileStream _file;
    private readonly Lock _lock = new();

    /// <summary>Appends to a file, which only its owner may read.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public AuditLog(string path, TimeProvider time)
    {
        _time = time;
        _file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    /// <summary>True for requests that may change something.</summary>
    public static bool Concerns(HttpRequest request) => request.Method is "POST" or "PUT" or "PATCH" or "DELETE";

    public void Write(HttpContext http, UserIdentity? user, UserIdentity? actingAs)
    {
        var line = new JsonObject
        {
            ["time"] = KubernetesTime.FormatMicro(_time.GetUtcNow()),
            ["user"] = user?.Name ?? "",
            ["verb"] = http.Request.Method,
            ["path"] = http.Request.Path + http.Request.QueryString.Value,
            ["code"] = http.Response.StatusCode,
            ["agent"] = http.Request.Headers.UserAgent.ToString(),
        };
        if (actingAs is not null)
        {
            line["actingAs"] = actingAs.Name;
        }

        var bytes = Encoding.UTF8.GetBytes(line.ToJsonString() + "\n");
        lock (_lock)
        {
            _file.Write(bytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
