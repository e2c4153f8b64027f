namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary>
/// Reads lines byte by byte, as bash does from a pipe: what follows a line is for the next command.
/// </summary>
internal sealed class LineReader(ShellContext context, int descriptor)
{
    private readonly byte[] _one = new byte[1];
    private long _total;

    public bool IsTooMuch => _total > context.Run.Options.CaptureMax;

    /// <summary>The next byte; null at the end, or when nothing can be read.</summary>
    public async ValueTask<byte?> NextAsync()
    {
        _total++;
        return !IsTooMuch && await context.ReadAsync(descriptor, _one) == 1 ? _one[0] : null;
    }

    /// <summary>A line with its delimiter; without one when the text ends before it, and empty at the end.</summary>
    public async ValueTask<List<byte>> ReadAsync(byte delimiter)
    {
        var line = new List<byte>();
        while (await NextAsync() is { } next)
        {
            line.Add(next);
            if (next == delimiter)
            {
                break;
            }
        }

        return line;
    }
}
