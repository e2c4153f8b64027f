using Iris.KeyVault;
using Reference.Telemetry;
using Reference.Web;

return await ServiceHost.RunAsync("key-vault", Open, async (start, service) =>
{
    var requests = service.Measure(TimeProvider.System);
    service.App.MapMetrics(null, requests.All);
    new VaultApi(start.Vault, start.Settings.Token, service.Log).MapTo(service.App);
    await service.RunAsync();
});

static (VaultSettings Settings, Vault Vault) Open()
{
    var settings = VaultSettings.Read(Environment.GetEnvironmentVariable);
    var vault = new Vault(settings.File, TimeProvider.System);
    if (vault.Names.IsEmpty && settings.Initial is { } folder)
    {
        // A mounted Secret's files are links; what begins with two dots is the mount's own.
        foreach (var file in Directory.GetFiles(folder).Where(file => !Path.GetFileName(file).StartsWith("..",
            StringComparison.Ordinal)))
        {
            _ = vault.Set(Path.GetFileName(file), File.ReadAllText(file));
        }
    }

    return (settings, vault);
}
