using Npgsql;

namespace Reference.Database;

/// <summary>Values of a command's <c>$1</c>, <c>$2</c>, ….</summary>
public static class CommandValues
{
    /// <summary>Adds the values in their order; null becomes SQL's NULL.</summary>
    public static void Bind(this NpgsqlCommand command, params ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }
    }
}
