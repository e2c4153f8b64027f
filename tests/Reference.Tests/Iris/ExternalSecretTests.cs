using System.Text.Json.Nodes;
using Iris.ExternalSecrets;

namespace Reference.Tests.Iris;

public sealed class ExternalSecretTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1h", 3600)]
    [InlineData("90s", 90)]
    [InlineData("1h30m", 5400)]
    [InlineData("0", 0)]
    [InlineData("soon", 3600)]
    [InlineData("", 3600)]
    [InlineData("12", 3600)]
    public void A_refresh_interval_is_read(string text, int seconds) =>
        Assert.Equal(seconds, ExternalSecret.Duration(text).TotalSeconds);

    [Fact]
    public void It_is_due_when_new_when_somebody_changed_it_and_when_its_hour_is_over()
    {
        var fresh = Read();
        Assert.True(ExternalSecret.Read(fresh).IsDue(Now));

        fresh["status"] = Status(ExternalSecret.Read(fresh).Version, Now - TimeSpan.FromMinutes(59));
        Assert.False(ExternalSecret.Read(fresh).IsDue(Now));
        Assert.True(ExternalSecret.Read(fresh).IsDue(Now + TimeSpan.FromMinutes(2)));

        fresh["metadata"]!["annotations"] = new JsonObject { ["force-sync"] = "1" };
        Assert.True(ExternalSecret.Read(fresh).IsDue(Now));
    }

    [Fact]
    public void It_says_which_key_comes_from_where()
    {
        var wanted = ExternalSecret.Read(Read());
        Assert.Equal(("shop", "keys", "made", "vault"), (wanted.Namespace, wanted.Name, wanted.Target, wanted.Store));
        Assert.Equal("api", wanted.Keys["API_KEY"]);
        Assert.Equal("/apis/external-secrets.io/v1beta1/namespaces/shop/externalsecrets/keys", wanted.Path);
    }

    [Fact]
    public void A_store_of_another_provider_is_told()
    {
        var store = JsonNode.Parse("""{"spec":{"provider":{"aws":{}}}}""")!.AsObject();
        Assert.Throws<FormatException>(() => VaultAddress.Read(store));
    }

    private static JsonObject Read() => JsonNode.Parse("""
        {
          "metadata": { "namespace": "shop", "name": "keys", "uid": "u", "generation": 1 },
          "spec": {
            "refreshInterval": "1h",
            "secretStoreRef": { "name": "vault" },
            "target": { "name": "made" },
            "data": [{ "secretKey": "API_KEY", "remoteRef": { "key": "api" } }]
          }
        }
        """)!.AsObject();

    private static JsonObject Status(string version, DateTimeOffset at) =>
        new() { ["syncedResourceVersion"] = version, ["refreshTime"] = at.ToString("O") };
}
