using Microsoft.Extensions.Logging;
using Mlops.Model;

namespace Mlops.ChurnApi;

/// <summary>
/// Holds the model that is served: the registry's version in production, else the file on the model volume. Looks for a
/// newer one from time to time; while there is none it keeps what it has.
/// </summary>
internal sealed partial class ModelHolder(TrackingClient? registry, string file, TimeProvider time, ILogger log)
{
    private const string ModelName = "churn-prediction-model";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private volatile LoadedModel? _current;
    private string _told = "";
    private DateTime _fileTime;

    /// <summary>Gets the model; null while none could be loaded.</summary>
    public LoadedModel? Current => _current;

    /// <summary>Runs until cancelled.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (!await FromRegistryAsync(cancellationToken))
            {
                FromFile();
            }

            await Task.Delay(_current is null ? TimeSpan.FromSeconds(1) : Pause, time, cancellationToken);
        }
    }

    private async Task<bool> FromRegistryAsync(CancellationToken cancellationToken)
    {
        if (registry is null)
        {
            return false;
        }

        try
        {
            if (await registry.LatestAsync(ModelName, "Production", cancellationToken) is not var (version, source))
            {
                return false;
            }

            if (_current?.Version != version)
            {
                _current = new LoadedModel(
                    ChurnModel.Parse(await registry.GetAsync(source, cancellationToken)), "production", version);
                LogLoaded(log, version, "the registry");
            }

            return true;
        }
        catch (Exception failure) when (failure is HttpRequestException or FormatException
            || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Tell($"The model cannot be loaded from the registry: {failure.Message}");
            return _current is { Variant: "production" };
        }
    }

    private void FromFile()
    {
        try
        {
            var written = File.GetLastWriteTimeUtc(file);
            if (_current is { Variant: "local" } && written == _fileTime)
            {
                return;
            }

            _current = new LoadedModel(ChurnModel.Parse(File.ReadAllText(file)), "local", "file");
            _fileTime = written;
            LogLoaded(log, "file", "/app/models/churn_model.pkl");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            Tell($"The model cannot be loaded from /app/models/churn_model.pkl: {failure.Message}");
        }
    }

    private void Tell(string problem)
    {
        if (problem != _told)
        {
            LogProblem(log, problem);
        }

        _told = problem;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Loaded model version {Version} from {Place}")]
    private static partial void LogLoaded(ILogger log, string version, string place);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "{Problem}")]
    private static partial void LogProblem(ILogger log, string problem);
}

/// <summary>A model and where it comes from.</summary>
internal sealed record LoadedModel(ChurnModel Model, string Variant, string Version);
