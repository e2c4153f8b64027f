using System.Globalization;

namespace Midwatch.Incidents;

/// <summary>
/// The name of one incident, such as <c>inc-0042</c>: short enough to be said aloud at three in the morning.
/// </summary>
public readonly record struct IncidentId
{
    private const string Prefix = "inc-";

    private IncidentId(int number) => Number = number;

    /// <summary>
    /// Counts the incidents of one data directory, from 1; 0 only in the default value, which names nothing.
    /// </summary>
    public int Number { get; }

    /// <summary>Makes the id of the incident with this number.</summary>
    public static IncidentId FromNumber(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        return new IncidentId(number);
    }

    /// <summary>Reads an id as <see cref="ToString"/> writes it; leading zeros may be missing.</summary>
    public static bool TryParse(string? text, out IncidentId id)
    {
        id = default;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !int.TryParse(text.AsSpan(Prefix.Length), NumberStyles.None,
                CultureInfo.InvariantCulture, out var number)
            || number == 0)
        {
            return false;
        }

        id = new IncidentId(number);
        return true;
    }

    /// <summary>Reads an id that must be one.</summary>
    /// <exception cref="FormatException">The text is no incident id; the message shows a right one.</exception>
    public static IncidentId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException($"'{text}' is not an incident id such as 'inc-0042'.");

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Number:D4}");
}
