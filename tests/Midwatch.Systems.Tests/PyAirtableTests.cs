using System.Text.Json.Nodes;
using Midwatch.Systems.Tests.Running;

namespace Midwatch.Systems.Tests;

/// <summary>The tables' system does what it is for, and goes on with what it can while a part of it is away.</summary>
public sealed class PyAirtableTests
{
    private const StringComparison Exactly = StringComparison.Ordinal;
    private const string Ns = "pyairtable";
    private const string Gateway = "http://api-gateway:8080";
    private const string Key = "X-API-Key: web-7f3b2c";

    [Fact]
    public async Task Somebody_registers_logs_in_keeps_records_and_goes_on_while_the_auth_service_is_away()
    {
        Repository.Needs("kubectl", "prometheus", "psql", "redis-server");
        await using var system = await SystemUnderTest.UpAsync(Ns);
        Assert.Contains("\"status\":\"operational\"",
            await system.CurlAsync(Ns, "postgres", $"{Gateway}/api/status"), Exactly);
        Assert.Contains("an API key is needed",
            await system.CurlAsync(Ns, "postgres", $"{Gateway}/api/platform/tables"), Exactly);

        const string Ada = """{"email":"ada@example.org","password":"a long password"}""";
        Assert.Contains("ada@example.org", await AskAsync(system, null, "/api/auth/register", Ada), Exactly);
        var tokens = JsonNode.Parse(await AskAsync(system, null, "/api/auth/login", Ada))!;
        var token = (string)tokens["access_token"]!;
        Assert.Contains("not valid", await AskAsync(system, token + "x", "/api/platform/tables"), Exactly);

        var table = JsonNode.Parse(await AskAsync(system, token, "/api/platform/tables",
            """{"name":"stars","fields":[{"name":"name","type":"text"},{"name":"magnitude","type":"number"}]}"""))!;
        var records = $"/api/platform/tables/{table["id"]}/records";
        Assert.Contains("takes a number", await AskAsync(
            system, token, records, """{"fields":{"name":"Vega","magnitude":"bright"}}"""), Exactly);
        _ = await AskAsync(system, token, records, """{"fields":{"name":"Vega","magnitude":0.03}}""");
        Assert.Contains("Vega", await AskAsync(system, token, records), Exactly);
        Assert.Equal("1", (await system.ExecAsync(Ns, "postgres", "psql", "-U", "postgres", "-At", "pyairtable", "-c",
            "SELECT count(*) FROM records WHERE fields->>'name' = 'Vega'")).Trim());

        // Both gateways know the token before the auth service goes.
        await SystemCalls.UntilAsync("both gateways know the token", async () => await KnownAsync(system, token) == 2);
        _ = await system.KubectlAsync("scale", "deployment", "auth-service", "-n", Ns, "--replicas=0");
        await SystemCalls.UntilAsync("nobody can log in", async () =>
            (await AskAsync(system, null, "/api/auth/login", Ada)).Contains("circuit is open", Exactly));
        Assert.Contains("Vega", await AskAsync(system, token, records), Exactly);
        Assert.Contains("degraded", await system.CurlAsync(Ns, "postgres", $"{Gateway}/api/status"), Exactly);
        _ = await system.KubectlAsync("scale", "deployment", "auth-service", "-n", Ns, "--replicas=2");
        await SystemCalls.UntilAsync("people log in again", async () =>
            (await AskAsync(system, null, "/api/auth/login", Ada)).Contains("access_token", Exactly));
        await system.SeesAllTargetsAsync(Ns, "postgres", "http://chaos-prometheus.chaos-engineering:9090", 9);
    }

    [Theory]
    [InlineData("chaos-overview", "PyAirtable Chaos Engineering Overview")]
    [InlineData("pod-status", "Kubernetes Pod Status")]
    [InlineData("performance", "Application Performance")]
    public void Each_dashboard_that_the_document_names_is_the_one_that_grafana_gets(string file, string title)
    {
        var text = File.ReadAllText(ReferenceSystems.Folder(Ns, "dashboards", $"{file}.json"));
        Assert.Equal(title, (string)JsonNode.Parse(text)!["title"]!);
        var map = File.ReadAllText(ReferenceSystems.Folder(Ns, "manifests", "60-dashboards.yaml"));
        var indented = string.Concat(text.TrimEnd('\n').Split('\n').Select(line => $"    {line}\n"));
        Assert.Contains($"  {file}.json: |\n{indented}", map, Exactly);
    }

    /// <summary>How many gateways took the token from their cache, after asking a few times.</summary>
    private static async Task<int> KnownAsync(SystemUnderTest system, string token)
    {
        for (var request = 0; request < 4; request++)
        {
            _ = await AskAsync(system, token, "/api/platform/tables");
        }

        var pods = await system.KubectlAsync(
            "get", "pods", "-n", Ns, "-l", "app=api-gateway", "-o", "jsonpath={.items[*].status.podIP}");
        var known = 0;
        foreach (var address in pods.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var metrics = await system.CurlAsync(Ns, "postgres", $"http://{address}:8080/metrics");
            known += metrics.Contains("gateway_token_checks_total{result=\"cached\"}", Exactly) ? 1 : 0;
        }

        return known;
    }

    private static Task<string> AskAsync(SystemUnderTest system, string? token, string path, string? body = null) =>
        system.ExecAsync(Ns, "postgres",
        [
            "curl", "-s", "-H", Key,
            .. token is null ? (string[])[] : ["-H", $"Authorization: Bearer {token}"],
            .. body is null ? (string[])[] : ["-d", body],
            Gateway + path,
        ]);
}
