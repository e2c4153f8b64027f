using Midwatch.Shell.Transcripts;

namespace Midwatch.Shell.Tests.Transcripts;

/// <summary>Which commands open a shell, a database or an interpreter.</summary>
public sealed class OpenedPlacesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("kubectl exec -it web-0 -n shop -- /bin/bash", "pod")]
    [InlineData("kubectl -n shop run probe --rm -it --image=busybox -- sh", "pod")]
    [InlineData("oc rsh -n shop web-0", "pod")]
    [InlineData("kubectl debug node/worker-1 -it --image=busybox", "node")]
    [InlineData("kubectl debug -it web-0 --image=busybox --target=web", "pod")]
    [InlineData("docker exec -it web bash", "container")]
    [InlineData("kubectl exec -it db-0 -- psql -U postgres -d shop", "database")]
    [InlineData("kubectl exec -it db-0 -- psql -n -U postgres", "database")]
    [InlineData("kubectl exec -it cache-0 -- redis-cli", "database")]
    [InlineData("sudo psql -h db -p 5432 -U postgres shop", "database")]
    [InlineData("mysql -uroot -password -h db", "database")]
    [InlineData("ssh -i key.pem ada@bastion", "host")]
    [InlineData("sudo su - postgres", "root")]
    [InlineData("bundle exec rails console", "repl")]
    [InlineData("kubectl exec -it web-0 -- rails c", "repl")]
    [InlineData("kubectl exec db-0 -- psql -c 'select 1'", null)]
    [InlineData("kubectl exec web-0 -- ls", null)]
    [InlineData("kubectl get pods", null)]
    [InlineData("ssh bastion 'uptime'", null)]
    [InlineData("echo one | psql", null)]
    public void A_command_opens_what_it_opens(string command, string? place) =>
        Assert.Equal(place, OpenedPlaces.OpenedBy(command));

    [Theory]
    [InlineData("kubectl exec db-0 -- psql", " -password", " '")]
    [InlineData("kubectl exec db-0 -- psql", " -U x", " '")]
    [InlineData("kubectl exec", " exec psql", "'")]
    [InlineData("kubectl run", " run -it sh", "'")]
    [InlineData("kubectl debug", " debug -it", " '")]
    [InlineData("psql", " -password", " '")]
    [InlineData("psql", " -p", " '")]
    [InlineData("ssh", " -a b", " '")]
    [InlineData("ssh", " --a", " '")]
    [InlineData("oc rsh", " -a b", " '")]
    [InlineData("redis-cli", " -pass x", " '")]
    public async Task A_hostile_command_is_answered(string before, string again, string behind)
    {
        var command = before + string.Concat(Enumerable.Repeat(again, (390 - before.Length) / again.Length)) + behind;
        // An expression that tries every way of reading such a text takes years.
        var answer = Task.Run(() => OpenedPlaces.OpenedBy(command), TestContext.Current.CancellationToken);
        Assert.Same(answer, await Task.WhenAny(answer, Task.Delay(
            Patience, TimeProvider.System, TestContext.Current.CancellationToken)));
    }
}
