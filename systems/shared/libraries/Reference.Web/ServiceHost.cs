using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reference.Telemetry;

namespace Reference.Web;

/// <summary>How every service begins and ends: settings, one way to log, a web application, an exit code.</summary>
public static class ServiceHost
{
    /// <summary>The exit code of a service whose configuration cannot be used.</summary>
    public const int Misconfigured = 1;

    /// <summary>Reads what the service needs, and serves.</summary>
    /// <typeparam name="T">What the service needs.</typeparam>
    /// <param name="name">The name that its log lines carry.</param>
    /// <param name="read">
    /// Reads the settings; a <see cref="FormatException"/>, <see cref="JsonException"/> or failure of a file names
    /// what is wrong with them.
    /// </param>
    /// <param name="serve">Serves until the process is told to end; its result is the exit code.</param>
    /// <param name="configure">What this service wants to be otherwise; null for nothing.</param>
    /// <returns><see cref="Misconfigured"/> when standard error says what is wrong, else what serving gave.</returns>
    public static async Task<int> RunAsync<T>(
        string name, Func<T> read, Func<T, Service, Task<int>> serve, Action<WebApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(serve);
        if (await ReadAsync(read).ConfigureAwait(false) is not (true, var settings))
        {
            return Misconfigured;
        }

        var app = Build(configure);
        await using (app.ConfigureAwait(false))
        {
            var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(name);
            return await serve(settings, new Service(app, log)).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what the service needs, and serves; an orderly end is the exit code 0.</summary>
    /// <inheritdoc cref="RunAsync{T}(string, Func{T}, Func{T, Service, Task{int}}, Action{WebApplicationBuilder})"/>
    public static Task<int> RunAsync<T>(
        string name, Func<T> read, Func<T, Service, Task> serve, Action<WebApplicationBuilder>? configure = null) =>
        RunAsync(
            name,
            read,
            async (settings, service) =>
            {
                await serve(settings, service).ConfigureAwait(false);
                return 0;
            },
            configure);

    /// <summary>Reads what a program without pages needs, and lets it work until it is told to end.</summary>
    /// <inheritdoc cref="RunAsync{T}(string, Func{T}, Func{T, Service, Task{int}}, Action{WebApplicationBuilder})"/>
    /// <param name="work">Works until its token is cancelled.</param>
    public static async Task<int> WorkAsync<T>(
        string name, Func<T> read, Func<T, ILogger, CancellationToken, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (await ReadAsync(read).ConfigureAwait(false) is not (true, var settings))
        {
            return Misconfigured;
        }

        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        ServiceLogging.Configure(builder.Logging);
        using var host = builder.Build();
        var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(name);
        await host.StartAsync().ConfigureAwait(false);
        var stop = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var working = work(settings, log, stop);
        await Task.WhenAny(working, host.WaitForShutdownAsync()).ConfigureAwait(false);
        try
        {
            await working.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to end: an orderly end.
        }

        return 0;
    }

    /// <summary>Reads the settings; what is wrong with them is said on standard error.</summary>
    private static async Task<(bool AreGood, T Settings)> ReadAsync<T>(Func<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return (true, read());
        }
        catch (Exception failure) when (failure is FormatException or JsonException or IOException
            or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"Configuration error: {failure.Message}").ConfigureAwait(false);
            return (false, default!);
        }
    }

    /// <summary>Builds the application with the services' one way to log; it is not started.</summary>
    private static WebApplication Build(Action<WebApplicationBuilder>? configure)
    {
        // A container's working directory is the root of all files: as the content root it would be watched, whole.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        ServiceLogging.Configure(builder.Logging);
        configure?.Invoke(builder);
        return builder.Build();
    }
}
