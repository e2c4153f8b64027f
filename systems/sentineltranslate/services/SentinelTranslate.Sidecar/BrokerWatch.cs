using Microsoft.Extensions.Logging;
using Reference.Redis;
using SentinelTranslate.Queue.Jobs;

namespace SentinelTranslate.Sidecar;

/// <summary>Knows whether there is a broker. One that accepts connections and answers nothing is none.</summary>
internal sealed partial class BrokerWatch(JobChannel queue, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits for the broker's first answer.</summary>
    /// <returns>False when there was none within 5 s.</returns>
    public async Task<bool> ConnectAsync(CancellationToken cancellationToken)
    {
        var answered = await AnsweredWithinGraceAsync(cancellationToken);
        if (answered)
        {
            LogConnected();
        }

        return answered;
    }

    /// <summary>Ends when the broker has not answered for 5 s.</summary>
    /// <returns>True when it was lost; false when the service is stopping.</returns>
    public async Task<bool> LostAsync(CancellationToken stopping)
    {
        try
        {
            while (await AnsweredWithinGraceAsync(stopping))
            {
                await Task.Delay(Pause, time, stopping);
            }

            return true;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<bool> AnsweredWithinGraceAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                await queue.PingAsync(AnswerLimit, cancellationToken);
                return true;
            }
            catch (RedisUnavailableException failure)
            {
                LogNoBroker(failure.Message);
            }

            if (time.GetElapsedTime(start) >= Grace)
            {
                LogGivingUp(Grace.TotalSeconds);
                return false;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "Broker answered")]
    private partial void LogConnected();

    [LoggerMessage(EventId = 11, Level = LogLevel.Error, Message = "Cannot reach the broker: {Reason}")]
    private partial void LogNoBroker(string reason);

    [LoggerMessage(EventId = 12, Level = LogLevel.Critical, Message = "No broker for {Seconds} s, exiting")]
    private partial void LogGivingUp(double seconds);
}
