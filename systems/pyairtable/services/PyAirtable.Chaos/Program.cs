using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PyAirtable.Chaos;
using Reference.ClusterApi;
using Reference.Telemetry;
using Reference.Web;

const int Misconfigured = 3;
Experiment experiment;
Guardrails guardrails;
PodAccount account;
try
{
    var file = JsonNode.Parse(await File.ReadAllTextAsync(
        Variables.Process.Find("MIDWATCH_ROOT") + Variables.Process.Need("EXPERIMENTS_FILE")));
    experiment = Experiment.Find(file, Variables.Process.Need("EXPERIMENT"));
    guardrails = Guardrails.Read(file);
    account = PodAccount.Read(Environment.GetEnvironmentVariable);
}
catch (Exception failure) when (failure is FormatException or IOException or JsonException)
{
    await Console.Error.WriteLineAsync($"Configuration error: {failure.Message}");
    return Misconfigured;
}

var builder = WebApplication.CreateSlimBuilder();
ServiceLogging.Configure(builder.Logging);
await using var app = builder.Build();
var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("chaos");
using var api = new ApiReader(account);
using var writer = new ApiWriter(account);
// A connection for each look: what answers on an old one says nothing of who gets in now.
using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero })
{
    Timeout = TimeSpan.FromSeconds(2),
};
var active = new Metric(MetricKind.Gauge, "chaos_active_experiments", "1 while it runs.", "experiment");
active.Set(1, experiment.Name);
app.MapMetrics(null, [active]);
await app.StartAsync();
var target = new Target(api, writer, experiment);
var run = new ExperimentRun(
    experiment, guardrails, target, new SteadyState(experiment, target, http), TimeProvider.System, log);
try
{
    var result = await run.RunAsync(
        account.Namespace, Variables.Process.Find("JOB_NAME") ?? "", app.Lifetime.ApplicationStopping);
    await app.StopAsync();
    return (int)result.End;
}
catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
{
    return (int)ExperimentEnd.NotRecovered;
}
