using Reference.Database;
using Reference.Web;

namespace Nimify.Predictions;

/// <summary>What API and worker start with.</summary>
/// <param name="Settings">From the environment.</param>
/// <param name="Triton">The inference server.</param>
/// <param name="Store">The tables; the database need not answer yet.</param>
public sealed record NimifyService(NimifySettings Settings, TritonClient Triton, PredictionStore Store)
{
    /// <summary>Reads the settings, opens what they name, serves, and closes all of it again.</summary>
    /// <returns>The exit code, as <see cref="ServiceHost"/> gives it.</returns>
    public static Task<int> RunAsync(string name, Func<NimifyService, Service, Task> serve)
    {
        ArgumentNullException.ThrowIfNull(serve);
        return ServiceHost.RunAsync(
            name,
            () =>
            {
                var settings = NimifySettings.Read(Environment.GetEnvironmentVariable);
                return (settings, database: DatabaseAddress.Open(settings.Database));
            },
            async (start, service) =>
            {
                await using (start.database.ConfigureAwait(false))
                {
                    using var http = new HttpClient { BaseAddress = start.settings.Triton };
                    var triton = new TritonClient(http, start.settings.InferenceLimit);
                    await serve(new NimifyService(start.settings, triton, new PredictionStore(start.database)), service)
                        .ConfigureAwait(false);
                }
            });
    }
}
