using System.Collections.Immutable;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// Takes down observations; whether one is a finding is the type list's to say, unless the observer knows better.
/// </summary>
internal sealed class Notebook(DateTimeOffset takenAt, Func<string, string> redact)
{
    private const int DetailMax = 400;

    private readonly List<Observation> _observations = [];
    private readonly List<ReadRecord> _reads = [];
    private readonly HashSet<(string, Subject, string, string)> _said = [];

    public ImmutableArray<Observation> Observations => [.. _observations.Distinct()];

    public ImmutableArray<ReadRecord> Reads => [.. _reads];

    public DateTimeOffset TakenAt => takenAt;

    public void Note(Note note) => _observations.Add(new Observation
    {
        Type = note.Type,
        Subject = note.Subject,
        Key = note.Key,
        Value = note.Value,
        Detail = Short(redact(note.Detail)),
        TakenAt = takenAt,
        Since = note.Since,
        Source = note.Source,
        Span = note.Span,
        IsFinding = note.MayBeFinding
            && ObservationTypes.Default.IsFinding(note.Type, note.Type == "event" ? note.Key : note.Value),
    });

    /// <summary>Takes down the first of what is said again and again.</summary>
    public void NoteOnce(Note note)
    {
        if (_said.Add((note.Type, note.Subject, note.Key, note.Value)))
        {
            Note(note);
        }
    }

    public void Read(ReadRecord read) => _reads.Add(read);

    private static string Short(string text) => text.Length <= DetailMax ? text : $"{text[..DetailMax]}…";
}
