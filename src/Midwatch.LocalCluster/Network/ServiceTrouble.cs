namespace Midwatch.LocalCluster.Network;

/// <summary>What goes wrong on the way to a service, for faults.</summary>
/// <param name="Delay">How much later each part of a request gets there.</param>
/// <param name="IsCut">Nothing gets there, and nothing says so.</param>
/// <param name="FailingPercent">How many of a hundred connections are answered with 503 on the way.</param>
internal sealed record ServiceTrouble(TimeSpan Delay, bool IsCut, int FailingPercent)
{
    public const string Answer =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 19\r\n"
        + "Connection: close\r\n\r\nservice unavailable";
}
