using System.Net.Sockets;
using Npgsql;

namespace Reference.Database;

/// <summary>Tells a database that cannot serve from a mistake of ours.</summary>
public static class DatabaseOutage
{
    /// <summary>Whether the failure is the database's: away, starting, ending, full, or too slow.</summary>
    public static bool Is(Exception failure) => failure switch
    {
        // Classes of SQLSTATE: 08 connection, 53 resources (disk full, too many clients), 57 operator (shutdown),
        // 58 system (I/O error), XX internal (damaged data); 28 a password that was changed beneath us.
        PostgresException { SqlState: var state } => state[..2] is "08" or "53" or "57" or "58" or "XX" or "28",
        NpgsqlException or SocketException or TimeoutException => true,
        _ => false,
    };

    /// <summary>One line for a log or an answer.</summary>
    public static string Describe(Exception failure) =>
        failure.InnerException is SocketException socket ? $"{failure.Message.Split('\n')[0]}: {socket.Message}"
            : failure.Message.Split('\n')[0];
}
