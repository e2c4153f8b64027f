using System.Globalization;

namespace Midwatch.Storage;

/// <summary>One process at a time works on a data directory. The lock ends with the process, however it ends.</summary>
public sealed class DataDirectoryLock : IDisposable
{
    private const string FileName = "midwatch.lock";
    private const string OwnerFileName = "midwatch.owner";

    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, making the directory when it is not there.</summary>
    /// <param name="owner">Who takes it, for the message that others get: command and process id.</param>
    public static LockAttempt TryTake(string directory, string owner)
    {
        var path = Path.Combine(directory, FileName);
        try
        {
            Directory.CreateDirectory(directory);

            // FileShare.None is flock(LOCK_EX): the kernel frees it when the process ends, however it ends. Nobody can
            // read a file that is locked so, hence the owner stands in a file of its own.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(Path.Combine(directory, OwnerFileName), owner);
            return new LockAttempt.Taken(new DataDirectoryLock(file));
        }
        catch (UnauthorizedAccessException)
        {
            return new LockAttempt.Refused(
                $"The data directory {directory} cannot be written.",
                "Give --data a directory that you own, or set MIDWATCH_DATA.");
        }
        catch (IOException problem)
        {
            return Owner(directory) is { Length: > 0 } other
                ? new LockAttempt.Refused(
                    $"The data directory {directory} is in use by {other}.",
                    "Stop that one first, or give --data another directory.")
                : new LockAttempt.Refused(
                    string.Create(CultureInfo.InvariantCulture,
                        $"The data directory {directory} cannot be used: {problem.Message}"),
                    "Give --data a directory that can be written.");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static string? Owner(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, OwnerFileName)).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>What came of trying to take the lock.</summary>
public abstract record LockAttempt
{
    private LockAttempt()
    {
    }

    /// <summary>It is ours until it is disposed.</summary>
    public sealed record Taken(DataDirectoryLock Lock) : LockAttempt;

    /// <summary>It is not; both sentences are for people.</summary>
    public sealed record Refused(string Reason, string Remedy) : LockAttempt;
}
