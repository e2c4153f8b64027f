using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Reference.Inference;

/// <summary>The models that a server has loaded, and why it has not loaded the others.</summary>
/// <remarks>Safe to use from many threads.</remarks>
public sealed partial class ModelRepository(IModelSource source, InferenceMetrics metrics, ILogger log)
{
    private ImmutableSortedDictionary<string, Entry> _entries =
        ImmutableSortedDictionary.Create<string, Entry>(StringComparer.Ordinal);

    /// <summary>Gets whether every model of the source is loaded (Triton's strict readiness).</summary>
    public bool AllReady => _entries.Values.All(entry => entry.Model is not null);

    /// <summary>Loads every model that the source has; one that is damaged does not keep the others from it.</summary>
    public void LoadAll()
    {
        foreach (var name in source.Names())
        {
            _ = Load(name);
        }
    }

    /// <summary>Loads a model, or loads it anew.</summary>
    /// <returns>Null, or why it could not be loaded.</returns>
    public string? Load(string name)
    {
        try
        {
            Put(name, new Entry(source.Load(name), ""));
            LogLoaded(log, name);
            return null;
        }
        catch (InferenceException failure)
        {
            Put(name, new Entry(null, failure.Message));
            LogFailed(log, name, failure.Message);
            return $"failed to load '{name}', {failure.Message}";
        }
    }

    /// <summary>Lets a model go; it can be loaded again.</summary>
    public void Unload(string name)
    {
        Put(name, new Entry(null, "unloaded"));
        LogUnloaded(log, name);
    }

    /// <summary>Finds a loaded model; null when there is none of that name.</summary>
    public IInferenceModel? Find(string name) => _entries.GetValueOrDefault(name)?.Model;

    /// <summary>Lists every model with its state, as <c>POST /v2/repository/index</c> tells it.</summary>
    public ImmutableArray<(string Name, string State, string Reason)> Index() =>
    [
        .. source.Names().Concat(_entries.Keys).Distinct().Order(StringComparer.Ordinal)
            .Select(name => _entries.GetValueOrDefault(name) switch
            {
                null => (name, "UNAVAILABLE", "not loaded"),
                { Model: null } entry => (name, "UNAVAILABLE", entry.Reason),
                _ => (name, "READY", ""),
            }),
    ];

    private void Put(string name, Entry entry)
    {
        _ = ImmutableInterlocked.Update(ref _entries, entries => entries.SetItem(name, entry));
        metrics.Know(name, entry.Model is not null);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "successfully loaded '{Model}'")]
    private static partial void LogLoaded(ILogger log, string model);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "failed to load '{Model}' version 1: {Reason}")]
    private static partial void LogFailed(ILogger log, string model, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "successfully unloaded '{Model}' version 1")]
    private static partial void LogUnloaded(ILogger log, string model);

    private sealed record Entry(IInferenceModel? Model, string Reason);
}
