using Microsoft.AspNetCore.Builder;
using Npgsql;
using Reference.Database;
using Reference.Telemetry;

namespace Nimify.Predictions;

/// <summary>What API and worker start with.</summary>
/// <param name="Settings">From the environment.</param>
/// <param name="Triton">The inference server.</param>
/// <param name="Store">The tables; the database need not answer yet.</param>
/// <param name="App">Not started yet.</param>
public sealed record NimifyService(
    NimifySettings Settings, TritonClient Triton, PredictionStore Store, WebApplication App)
{
    /// <summary>Reads the settings, opens what they name, serves, and closes all of it again.</summary>
    /// <returns>The exit code: 1 when the configuration cannot be used (standard error says why), else 0.</returns>
    public static async Task<int> RunAsync(Func<NimifyService, Task> serve)
    {
        ArgumentNullException.ThrowIfNull(serve);
        NimifySettings settings;
        NpgsqlDataSource database;
        try
        {
            settings = NimifySettings.Read(Environment.GetEnvironmentVariable);
            database = DatabaseAddress.Open(settings.Database);
        }
        catch (FormatException failure)
        {
            await Console.Error.WriteLineAsync($"Configuration error: {failure.Message}").ConfigureAwait(false);
            return 1;
        }

        await using (database.ConfigureAwait(false))
        {
            var builder = WebApplication.CreateSlimBuilder();
            ServiceLogging.Configure(builder.Logging);
            var app = builder.Build();
            await using (app.ConfigureAwait(false))
            {
                using var http = new HttpClient { BaseAddress = settings.Triton };
                var triton = new TritonClient(http, settings.InferenceLimit);
                await serve(new NimifyService(settings, triton, new PredictionStore(database), app))
                    .ConfigureAwait(false);
            }
        }

        return 0;
    }
}
