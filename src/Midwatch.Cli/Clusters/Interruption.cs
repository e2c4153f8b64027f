namespace Midwatch.Cli.Clusters;

/// <summary>Waiting for a person's Ctrl-C or for SIGTERM.</summary>
internal static class Interruption
{
    /// <param name="orEnter">Whether a line typed by a person ends the wait too.</param>
    internal static async Task WaitAsync(CancellationToken cancellationToken, bool orEnter = false)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() => asked.TrySetResult());
        await (orEnter ? Task.WhenAny(asked.Task, Task.Run(Console.ReadLine, cancellationToken)) : asked.Task);
    }
}
