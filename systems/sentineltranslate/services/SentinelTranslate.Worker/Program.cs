namespace SentinelTranslate.Worker;

internal static class Program
{
    private const int Misconfigured = 2;

    private static async Task<int> Main()
    {
        try
        {
            var settings = WorkerSettings.Read(Environment.GetEnvironmentVariable);
            await WorkerService.RunAsync(settings, TimeProvider.System);
            return 0;
        }
        catch (FormatException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return Misconfigured;
        }
    }
}
