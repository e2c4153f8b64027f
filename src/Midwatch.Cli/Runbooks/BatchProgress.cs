using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Runbooks;

/// <summary>Shows on a terminal how far a long batch is; on anything else it is silent.</summary>
internal sealed class BatchProgress(Screen screen, int all)
{
    // Below this a batch is over before anybody looks.
    private const int Worth = 200;
    private const int Step = 50;

    private readonly Lock _lock = new();
    private readonly bool _shown = all >= Worth && screen.Progress;
    private int _done;

    internal void Done()
    {
        if (!_shown)
        {
            return;
        }

        var done = Interlocked.Increment(ref _done);
        if (done % Step == 0)
        {
            lock (_lock)
            {
                screen.Error.Write(FormattableString.Invariant($"\r{done} of {all} runbooks"));
            }
        }
    }

    internal void End()
    {
        if (_shown)
        {
            screen.Error.Write("\r\e[K");
        }
    }
}
