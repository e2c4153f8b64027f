using System.Diagnostics;

namespace Midwatch.Systems.Tests.Running;

/// <summary>Prometheus' own tool.</summary>
internal static class Promtool
{
    /// <summary>Runs it; it must be content.</summary>
    internal static async Task PassesAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("promtool", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var promtool = Process.Start(start) ?? throw new InvalidOperationException("promtool did not start.");
        var stop = TestContext.Current.CancellationToken;
        var output = promtool.StandardOutput.ReadToEndAsync(stop);
        var error = promtool.StandardError.ReadToEndAsync(stop);
        await promtool.WaitForExitAsync(stop);
        Assert.True(promtool.ExitCode == 0, await output + await error);
    }
}
