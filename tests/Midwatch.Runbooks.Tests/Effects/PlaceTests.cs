using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Tests.Effects;

/// <summary>Wall 5: whatever leads somewhere else, or makes a command act as somebody else, is told.</summary>
public sealed class PlaceTests
{
    [Fact]
    public void What_leads_to_another_place_or_identity_is_told()
    {
        var silent = EffectTests.Lines("Effects/Attacks/places.txt")
            .Select(line => (line, Effect: Judging.Of(line)))
            .Where(each => each.Effect is { Effect: Effect.Read, Elsewhere.IsEmpty: true, Hosts.IsEmpty: true })
            .Select(each => each.line)
            .ToList();

        Assert.True(silent.Count == 0, string.Join("\n", silent));
    }

    /// <summary>A switch or an identity is refused whatever its effect: it has to be told as such.</summary>
    [Fact]
    public void What_switches_place_or_identity_is_told_as_that()
    {
        var silent = EffectTests.Lines("Effects/Attacks/places.txt")
            .SkipWhile(line => line != "kubectl config use-context other")
            .Where(line => Judging.Of(line).Elsewhere.IsEmpty)
            .ToList();

        Assert.True(silent.Count == 0, string.Join("\n", silent));
    }

    [Theory]
    [InlineData("psql -h postgres -c 'select 1'")]
    [InlineData("psql postgresql://app@postgres.shop.svc:5432/app -c 'select 1'")]
    [InlineData("redis-cli -h redis.shop ping")]
    [InlineData("curl http://web.shop.svc.cluster.local:8080/health")]
    [InlineData("curl http://[::1]:8080/health")]
    [InlineData("curl http://10.0.3.4:8080/health")]
    [InlineData("curl \"http://$HOST/health\"")]
    [InlineData("etcdctl --endpoints=https://127.0.0.1:2379 endpoint health")]
    [InlineData("ssh node-1 uptime")]
    public void A_host_that_may_be_of_the_cluster_is_no_other_place(string command)
    {
        var effect = Judging.Of(command);

        Assert.Equal(Effect.Read, effect.Effect);
        Assert.Empty(effect.Hosts);
        Assert.Empty(effect.Elsewhere);
    }

    [Fact]
    public void A_host_that_only_running_tells_is_told_when_it_runs()
    {
        Assert.Empty(Judging.Of("curl \"http://$HOST/\"").Hosts);
        Assert.Equal(["evil.example.com"], Judging.OfCall("curl", "http://evil.example.com/").Hosts);
    }
}
