using System.Text.Json.Nodes;
using Mlops.Model;

namespace Mlops.Trainer;

/// <summary>Puts a trained model into the registry.</summary>
internal sealed class Registration(TrackingClient tracking, TimeProvider time)
{
    public const string ModelName = "churn-prediction-model";
    private const string Experiment = "churn-prediction";

    /// <summary>Notes the run with its measures, stores the model, and makes it the one in production.</summary>
    public async Task<string> RegisterAsync(
        ChurnModel model, (string Name, double Value) first, (string Name, double Value) second,
        CancellationToken stop)
    {
        var experiment = await tracking.CallAsync(
            "experiments/create", new JsonObject { ["name"] = Experiment }, stop);
        var started = await tracking.CallAsync("runs/create", new JsonObject
        {
            ["experiment_id"] = experiment!["experiment_id"]!.ToString(), ["start_time"] = Now(),
        }, stop);
        var run = started!["run"]!["info"]!["run_id"]!.ToString();
        foreach (var (name, value) in new[] { first, second })
        {
            _ = await tracking.CallAsync("runs/log-metric", new JsonObject
            {
                ["run_id"] = run, ["key"] = name, ["value"] = value, ["timestamp"] = Now(),
            }, stop);
        }

        var path = $"{run}/artifacts/model/churn_model.pkl";
        await tracking.PutAsync(path, model.ToJson(), stop);
        _ = await tracking.CallAsync("registered-models/create", new JsonObject { ["name"] = ModelName }, stop);
        var made = await tracking.CallAsync("model-versions/create", new JsonObject
        {
            ["name"] = ModelName, ["source"] = path, ["run_id"] = run,
        }, stop);
        var version = made!["model_version"]!["version"]!.ToString();
        _ = await tracking.CallAsync("model-versions/transition-stage", new JsonObject
        {
            ["name"] = ModelName, ["version"] = version, ["stage"] = "Production",
        }, stop);
        _ = await tracking.CallAsync("runs/update", new JsonObject
        {
            ["run_id"] = run, ["status"] = "FINISHED", ["end_time"] = Now(),
        }, stop);
        return version;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
