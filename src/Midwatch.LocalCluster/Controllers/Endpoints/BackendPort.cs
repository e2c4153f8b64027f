using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Endpoints;

/// <summary>One port of a Service as a pod answers it.</summary>
internal sealed record BackendPort(string? Name, int Number, string Protocol, string? AppProtocol)
{
    public JsonObject ToJson(bool withEmptyName)
    {
        var port = new JsonObject();
        if (Name is not null || withEmptyName)
        {
            port["name"] = Name ?? "";
        }

        port["port"] = Number;
        port["protocol"] = Protocol;
        if (AppProtocol is not null)
        {
            port["appProtocol"] = AppProtocol;
        }

        return port;
    }
}
