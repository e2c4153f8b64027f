namespace Midwatch.Storage.Sqlite;

/// <summary>What came of opening a store.</summary>
public abstract record StoreOpening
{
    private StoreOpening()
    {
    }

    /// <summary>It is open; dispose it to give the data directory free.</summary>
    public sealed record Opened(SqliteEventStore Store) : StoreOpening;

    /// <summary>It is not; both sentences are for people.</summary>
    public sealed record Refused(string Reason, string Remedy) : StoreOpening;
}
