using Iris.KeyVault;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reference.Telemetry;

VaultSettings settings;
Vault vault;
try
{
    settings = VaultSettings.Read(Environment.GetEnvironmentVariable);
    vault = new Vault(settings.File, TimeProvider.System);
    if (vault.Names.IsEmpty && settings.Initial is { } folder)
    {
        // A mounted Secret's files are links; what begins with two dots is the mount's own.
        foreach (var file in Directory.GetFiles(folder).Where(file => !Path.GetFileName(file).StartsWith("..",
            StringComparison.Ordinal)))
        {
            _ = vault.Set(Path.GetFileName(file), await File.ReadAllTextAsync(file));
        }
    }
}
catch (Exception failure) when (failure is FormatException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync($"Configuration error: {failure.Message}");
    return 1;
}

var builder = WebApplication.CreateSlimBuilder();
ServiceLogging.Configure(builder.Logging);
await using var app = builder.Build();
var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("key-vault");
var requests = new RequestMetrics(TimeProvider.System);
requests.AddTo(app);
app.MapMetrics(null, requests.All);
new VaultApi(vault, settings.Token, log).MapTo(app);
await app.RunAsync();
return 0;
