using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary>What <c>read</c> was asked for.</summary>
internal sealed record ReadOptions
{
    public bool Raw { get; private set; }

    public byte Delimiter { get; private set; } = (byte)'\n';

    /// <summary>Gets after how many characters it ends; null for the whole line.</summary>
    public int? Count { get; private set; }

    /// <summary>Gets whether the count is exact: <c>-N</c>, for which a line break is a character.</summary>
    public bool Exact { get; private set; }

    public string? Array { get; private set; }

    public int Descriptor { get; private set; }

    public TimeSpan? Timeout { get; private set; }

    public ImmutableArray<string> Names { get; private set; } = [];

    /// <summary>Null when an option is not supported.</summary>
    public static ReadOptions? Parse(ImmutableArray<string> arguments)
    {
        var reader = new OptionReader(arguments, "dnNapuit", "rse");
        var options = new ReadOptions();
        while (reader.Next() is { } option)
        {
            if (!options.TrySet(option.Letter, option.Value))
            {
                return null;
            }
        }

        options.Names = reader.Rest;
        return reader.IsWrong ? null : options;
    }

    private bool TrySet(char letter, string value)
    {
        switch (letter)
        {
            case 'r':
                Raw = true;
                return true;
            case 'd':
                Delimiter = value.Length == 0 ? (byte)0 : (byte)value[0];
                return value.Length == 0 || char.IsAscii(value[0]);
            case 'n' or 'N':
                Exact = letter == 'N';
                Count = Number(value);
                return Count >= 0;
            case 'u':
                Descriptor = Number(value) ?? -1;
                return Descriptor >= 0;
            case 'a':
                Array = value;
                return ShellCharacters.IsName(value);
            case 't':
                var valid = double.TryParse(
                    value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds);
                Timeout = valid && seconds < int.MaxValue / 1000 ? TimeSpan.FromSeconds(seconds) : null;
                return Timeout is not null;
            default:
                // A prompt is printed to a terminal only, and there is none; nor is there editing of the line.
                return true;
        }
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
