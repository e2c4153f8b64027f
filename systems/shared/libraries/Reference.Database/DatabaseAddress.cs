using Npgsql;

namespace Reference.Database;

/// <summary>Reads <c>postgresql://user:password@host:port/database</c>.</summary>
public static class DatabaseAddress
{
    // Below a probe's or a caller's patience: a database that hangs must be told as such.
    private const int ConnectSeconds = 3;
    private const int CommandSeconds = 5;

    /// <summary>Makes a data source of this process' <c>DATABASE_URL</c>; nothing is connected yet.</summary>
    /// <exception cref="FormatException">As of <see cref="Open"/>.</exception>
    public static NpgsqlDataSource OfThisProcess() => Open(Environment.GetEnvironmentVariable("DATABASE_URL"));

    /// <summary>Makes a data source of the address; nothing is connected yet.</summary>
    /// <exception cref="FormatException">
    /// It is no such address; the message shows one and never the password.
    /// </exception>
    public static NpgsqlDataSource Open(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("postgresql" or "postgres")
            || uri.UserInfo.Split(':') is not [var user, var password] || uri.AbsolutePath.Length < 2)
        {
            throw new FormatException("DATABASE_URL is not set, or no postgresql://user:password@host:5432/database.");
        }

        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.IsDefaultPort ? 5432 : uri.Port,
            Username = Uri.UnescapeDataString(user),
            Password = Uri.UnescapeDataString(password),
            Database = uri.AbsolutePath[1..],
            Timeout = ConnectSeconds,
            CommandTimeout = CommandSeconds,
            MaxPoolSize = 10,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
