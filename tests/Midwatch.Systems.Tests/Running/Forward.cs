using System.Text;
using System.Text.RegularExpressions;

namespace Midwatch.Systems.Tests.Running;

/// <summary>A service of a running system on a free port of loopback, by <c>kubectl port-forward</c>.</summary>
internal sealed partial class Forward : IAsyncDisposable
{
    private readonly Kubectl _kubectl;
    private readonly HttpClient _http;

    private Forward(Kubectl kubectl, Uri address) =>
        (_kubectl, _http) = (kubectl, new HttpClient { BaseAddress = address });

    internal Uri Address => _http.BaseAddress!;

    internal static async Task<Forward> StartAsync(SystemUnderTest system, string ns, string target, int port)
    {
        var kubectl = Kubectl.Start(system, "port-forward", "-n", ns, target, $":{port}");
        var line = await kubectl.LineAsync();
        var found = Port().Match(line);
        if (!found.Success)
        {
            await kubectl.DisposeAsync();
            Assert.Fail($"kubectl port-forward {target} said: {line}");
        }

        return new Forward(kubectl, new Uri($"http://127.0.0.1:{found.Groups[1].Value}"));
    }

    internal Task<string> GetAsync(string path) =>
        _http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    /// <returns>The answer's body, whatever its status.</returns>
    internal async Task<string> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(
            new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _kubectl.DisposeAsync();
    }

    [GeneratedRegex(@"127\.0\.0\.1:(\d+) ->")]
    private static partial Regex Port();
}
