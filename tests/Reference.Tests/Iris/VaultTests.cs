using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Iris.ExternalSecrets;
using Iris.KeyVault;
using Microsoft.Extensions.Logging.Abstractions;

namespace Reference.Tests.Iris;

public sealed class VaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vault").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "secrets.json");

    [Fact]
    public async Task The_operator_reads_the_newest_value_of_a_secret()
    {
        var vault = new Vault(File, TimeProvider.System);
        vault.Set("api-key", "old");
        vault.Set("api-key", "new");
        await using var service = await StartAsync(vault);
        using var http = new HttpClient();
        var client = new VaultClient(http);
        Assert.Equal("new", await client.ReadAsync(service.Address, "good", "api-key", Stop));
        var refused = await Assert.ThrowsAsync<VaultException>(
            () => client.ReadAsync(service.Address, "bad", "api-key", Stop));
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
        var missing = await Assert.ThrowsAsync<VaultException>(
            () => client.ReadAsync(service.Address, "good", "other", Stop));
        Assert.Contains("has no secret 'other'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_set_over_the_protocol_is_there_after_a_new_start()
    {
        string first;
        await using (var service = await StartAsync(new Vault(File, TimeProvider.System)))
        {
            using var http = new HttpClient { BaseAddress = service.Address };
            http.DefaultRequestHeaders.Add("Authorization", "Bearer good");
            var set = await http.PutAsJsonAsync("/secrets/api-key", new { value = "one" }, Stop);
            first = JsonNode.Parse(await set.Content.ReadAsStringAsync(Stop))!["id"]!.ToString().Split('/')[^1];
            await http.PutAsJsonAsync("/secrets/api-key", new { value = "two" }, Stop);
            var wrong = await http.PutAsJsonAsync("/secrets/api-key", new { other = "three" }, Stop);
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        }

        var vault = new Vault(File, TimeProvider.System);
        Assert.Equal("two", vault.Find("API-Key", id: null)?.Value);
        Assert.Equal("one", vault.Find("api-key", first)?.Value);
    }

    [Fact]
    public void A_damaged_file_is_no_empty_vault()
    {
        System.IO.File.WriteAllText(File, "{");
        Assert.Throws<IOException>(() => new Vault(File, TimeProvider.System));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<Service> StartAsync(Vault vault) =>
        Service.StartAsync(app => new VaultApi(vault, "good", NullLogger.Instance).MapTo(app));
}
