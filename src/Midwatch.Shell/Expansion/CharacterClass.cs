using System.Text;

namespace Midwatch.Shell.Expansion;

/// <summary>The named classes of bracket expressions.</summary>
internal static class CharacterClass
{
    public static bool Holds(string name, int code)
    {
        if (!Rune.IsValid(code))
        {
            return false;
        }

        var rune = new Rune(code);
        return name switch
        {
            "alpha" => Rune.IsLetter(rune),
            "digit" => code is >= '0' and <= '9',
            "alnum" => Rune.IsLetter(rune) || code is >= '0' and <= '9',
            "upper" => Rune.IsUpper(rune),
            "lower" => Rune.IsLower(rune),
            "space" => code is ' ' or (>= '\t' and <= '\r'),
            "blank" => code is ' ' or '\t',
            "punct" => rune.IsAscii ? Rune.IsPunctuation(rune) || Rune.IsSymbol(rune) : Rune.IsPunctuation(rune),
            "xdigit" => rune.IsAscii && char.IsAsciiHexDigit((char)code),
            "cntrl" => Rune.IsControl(rune),
            "print" => !Rune.IsControl(rune),
            "graph" => !Rune.IsControl(rune) && code != ' ',
            "word" => Rune.IsLetter(rune) || code is (>= '0' and <= '9') or '_',
            "ascii" => rune.IsAscii,
            _ => false,
        };
    }
}
