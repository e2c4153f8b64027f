namespace Midwatch.Cli.Clusters;

/// <summary>Waiting for a person's Ctrl-C or for SIGTERM.</summary>
internal static class Interruption
{
    internal static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() => asked.TrySetResult());
        await asked.Task;
    }
}
