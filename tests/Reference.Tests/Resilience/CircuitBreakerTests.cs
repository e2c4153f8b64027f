using Midwatch.Testing;
using Reference.Resilience;

namespace Reference.Tests.Resilience;

public sealed class CircuitBreakerTests
{
    private static readonly TimeSpan Open = TimeSpan.FromSeconds(10);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void It_opens_after_failures_in_a_row_and_only_then()
    {
        var circuit = new CircuitBreaker(3, Open, 1, _time);
        foreach (var worked in (bool[])[false, false, true, false, false])
        {
            Assert.Null(circuit.Refuses());
            circuit.Report(worked);
        }

        Assert.Equal(CircuitState.Closed, circuit.State);
        circuit.Report(worked: false);
        Assert.Equal(CircuitState.Open, circuit.State);
        Assert.Equal(Open, circuit.Refuses());
    }

    [Fact]
    public void Half_open_it_lets_some_try_and_one_that_works_closes_it()
    {
        var circuit = Failing(trials: 2);
        _time.Advance(Open);
        Assert.Equal(CircuitState.HalfOpen, circuit.State);
        Assert.Null(circuit.Refuses());
        Assert.Null(circuit.Refuses());
        circuit.Report(worked: true);
        Assert.Equal(CircuitState.Closed, circuit.State);
        Assert.Null(circuit.Refuses());
    }

    [Fact]
    public void A_try_that_fails_opens_it_for_the_whole_time_again()
    {
        var circuit = Failing(trials: 2);
        _time.Advance(Open);
        Assert.Null(circuit.Refuses());
        circuit.Report(worked: false);
        _time.Advance(Open / 2);
        Assert.Equal(Open / 2, circuit.Refuses());
    }

    [Fact]
    public void Tries_that_never_report_do_not_close_the_way_for_ever()
    {
        var circuit = Failing(trials: 1);
        _time.Advance(Open);
        Assert.Null(circuit.Refuses());
        Assert.Equal(Open, circuit.Refuses());
        _time.Advance(Open);
        Assert.Null(circuit.Refuses());
    }

    [Fact]
    public void A_caller_has_so_many_requests_a_minute_and_another_has_their_own()
    {
        var limit = new RateLimit(60, _time);
        Assert.All(Enumerable.Range(0, 60), _ => Assert.Null(limit.Refuses("a")));
        Assert.Equal(TimeSpan.FromSeconds(1), limit.Refuses("a"));
        Assert.Null(limit.Refuses("b"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(limit.Refuses("a"));
        Assert.NotNull(limit.Refuses("a"));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(60, Enumerable.Range(0, 100).Count(_ => limit.Refuses("a") is null));
    }

    private CircuitBreaker Failing(int trials)
    {
        var circuit = new CircuitBreaker(1, Open, trials, _time);
        Assert.Null(circuit.Refuses());
        circuit.Report(worked: false);
        return circuit;
    }
}
