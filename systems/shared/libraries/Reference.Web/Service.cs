using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reference.Telemetry;

namespace Reference.Web;

/// <summary>A service whose settings were read; it does not listen yet.</summary>
/// <param name="App">Where its routes go.</param>
/// <param name="Log">Carries the service's name.</param>
public sealed record Service(WebApplication App, ILogger Log)
{
    /// <summary>Measures every request from here on in the pipeline.</summary>
    /// <returns>The measures, for <see cref="MetricsPage"/>.</returns>
    public RequestMetrics Measure(TimeProvider time)
    {
        var requests = new RequestMetrics(time);
        requests.AddTo(App);
        return requests;
    }

    /// <summary>Listens until the process is told to end.</summary>
    public Task RunAsync() => RunAsync(_ => Task.CompletedTask);

    /// <summary>Listens until the process is told to end, and works beside it.</summary>
    /// <param name="beside">Works until its token is cancelled; the end of the process waits for it.</param>
    public async Task RunAsync(Func<CancellationToken, Task> beside)
    {
        ArgumentNullException.ThrowIfNull(beside);
        await App.StartAsync().ConfigureAwait(false);
        var urls = string.Join(", ", App.Urls);
        ServiceLog.Listening(Log, urls);
        var working = beside(App.Lifetime.ApplicationStopping);
        await App.WaitForShutdownAsync().ConfigureAwait(false);
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
