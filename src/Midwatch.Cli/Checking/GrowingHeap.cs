using System.Runtime;

namespace Midwatch.Cli.Checking;

/// <summary>
/// Lets nothing be collected while a long text is parsed: its tree only grows, and the collector would copy all of it
/// again and again without finding anything to free.
/// </summary>
internal sealed class GrowingHeap : IDisposable
{
    // A shorter text is parsed before the first collection.
    private const long TextMin = 256 * 1024;

    // Bytes of the tree, and of what parsing throws away, for a character: 40 were measured, on scripts of many words.
    private const long BytesPerCharacter = 64;

    private readonly bool _holds;

    /// <param name="characters">The length of the text.</param>
    /// <remarks>Takes a quarter of the memory at most; past that, and where it is refused, collections go on.</remarks>
    internal GrowingHeap(long characters)
    {
        if (characters < TextMin || GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            return;
        }

        var most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
        try
        {
            _holds = GC.TryStartNoGCRegion(Math.Min(characters * BytesPerCharacter, most));
        }
        catch (ArgumentOutOfRangeException)
        {
            // More than this machine's collector sets aside.
            _holds = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A collection that came after all has ended it.
        if (_holds && GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            GC.EndNoGCRegion();
        }
    }
}
