using System.Globalization;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Runs <c>time</c>.</summary>
internal sealed class TimeExecutor(ShellContext context)
{
    public async ValueTask<Flow> RunAsync(Command.Time time)
    {
        var clock = context.Run.Options.Time;
        var began = clock.GetTimestamp();
        var flow = time.Timed is { } timed ? await new ListExecutor(context).RunAsync(timed) : Flow.Next(0);
        var took = clock.GetElapsedTime(began);

        // Of the processor nothing is known here: what was not measured is not printed.
        var text = time.Posix
            ? string.Create(CultureInfo.InvariantCulture, $"real {took.TotalSeconds:F2}\n")
            : string.Create(
                CultureInfo.InvariantCulture, $"\nreal\t{(int)took.TotalMinutes}m{took.TotalSeconds % 60:F3}s\n");
        context.Print(2, text);
        return flow;
    }
}
