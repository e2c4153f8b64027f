using Microsoft.Extensions.Logging;
using Reference.Resilience;

namespace PyAirtable.Gateway;

/// <summary>A service behind the gateway, and the circuit breaker before it.</summary>
/// <param name="name">As in metrics and answers.</param>
/// <param name="http">Its base address and time limit are the service's.</param>
internal sealed class Backend(string name, HttpClient http, CircuitBreaker circuit, ILogger log) : IDisposable
{
    private CircuitState _told = CircuitState.Closed;

    public string Name => name;

    public CircuitState Circuit => circuit.State;

    /// <summary>Sends a request, unless the circuit is open.</summary>
    public async Task<BackendAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (circuit.Refuses() is { } wait)
        {
            return new BackendAnswer.Refused($"{name} failed several times in a row, its circuit is open", wait);
        }

        try
        {
            // The time limit is that of the headers and of the body: all of it is read here.
            var response = await http.SendAsync(request, cancellationToken);
            Report(worked: (int)response.StatusCode < 500, $"it answered {(int)response.StatusCode}");
            return new BackendAnswer.Answered(response);
        }
        catch (Exception failure) when (failure is HttpRequestException
            || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var reason = failure is TaskCanceledException
                ? $"no answer within {http.Timeout.TotalSeconds:0} s" : failure.Message;
            Report(worked: false, reason);
            return new BackendAnswer.Refused($"{name} cannot be reached: {reason}", TimeSpan.Zero);
        }
    }

    public void Dispose() => http.Dispose();

    private void Report(bool worked, string reason)
    {
        circuit.Report(worked);
        var state = circuit.State;
        if (state != _told)
        {
            GatewayLog.Circuit(log, name, state, worked ? "it answers again" : reason);
        }

        _told = state;
    }
}

/// <summary>What came of a request to a service.</summary>
internal abstract record BackendAnswer
{
    private BackendAnswer() { }

    /// <summary>It answered, with whatever status. Whoever gets it disposes of it.</summary>
    internal sealed record Answered(HttpResponseMessage Response) : BackendAnswer;

    /// <summary>It was not asked, or did not answer.</summary>
    /// <param name="Wait">How long to wait before asking again; zero for not known.</param>
    internal sealed record Refused(string Reason, TimeSpan Wait) : BackendAnswer;
}
