namespace Midwatch.Shell.Tests.Syntax;

/// <summary>Chance that is the same in every run: xorshift32.</summary>
internal sealed class Dice(uint seed)
{
    private uint _state = seed | 1;

    /// <summary>A number from 0 up to, not including, a bound; 0 when the bound is 0.</summary>
    public int Next(int bound)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return bound <= 0 ? 0 : (int)(_state % (uint)bound);
    }
}
