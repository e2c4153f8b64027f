using Midwatch.Execution.Redaction;

namespace Midwatch.Execution.Tests.Redaction;

public sealed class SecretArgumentsTests
{
    private readonly SecretArguments _arguments = new();

    [Theory]
    [InlineData("kubectl create secret x --docker-password=abc",
        "kubectl create secret x --docker-password=«secret:docker-password»")]
    [InlineData("kubectl create secret x --docker-password abc -n n",
        "kubectl create secret x --docker-password «secret:docker-password» -n n")]
    [InlineData("kubectl create secret generic x --from-literal=key=abc",
        "kubectl create secret generic x --from-literal=key=«secret:from-literal»")]
    [InlineData("redis-cli -a abc ping", "redis-cli -a «secret:a» ping")]
    [InlineData("kubectl get pods -a abc", "kubectl get pods -a abc")]
    [InlineData("env PGPASSWORD=abc psql", "env PGPASSWORD=«secret:PGPASSWORD» psql")]
    public void Secret_arguments_are_replaced(string argv, string expected) =>
        Assert.Equal(expected, string.Join(' ', _arguments.Redact([.. argv.Split(' ')])));

    [Fact]
    public void A_header_that_carries_a_secret_is_replaced() =>
        Assert.Equal(
            ["curl", "-H", "Authorization: «secret:AUTHORIZATION»"],
            _arguments.Redact(["curl", "-H", "Authorization: Basic abc"])
                .Select(word => word.Replace(":«", ": «", StringComparison.Ordinal)));

    [Fact]
    public void Another_secret_is_another_sealed_vector()
    {
        var one = _arguments.Seal(["x", "--token=a"]);
        Assert.NotEqual(one, _arguments.Seal(["x", "--token=b"]));
        Assert.Equal(one, _arguments.Seal(["x", "--token=a"]).AsEnumerable());
        Assert.DoesNotContain(one, word => word == "--token=a");
    }
}
