namespace SentinelTranslate.Sidecar;

internal static class Program
{
    private const int Failed = 1;

    private static async Task<int> Main()
    {
        try
        {
            var settings = SidecarSettings.Read(Environment.GetEnvironmentVariable);
            return await SidecarService.RunAsync(settings, TimeProvider.System) ? 0 : Failed;
        }
        catch (Exception failure) when (failure is IOException or FormatException)
        {
            // The process boundary. What reaches it was not foreseen by the service, so it ends as .NET programs
            // do, with the whole trace; only the exit code is the plain 1 of an application error.
            await Console.Error.WriteLineAsync($"Unhandled exception. {failure}");
            return Failed;
        }
    }
}
