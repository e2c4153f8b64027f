using System.Globalization;
using Mlops.Model;
using Mlops.Trainer;

// Trains on TRAINING_DATA, writes MODEL_FILE, and registers the model when MLFLOW_TRACKING_URI is set.
var root = Environment.GetEnvironmentVariable("MIDWATCH_ROOT");
var data = Environment.GetEnvironmentVariable("TRAINING_DATA") ?? "data/customers.csv";
var file = root + (Environment.GetEnvironmentVariable("MODEL_FILE") ?? "/app/models/churn_model.pkl");
try
{
    var rows = LabelledCustomer.ReadAll(await File.ReadAllLinesAsync(data));
    var (model, accuracy, area) = Training.Fit(rows);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"Trained on {rows.Length} customers: accuracy {accuracy:0.000}, area under curve {area:0.000}"));

    // Renamed into place: the API must never read half a model.
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    await File.WriteAllTextAsync(file + ".new", model.ToJson());
    File.Move(file + ".new", file, overwrite: true);
    Console.WriteLine("Model saved to /app/models/churn_model.pkl");
    if (Environment.GetEnvironmentVariable("MLFLOW_TRACKING_URI") is { Length: > 0 } tracking)
    {
        using var http = new HttpClient { BaseAddress = new Uri(tracking), Timeout = TimeSpan.FromSeconds(20) };
        var version = await new Registration(new TrackingClient(http), TimeProvider.System)
            .RegisterAsync(model, ("accuracy", accuracy), ("auc", area), CancellationToken.None);
        Console.WriteLine($"Registered as version {version} of {Registration.ModelName}, stage Production");
    }

    return 0;
}
catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException
    or HttpRequestException or TaskCanceledException or UriFormatException)
{
    await Console.Error.WriteLineAsync($"Training failed: {failure.Message}");
    return 1;
}
