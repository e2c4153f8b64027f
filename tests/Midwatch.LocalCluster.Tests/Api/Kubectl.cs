using System.Diagnostics;

namespace Midwatch.LocalCluster.Tests.Api;

/// <summary>Stock kubectl binaries, the judges of the API server.</summary>
internal sealed class Kubectl(string program, RunningApi api)
{
    private static readonly string[] Places =
    [
        "/opt/kubectl120/usr/bin/kubectl",
        "/usr/lib/google-cloud-sdk/bin/kubectl.{0}",
    ];

    /// <summary>The kubectl of a version, or a skip when this machine has none.</summary>
    public static Kubectl Of(string version, RunningApi api)
    {
        var path = version == "1.20" ? Places[0] : Places[1].Replace("{0}", version, StringComparison.Ordinal);
        if (!File.Exists(path))
        {
            Assert.Skip($"kubectl {version} is not installed ({path}).");
        }

        return new Kubectl(path, api);
    }

    public Task<(int Code, string Output)> RunAsync(params string[] arguments) => RunAsync(api.Kubeconfig, arguments);

    public async Task<(int Code, string Output)> RunAsync(string kubeconfig, string[] arguments)
    {
        using var process = Start(kubeconfig, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }

    /// <summary>Runs and expects success.</summary>
    public async Task<string> GetAsync(params string[] arguments)
    {
        var (code, output) = await RunAsync(arguments);
        Assert.True(code == 0, $"kubectl {string.Join(' ', arguments)} ended with {code}:\n{output}");
        return output;
    }

    public Process Start(string kubeconfig, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = api.Folder,
        };
        start.Environment["KUBECONFIG"] = kubeconfig;
        start.Environment["HOME"] = api.Folder;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
