namespace Midwatch.Diagnosis;

/// <summary>What came of reading an evidence file.</summary>
public abstract record EvidenceReading
{
    private EvidenceReading()
    {
    }

    /// <summary>It was read.</summary>
    public sealed record Done(Evidence Evidence) : EvidenceReading;

    /// <summary>It is not an evidence file; the message says what is wrong and where.</summary>
    public sealed record Failed(string Message) : EvidenceReading;
}
