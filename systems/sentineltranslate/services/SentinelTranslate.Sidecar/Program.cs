using Reference.Web;
using SentinelTranslate.Sidecar;

try
{
    return await ServiceHost.RunAsync("sidecar", Settings, SidecarService.RunAsync, SidecarService.Configure);
}
catch (Exception failure) when (failure is IOException or FormatException)
{
    // The process boundary. What reaches it was not foreseen by the service, so it ends as .NET programs do, with
    // the whole trace; only the exit code is the plain 1 of an application error.
    await Console.Error.WriteLineAsync($"Unhandled exception. {failure}");
    return 1;
}

static SidecarSettings Settings() => SidecarSettings.Read(Environment.GetEnvironmentVariable);
