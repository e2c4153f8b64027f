using System.Globalization;
using System.Net.Sockets;
using Reference.Redis.Resp;

namespace Reference.Redis;

/// <summary>One connection to a Redis database, made when first needed and made anew after a failure.</summary>
/// <remarks>Safe to use from many threads: commands wait for each other.</remarks>
/// <param name="address">The server and the database.</param>
/// <param name="time">The clock of the time limits.</param>
public sealed class RedisClient(RedisAddress address, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private TcpClient? _connection;
    private RespReader? _replies;

    /// <summary>Gets the server and the database this client speaks to.</summary>
    public RedisAddress Address => address;

    /// <summary>Sends one command and waits for its reply.</summary>
    /// <param name="limit">How long connecting, sending and answering may take together.</param>
    /// <exception cref="RedisUnavailableException">No answer within the limit, for whatever reason.</exception>
    public async Task<RespValue> ExecuteAsync(
        TimeSpan limit, CancellationToken cancellationToken, params string[] command)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _turn.WaitAsync(either.Token);
            try
            {
                return await ExchangeAsync(command, either.Token);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var seconds = limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            throw new RedisUnavailableException($"No answer from {address} within {seconds} s", null);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection?.Dispose();
        _turn.Dispose();
    }

    private async Task<RespValue> ExchangeAsync(string[] command, CancellationToken cancellationToken)
    {
        var answered = false;
        try
        {
            var replies = await ConnectAsync(cancellationToken);
            var reply = await ExchangeAsync(replies, RespRequest.Encode(command), cancellationToken);
            answered = true;
            return reply;
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            throw new RedisUnavailableException($"{failure.Message} ({address})", failure);
        }
        finally
        {
            // After a cut-off exchange the next reply on this connection would belong to the wrong command.
            if (!answered)
            {
                _connection?.Dispose();
                _connection = null;
            }
        }
    }

    private async Task<RespReader> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is not null && _replies is not null)
        {
            return _replies;
        }

        _connection = new TcpClient { NoDelay = true };
        await _connection.ConnectAsync(address.Host, address.Port, cancellationToken);
        _replies = new RespReader(_connection.GetStream());
        if (address.Database != 0)
        {
            var number = address.Database.ToString(CultureInfo.InvariantCulture);
            await ExchangeAsync(_replies, RespRequest.Encode("SELECT", number), cancellationToken);
        }

        return _replies;
    }

    private async Task<RespValue> ExchangeAsync(RespReader replies, byte[] request, CancellationToken cancellationToken)
    {
        await _connection!.GetStream().WriteAsync(request, cancellationToken);
        return await replies.ReadAsync(cancellationToken);
    }
}
