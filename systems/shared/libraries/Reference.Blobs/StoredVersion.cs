namespace Reference.Blobs;

/// <summary>One version of one blob, as the index of the store has it.</summary>
/// <param name="Number">Its content lies in the file of that number.</param>
/// <param name="IsCurrent">Whether it is what is read when no version is named.</param>
public sealed record StoredVersion(
    string Container, string Blob, string Version, int Number, long Length, bool IsCurrent);
