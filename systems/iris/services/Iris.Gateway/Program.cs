using Iris.Gateway;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reference.Telemetry;

GatewaySettings settings;
try
{
    settings = GatewaySettings.Read(Environment.GetEnvironmentVariable);
}
catch (FormatException failure)
{
    await Console.Error.WriteLineAsync($"ERROR Configuration error: {failure.Message}");
    return 1;
}

var builder = WebApplication.CreateSlimBuilder();
ServiceLogging.Configure(builder.Logging);
await using var app = builder.Build();
var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("api-gateway");
using var http = new HttpClient { BaseAddress = settings.Inference, Timeout = settings.InferenceLimit };
var requests = new ServerRequests(TimeProvider.System);
requests.AddTo(app);
new GatewayRoutes(new InferenceClient(http), new ApiKey(settings.ApiKeyFile), log).MapTo(app);
app.MapMetrics(requests.RefreshAsync, requests.All, "/actuator/prometheus");
await app.RunAsync();
return 0;
