using System.Net;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>What the API server answered.</summary>
internal sealed record ServerAnswer(HttpStatusCode Status, JsonObject? Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The server's own sentence about an error.</summary>
    public string Message => Body.Text("message") ?? $"the server answered {(int)Status}";

    public IEnumerable<JsonObject> Items => Body.Items("items");
}
