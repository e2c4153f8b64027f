using System.Text;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>Turns shfmt's offsets, which count bytes of UTF-8, into ours.</summary>
internal sealed class SourceOffsets
{
    private readonly int[]? _map;

    public SourceOffsets(string text)
    {
        if (Ascii.IsValid(text))
        {
            return;
        }

        var map = new List<int>(text.Length * 2);
        for (var i = 0; i < text.Length; i++)
        {
            var bytes = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
                ? 4 : char.IsLowSurrogate(text[i]) ? 0 : Encoding.UTF8.GetByteCount(text.AsSpan(i, 1));
            for (var b = 0; b < bytes; b++)
            {
                map.Add(i);
            }
        }

        map.Add(text.Length);
        _map = [.. map];
    }

    public int Of(int bytes) => _map is null ? bytes : _map[Math.Min(bytes, _map.Length - 1)];
}
