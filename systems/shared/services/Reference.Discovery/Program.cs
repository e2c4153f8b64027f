using Reference.ClusterApi;
using Reference.Discovery;
using Reference.Web;

return await ServiceHost.WorkAsync("discovery", Settings, async (settings, log, stop) =>
{
    using var api = new ApiReader(settings.Account);
    await new TargetWriter(api, settings, TimeProvider.System, log).RunAsync(stop);
});

static DiscoverySettings Settings() => DiscoverySettings.Read(Environment.GetEnvironmentVariable);
