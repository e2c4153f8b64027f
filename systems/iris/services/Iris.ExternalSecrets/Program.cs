using Iris.ExternalSecrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reference.ClusterApi;
using Reference.Telemetry;

OperatorSettings settings;
try
{
    settings = OperatorSettings.Read(Environment.GetEnvironmentVariable);
}
catch (FormatException failure)
{
    await Console.Error.WriteLineAsync($"Configuration error: {failure.Message}");
    return 1;
}

var builder = WebApplication.CreateSlimBuilder();
ServiceLogging.Configure(builder.Logging);
await using var app = builder.Build();
using var reader = new ApiReader(settings.Account);
using var writer = new ApiWriter(settings.Account);
using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
var sync = new SecretSync(settings, reader, writer, new VaultClient(http), TimeProvider.System,
    app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("external-secrets"));
app.MapGet("/healthz", () => Results.Text("OK"));
app.MapMetrics(null, sync.All);
await app.StartAsync();
var syncing = sync.RunAsync(app.Lifetime.ApplicationStopping);
await app.WaitForShutdownAsync();
await syncing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
return 0;
