using Reference.Telemetry;
using Reference.Web;

namespace Reference.Inference;

/// <summary>A whole inference server: its models, the protocol, the metrics.</summary>
public static class InferenceServer
{
    /// <summary>Loads every model and serves until the process is told to end.</summary>
    /// <param name="read">
    /// Says where the models come from, and whether they may be loaded and unloaded by request; a
    /// <see cref="FormatException"/> names what is wrong.
    /// </param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(Func<(IModelSource Models, bool ExplicitControl)> read) =>
        ServiceHost.RunAsync("triton", read, async (settings, service) =>
        {
            var metrics = new InferenceMetrics();
            var repository = new ModelRepository(settings.Models, metrics, service.Log);
            repository.LoadAll();
            new InferenceApi(repository, metrics, TimeProvider.System).MapTo(service.App);
            new RepositoryApi(repository, settings.ExplicitControl).MapTo(service.App);
            service.App.MapMetrics(null, metrics.All);
            await service.RunAsync();
        });
}
