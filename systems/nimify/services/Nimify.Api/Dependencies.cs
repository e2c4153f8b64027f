using Microsoft.Extensions.Logging;
using Nimify.Predictions;
using Reference.Database;

namespace Nimify.Api;

/// <summary>Knows at any time whether the tables are there and the model is loaded.</summary>
internal sealed partial class Dependencies(
    PredictionStore store, TritonClient triton, NimifySettings settings, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private volatile bool _prepared;
    private volatile bool _loaded;
    private volatile bool _told;

    /// <summary>Gets whether the tables were there once since the start.</summary>
    public bool Prepared => _prepared;

    /// <summary>Gets whether Triton had the model loaded when it was last asked, a second ago at most.</summary>
    public bool ModelLoaded => _loaded;

    /// <summary>Runs until cancelled.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await PrepareAsync(cancellationToken);
            var loaded = await triton.IsLoadedAsync(settings.ModelName, cancellationToken);
            if (loaded != _loaded || !_told)
            {
                LogModel(log, settings.ModelName, loaded ? "loaded" : "not loaded", settings.Triton);
            }

            (_loaded, _told) = (loaded, true);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_prepared)
        {
            return;
        }

        try
        {
            await store.PrepareAsync(cancellationToken);
            _prepared = true;
            LogPrepared(log);
        }
        catch (Exception failure) when (DatabaseOutage.Is(failure))
        {
            LogOutage(log, DatabaseOutage.Describe(failure));
        }
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "Model {Model} is {State} ({Triton})")]
    private static partial void LogModel(ILogger log, string model, string state, Uri triton);

    [LoggerMessage(EventId = 11, Level = LogLevel.Information, Message = "Connected to PostgreSQL, tables are there")]
    private static partial void LogPrepared(ILogger log);

    [LoggerMessage(EventId = 12, Level = LogLevel.Error, Message = "PostgreSQL cannot serve: {Reason}")]
    private static partial void LogOutage(ILogger log, string reason);
}
