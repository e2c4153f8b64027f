namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>Lehmer's generator: what .NET's gives may change between versions.</summary>
internal sealed class Dice(uint seed)
{
    private uint _state = seed | 1;

    public string Pick(params string[] from) => from[Roll(from.Length)];

    public int Roll(int below)
    {
        _state = (uint)((ulong)_state * 48271 % 0x7fffffff);
        return (int)((_state >> 3) % (uint)below);
    }
}
