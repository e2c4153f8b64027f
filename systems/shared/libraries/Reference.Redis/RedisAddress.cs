using System.Globalization;

namespace Reference.Redis;

/// <summary>Where a Redis database is: <c>redis://host:6379/0</c>.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">The TCP port, 6379 unless the address names another.</param>
/// <param name="Database">The database's number, 0 unless the address names another.</param>
public sealed record RedisAddress(string Host, int Port, int Database)
{
    private const int RedisPort = 6379;

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">The text is no such address; the message shows a right one.</exception>
    public static RedisAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != "redis" || uri.Host.Length == 0)
        {
            throw new FormatException($"'{text}' is not a Redis address such as 'redis://redis-master:6379/0'.");
        }

        var path = uri.AbsolutePath.Trim('/');
        var database = 0;
        if (path.Length > 0 && !int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out database))
        {
            throw new FormatException($"'{path}' in '{text}' is not the number of a database.");
        }

        return new RedisAddress(uri.Host, uri.Port < 0 ? RedisPort : uri.Port, database);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"redis://{Host}:{Port}/{Database}");
}
