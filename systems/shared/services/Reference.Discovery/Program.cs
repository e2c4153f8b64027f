using System.Runtime.InteropServices;
using Reference.ClusterApi;

namespace Reference.Discovery;

internal static class Program
{
    private const int Misconfigured = 2;

    private static async Task<int> Main()
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, stop));
        try
        {
            var settings = DiscoverySettings.Read(Environment.GetEnvironmentVariable);
            using var api = new ApiReader(settings.Account);
            await new TargetWriter(api, settings, TimeProvider.System).RunAsync(stop.Token);
            return 0;
        }
        catch (Exception failure) when (failure is FormatException or IOException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return Misconfigured;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static void End(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
