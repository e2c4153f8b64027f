using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Mlops.ChurnApi;
using Mlops.Model;
using Reference.Telemetry;

var tracking = Environment.GetEnvironmentVariable("MLFLOW_TRACKING_URI");
Uri? address = null;
if (tracking is { Length: > 0 } && !Uri.TryCreate(tracking, UriKind.Absolute, out address))
{
    await Console.Error.WriteLineAsync(
        $"Configuration error: MLFLOW_TRACKING_URI '{tracking}' is no address such as http://mlflow-server:5000");
    return 1;
}

var file = Environment.GetEnvironmentVariable("MIDWATCH_ROOT")
    + (Environment.GetEnvironmentVariable("MODEL_FILE") ?? "/app/models/churn_model.pkl");
var builder = WebApplication.CreateSlimBuilder();
ServiceLogging.Configure(builder.Logging);
await using var app = builder.Build();
var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("churn-api");
using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(3) };
var models = new ModelHolder(address is null ? null : new TrackingClient(http), file, TimeProvider.System, log);
var requests = new RequestMetrics(TimeProvider.System);
requests.AddTo(app);
var routes = new ChurnRoutes(models, TimeProvider.System, log);
routes.MapTo(app);
app.MapMetrics(null, [.. requests.All, .. routes.Metrics]);
await app.StartAsync();
var watching = models.WatchAsync(app.Lifetime.ApplicationStopping);
await app.WaitForShutdownAsync();
await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
return 0;
