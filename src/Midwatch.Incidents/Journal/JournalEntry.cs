namespace Midwatch.Incidents.Journal;

/// <summary>An event as a store keeps it: its name and its JSON. Stores know nothing of what it means.</summary>
public sealed record JournalEntry(string Type, string Data);

/// <summary>An event with its place.</summary>
/// <param name="Version">Its place in its stream, from 1 without gaps.</param>
/// <param name="Position">Its place among all events of the store, rising; gaps are possible.</param>
public sealed record StoredEntry(StreamId Stream, long Version, long Position, JournalEntry Entry);
