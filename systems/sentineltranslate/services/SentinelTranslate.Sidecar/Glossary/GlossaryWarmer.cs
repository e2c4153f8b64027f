using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace SentinelTranslate.Sidecar.Glossary;

/// <summary>New in release 1.5.0: writes the release's glossary to a cache on disk, once traffic has settled.</summary>
/// <remarks>
/// Release 1.5.0 is the bad release of the system, and this is why. The lock keeps two processes from warming one
/// cache; nothing removes it when warming fails, and the cache outlives the container (an emptyDir lives as long
/// as its pod). So the first failure is repeated by every later start. The flaws stay: the rehearsal needs them.
/// </remarks>
internal sealed partial class GlossaryWarmer
{
    private const string LockFile = "glossary.lock";
    private const string CacheFile = "glossary.cache";
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(12);
    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    private GlossaryWarmer(string directory, TimeProvider time, ILogger log)
    {
        _directory = directory;
        _time = time;
        _log = log;
    }

    /// <summary>Takes the lock of the cache.</summary>
    /// <exception cref="IOException">Another process holds it, or left it behind.</exception>
    public static GlossaryWarmer Begin(string directory, TimeProvider time, ILogger log)
    {
        Directory.CreateDirectory(directory);
        using var file = new FileStream(Path.Combine(directory, LockFile), FileMode.CreateNew, FileAccess.Write);
        using var writer = new StreamWriter(file);
        writer.WriteLine(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        LogLocked(log, directory);
        return new GlossaryWarmer(directory, time, log);
    }

    /// <summary>Fills the cache, then gives the lock back.</summary>
    /// <exception cref="FormatException">The glossary of this release is damaged.</exception>
    public async Task WarmAsync(CancellationToken stopping)
    {
        try
        {
            await Task.Delay(SettleTime, _time, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }

        LogWarming(_log);
        var terms = GlossaryTable.Parse("glossary.tsv", Shipped());
        var lines = terms.Select(term => $"{term.Key}\t{term.Value}");
        await File.WriteAllLinesAsync(Path.Combine(_directory, CacheFile), lines, stopping);
        File.Delete(Path.Combine(_directory, LockFile));
        LogWarm(_log, terms.Count);
    }

    /// <summary>Reads the glossary that this release ships.</summary>
    internal static string Shipped()
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream("glossary.tsv")
            ?? throw new FileNotFoundException("The program was built without its glossary.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [LoggerMessage(EventId = 20, Level = LogLevel.Information, Message = "Glossary cache {Directory} locked")]
    private static partial void LogLocked(ILogger log, string directory);

    [LoggerMessage(EventId = 21, Level = LogLevel.Information, Message = "Warming the glossary cache")]
    private static partial void LogWarming(ILogger log);

    [LoggerMessage(EventId = 22, Level = LogLevel.Information, Message = "Glossary cache holds {Count} terms")]
    private static partial void LogWarm(ILogger log, int count);
}
