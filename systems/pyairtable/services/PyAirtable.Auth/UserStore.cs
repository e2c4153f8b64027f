using System.Collections.Immutable;
using Npgsql;
using Reference.Database;

namespace PyAirtable.Auth;

/// <summary>The users, in PostgreSQL.</summary>
/// <remarks>Every method throws what <see cref="DatabaseOutage"/> knows when the database cannot serve.</remarks>
internal sealed class UserStore(NpgsqlDataSource database)
{
    private static readonly ImmutableArray<string> Tables =
    [
        """
        CREATE TABLE users (id uuid PRIMARY KEY, email text UNIQUE NOT NULL, password text NOT NULL,
            first_name text NOT NULL, last_name text NOT NULL, at timestamptz NOT NULL DEFAULT now())
        """,
    ];

    /// <summary>Brings the tables up to date; safe to call from every replica.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) =>
        TableVersions.MigrateAsync(database, "auth", Tables, cancellationToken);

    /// <summary>Adds a user.</summary>
    /// <returns>False when the address is taken.</returns>
    public async Task<bool> AddAsync(User user, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO users (id, email, password, first_name, last_name) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (email) DO NOTHING
            """);
        command.Bind(user.Id, user.Email, user.Password, user.FirstName, user.LastName);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Looks a user up by address; null when there is none.</summary>
    public Task<User?> FindAsync(string email, CancellationToken cancellationToken) =>
        FindAsync("email", email, cancellationToken);

    /// <summary>Looks a user up by id; null when there is none.</summary>
    public Task<User?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        FindAsync("id", id, cancellationToken);

    /// <summary>Stores another password.</summary>
    public async Task ChangePasswordAsync(Guid id, string password, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("UPDATE users SET password = $2 WHERE id = $1");
        command.Bind(id, password);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<User?> FindAsync(string column, object value, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"SELECT id, email, password, first_name, last_name FROM users WHERE {column} = $1");
        command.Bind(value);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new User(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3),
                reader.GetString(4))
            : null;
    }
}

/// <summary>Somebody with a password.</summary>
/// <param name="Email">In lower case; nobody else has it.</param>
/// <param name="Password">As <see cref="PasswordHash"/> writes it.</param>
internal sealed record User(Guid Id, string Email, string Password, string FirstName, string LastName);
