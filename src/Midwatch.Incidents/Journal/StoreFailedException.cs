namespace Midwatch.Incidents.Journal;

/// <summary>
/// The surroundings of a store are broken. The message says what is wrong, <see cref="Remedy"/> what to do.
/// </summary>
public sealed class StoreFailedException : Exception
{
    /// <summary>Takes both sentences and what was seen underneath.</summary>
    public StoreFailedException(string message, string remedy, Exception? innerException = null)
        : base(message, innerException) => Remedy = remedy;

    /// <summary>What to do about it.</summary>
    public string Remedy { get; }
}
