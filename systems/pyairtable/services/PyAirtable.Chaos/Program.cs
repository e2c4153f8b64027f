using System.Text.Json.Nodes;
using PyAirtable.Chaos;
using Reference.ClusterApi;
using Reference.Telemetry;
using Reference.Web;

return await ServiceHost.RunAsync("chaos", Open, async (start, service) =>
{
    var (experiment, guardrails, account) = start;
    using var api = new ApiReader(account);
    using var writer = new ApiWriter(account);
    // A connection for each look: what answers on an old one says nothing of who gets in now.
    using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = TimeSpan.FromSeconds(2),
    };
    var active = new Metric(MetricKind.Gauge, "chaos_active_experiments", "1 while it runs.", "experiment");
    active.Set(1, experiment.Name);
    var app = service.App;
    app.MapMetrics(null, [active]);
    await app.StartAsync();
    var target = new Target(api, writer, experiment);
    var run = new ExperimentRun(
        experiment, guardrails, target, new SteadyState(experiment, target, http), TimeProvider.System, service.Log);
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
});

static (Experiment Experiment, Guardrails Guardrails, PodAccount Account) Open()
{
    var file = JsonNode.Parse(File.ReadAllText(
        Variables.Process.Find("MIDWATCH_ROOT") + Variables.Process.Need("EXPERIMENTS_FILE")));
    return (Experiment.Find(file, Variables.Process.Need("EXPERIMENT")), Guardrails.Read(file),
        PodAccount.Read(Environment.GetEnvironmentVariable));
}
