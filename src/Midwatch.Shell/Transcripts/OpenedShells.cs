using System.Collections.Frozen;

namespace Midwatch.Shell.Transcripts;

/// <summary>
/// Follows which shells and prompts the commands so far have opened and left. Data: <c>openers.txt</c>,
/// <c>leavers.txt</c>.
/// </summary>
public sealed class OpenedShells
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Known =
        TranscriptData.Lines("leavers.txt", fields: 2)
            .GroupBy(entry => entry[0], entry => entry[1])
            .ToFrozenDictionary(
                words => words.Key, words => words.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
                StringComparer.Ordinal);

    private readonly List<OpenedShell> _open = [];

    /// <summary>Takes the next command, in the order of the text.</summary>
    /// <param name="command">The command as written, without its prompt.</param>
    /// <param name="program">The program that it starts; empty where that is not known.</param>
    /// <param name="line">Its line, 1-based.</param>
    /// <param name="prompted">What the prompt before it tells; null where it has none of another shell.</param>
    /// <returns>Where the command runs; null for where the first one did.</returns>
    public OpenedShell? Enter(string command, string program, int line, OpenedShell? prompted)
    {
        ArgumentNullException.ThrowIfNull(command);
        var place = _open.Count == 0 ? null : _open[^1];
        if (prompted is not null)
        {
            place = place is not null && (prompted.Kind == "root" || place.Kind == prompted.Kind) ? place : prompted;
        }
        else if (place is not null && IsOutside(program, place))
        {
            Close();
            place = null;
        }

        if (place is not null && Known["leave"].Contains(command.Trim()))
        {
            _open.RemoveRange(Math.Max(0, _open.Count - 1), Math.Min(1, _open.Count));
        }
        else if (OpenedPlaces.OpenedBy(command) is { } opened)
        {
            _open.Add(new OpenedShell(opened, command.Split('\n')[0].Trim(), line));
        }

        return place;
    }

    /// <summary>All were left.</summary>
    public void Close() => _open.Clear();

    private static bool IsOutside(string program, OpenedShell place) => Known["outside"].Contains(program)
        || (place.Kind is not ("host" or "node" or "root") && Known["outside-of-pods"].Contains(program));
}
