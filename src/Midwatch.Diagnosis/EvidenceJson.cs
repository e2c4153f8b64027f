namespace Midwatch.Diagnosis;

/// <summary>Writes and reads <c>evidence.schema.json</c>.</summary>
public static class EvidenceJson
{
    /// <summary>Writes indented JSON that ends with a line feed; members always come in the same order.</summary>
    public static string Write(Evidence evidence) => throw new NotImplementedException("lands next");

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static EvidenceReading Read(string json) => throw new NotImplementedException("lands next");
}
