using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reference.ClusterApi;
using Reference.StateMetrics;
using Reference.Telemetry;

PodAccount account;
try
{
    account = PodAccount.Read(Environment.GetEnvironmentVariable);
}
catch (FormatException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 2;
}

ImmutableArray<string> spaces = [.. (Environment.GetEnvironmentVariable("NAMESPACES") ?? account.Namespace)
    .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
var builder = WebApplication.CreateSlimBuilder();
ServiceLogging.Configure(builder.Logging);
await using var app = builder.Build();
using var api = new ApiReader(account);
using var watch = new ClusterWatch(
    api, spaces, Environment.GetEnvironmentVariable("NODE_USAGE") == "true", TimeProvider.System,
    app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("state-metrics"));
app.MapGet("/healthz", () => Results.Text("OK"));
app.MapMetrics(watch.RefreshAsync, watch.All);
await app.RunAsync();
return 0;
