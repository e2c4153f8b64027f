using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Reference.ClusterApi;
using Reference.StateMetrics;
using Reference.Telemetry;
using Reference.Web;

return await ServiceHost.RunAsync("state-metrics", Account, async (account, service) =>
{
    ImmutableArray<string> spaces = [.. (Variables.Process.Find("NAMESPACES") ?? account.Namespace)
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    using var api = new ApiReader(account);
    using var watch = new ClusterWatch(
        api, spaces, Variables.Process.Find("NODE_USAGE") == "true", TimeProvider.System, service.Log);
    service.App.MapGet("/healthz", () => Results.Text("OK"));
    service.App.MapMetrics(watch.RefreshAsync, watch.All);
    await service.RunAsync();
});

static PodAccount Account() => PodAccount.Read(Environment.GetEnvironmentVariable);
