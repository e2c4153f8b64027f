using Iris.Storage;

namespace Iris.BlobTool;

/// <summary>Waits for a storage account that begins at the same time as who needs it.</summary>
internal static class FirstAnswer
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks again as long as nobody listens there, for 8 s at most.</summary>
    /// <exception cref="StorageException">The account refuses, or nobody listens there.</exception>
    public static async Task<T> OfAsync<T>(Func<Task<T>> ask, TimeProvider time)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StorageException failure) when (failure.InnerException is HttpRequestException
                { HttpRequestError: HttpRequestError.ConnectionError } && time.GetElapsedTime(start) < Limit)
            {
                await Task.Delay(Pause, time);
            }
        }
    }
}
